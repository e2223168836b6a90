"""Footnotes and endnotes: kept apart, found, and shown as what they are."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from faults.press import HEIGHT, MARGIN, NOTE_SIZE, PITCH, SIZE, Press

from onrecord import inspect, open_index, update
from onrecord.indexer.statement import Role
from onrecord.search.cli import main

TREATY = "Convention on Harbours, done at Geneva on 3 May 1997."
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


def paragraphs(path: Path) -> list[tuple[str, str | None, str]]:
    """Return role, printed number and text of each paragraph in a file of one statement."""
    [one] = inspect(path)
    return [(said.role.value, said.printed, said.text) for said in one.statement.paragraphs]


def notes(path: Path) -> list[list[tuple[str | None, str]]]:
    """Return mark and text of the notes of each statement in a file."""
    return [
        [(said.printed, said.text) for said in one.statement.paragraphs if said.role is Role.NOTE]
        for one in inspect(path)
    ]


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


# Word


def reference(number: int, *, kind: str = "footnote", typed: str = "") -> str:
    follows = " w:customMarkFollows='1'" if typed else ""
    mark = f"<w:t>{typed}</w:t>" if typed else ""
    return f"<w:r><w:{kind}Reference{follows} w:id='{number}'/>{mark}</w:r>"


def note(number: int, *texts: str, kind: str = "footnote") -> str:
    said = "".join(f"<w:p><w:r><w:{kind}Ref/></w:r>{RUN.format(text)}</w:p>" for text in texts)
    return f"<w:{kind} w:id='{number}'>{said}</w:{kind}>"


def document(
    path: Path, *body: str, footnotes: str = "", endnotes: str = "", settings: str = "", section: str = ""
) -> Path:
    made: Any = Document()
    for one in body:
        element = parse_xml(f"<w:p {nsdecls('w')}>{one}</w:p>")
        made.element.body.insert_element_before(element, "w:sectPr")
    if section:
        made.element.body.sectPr.insert(0, parse_xml(section))
    made.save(str(path))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for kind, said in (("footnotes", footnotes), ("endnotes", endnotes)):
        if said:
            parts[f"word/{kind}.xml"] = f"<w:{kind} {nsdecls('w')}>{said}</w:{kind}>".encode()
    if settings:
        parts["word/settings.xml"] = f"<w:settings {nsdecls('w')}>{settings}</w:settings>".encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def test_notes_of_word_stand_after_the_body_in_the_order_of_their_marks_p_footnotes_gone(
    tmp_path: Path,
) -> None:
    path = document(
        tmp_path / "a.docx",
        RUN.format("We stand by the treaty") + reference(9) + RUN.format(" of our fathers."),
        RUN.format("We ask all to join it.") + reference(4, kind="endnote") + reference(2),
        footnotes=note(2, "The second.")
        + note(9, TREATY, "It is in force.")
        + note(7, "Nobody asks for it."),
        endnotes=note(4, "At the end.", kind="endnote"),
    )
    assert paragraphs(path) == [
        ("body", None, "We stand by the treaty of our fathers."),
        ("body", None, "We ask all to join it."),
        ("note", "1", TREATY),
        ("note", "1", "It is in force."),
        ("note", "i", "At the end."),
        ("note", "2", "The second."),
    ]


@pytest.mark.parametrize(
    ("settings", "marks"),
    [
        ("", ["1", "*", "2"]),
        (
            "<w:footnotePr><w:numFmt w:val='lowerLetter'/><w:numStart w:val='3'/></w:footnotePr>",
            ["c", "*", "d"],
        ),
        ("<w:footnotePr><w:numFmt w:val='chicago'/></w:footnotePr>", ["*", "*", "†"]),
        ("<w:footnotePr><w:numRestart w:val='eachPage'/></w:footnotePr>", [None, "*", None]),
        ("<w:footnotePr><w:numFmt w:val='hebrew1'/></w:footnotePr>", [None, "*", None]),
    ],
)
def test_a_mark_is_what_word_prints_or_nothing(
    settings: str, marks: list[str | None], tmp_path: Path
) -> None:
    path = document(
        tmp_path / "a.docx",
        RUN.format("We agree") + reference(1) + RUN.format(" with all") + reference(2, typed="*"),
        RUN.format("and thank them.") + reference(3),
        footnotes=note(1, "One.") + note(2, "* Two.") + note(3, "Three."),
        settings=settings,
    )
    assert notes(path) == [list(zip(marks, ["One.", "Two.", "Three."], strict=True))]
    assert paragraphs(path)[0][2] == "We agree with all"


def test_a_note_whose_mark_was_deleted_is_none(tmp_path: Path) -> None:
    gone = f"<w:del w:id='1' w:author='A'>{reference(1)}</w:del>"
    path = document(tmp_path / "a.docx", RUN.format("We agree.") + gone, footnotes=note(1, "One."))
    assert paragraphs(path) == [("body", None, "We agree.")]


def test_a_note_goes_with_the_turn_in_which_its_mark_stands(tmp_path: Path) -> None:
    said = [
        ("Mr. Hall (Leeds):", "We have heard the report of the committee and thank it."),
        ("Ms. Lind (Sweden):", "The committee has worked well, and its report is good."),
        ("Mr. Hall (Leeds):", "We shall vote for it, and ask all others to do the same."),
        ("Ms. Lind (Sweden):", "We shall do that too, for we have waited for it so long."),
    ]
    path = document(
        tmp_path / "a.docx",
        *(RUN.format(f"{who} {what}") + reference(at) for at, (who, what) in enumerate(said, 1)),
        footnotes="".join(note(at, f"Note {at}.") for at in range(1, 5)),
    )
    assert notes(path) == [[(str(at), f"Note {at}.")] for at in range(1, 5)]


# OpenDocument and RTF

FLAT = """<?xml version="1.0"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
{}</office:text></office:body></office:document>"""
ODT_NOTE = (
    "<text:note text:note-class='footnote'><text:note-citation>{}</text:note-citation>"
    "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
)


def test_notes_of_open_documents(tmp_path: Path) -> None:
    body = (
        f"<text:p>We stand by the treaty{ODT_NOTE.format('1', TREATY)} of our fathers.</text:p>"
        f"<text:p>We ask all to join it.{ODT_NOTE.format('*', 'Soon.')}</text:p>"
    )
    assert paragraphs(written(tmp_path / "a.fodt", FLAT.format(body))) == [
        ("body", None, "We stand by the treaty of our fathers."),
        ("body", None, "We ask all to join it."),
        ("note", "1", TREATY),
        ("note", "*", "Soon."),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            r"We agree{\super\chftn{\footnote\pard\plain\chftn  See there.\par And here.}}.",
            [("1", "See there."), ("1", "And here.")],
        ),
        (
            r"\ftnnrlc\ftnstart4 We agree{\super\chftn}{\footnote{\super\chftn} See there.}.",
            [("iv", "See there.")],
        ),
        (r"We agree{\super *}{\footnote * See there.}.", [("*", "See there.")]),
        (r"\ftnrstpg We agree\chftn{\footnote\chftn  See there.}.", [(None, "See there.")]),
        (r"\aftnnrlc We agree\chftn{\footnote\ftnalt\chftn  See there.}.", [("i", "See there.")]),
        (r"We agree{\v\chftn{\footnote\chftn  See there.}}.", []),
        (r"We agree\chftn{\footnote\chftn  See \u8470? 4.}", [("1", "See № 4.")]),
    ],
)
def test_notes_of_rtf(body: str, expected: list[tuple[str | None, str]], tmp_path: Path) -> None:
    path = written(tmp_path / "a.rtf", rf"{{\rtf1\ansi {body}\par We thank you all for it.\par}}")
    assert notes(path) == [expected]
    assert [text for role, _, text in paragraphs(path) if role != "note"][-1] == "We thank you all for it."


# What a note is to an index


def test_a_note_is_found_and_shown_as_one(tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.docx",
        RUN.format("We stand by the treaty.") + reference(1),
        RUN.format("I thank you."),
        footnotes=note(1, TREATY),
    )
    update(path, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        [hit] = index.search('"Convention on Harbours"')
        assert (hit.role, hit.printed_number, hit.number) == ("note", "1", 3)
        assert [one.role for one in index.show(hit.statement)] == ["body", "closing", "note"]
        assert index.search('"treaty convention"').total == 0


def test_a_note_weighs_what_a_paragraph_weighs(tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.docx",
        RUN.format("We stand by the harbour.") + reference(1),
        footnotes=note(1, "We stand by the harbour."),
    )
    update(path, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        said, noted = index.search("harbour")
        assert (said.role, noted.role) == ("body", "note")
        assert said.score == noted.score


def test_a_note_is_marked_as_one_wherever_it_is_printed(tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.docx", RUN.format("We stand by the treaty.") + reference(1), footnotes=note(1, TREATY)
    )
    index = tmp_path / "index"
    update(path, into=index)
    found = printed("search", "convention", "-i", index)
    assert found.splitlines()[1].endswith("note 1")
    assert "(note 1) Convention on Harbours" in printed("search", "treaty", "--context", "1", "-i", index)
    [hit] = map(json.loads, printed("search", "convention", "--json", "-i", index).splitlines())
    assert (hit["role"], hit["printed_number"]) == ("note", "1")
    assert f"(note 1) {TREATY}" in printed("show", hit["statement"], "-i", index)
    assert "#2 note, line 1" in printed("inspect", path)


def printed(*args: object) -> str:
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"ONRECORD_INDEX": ""}).stdout


# Web pages and books

SAID = "We stand by the treaty{0} of our fathers, and ask all States to join it before the year is over."
PAGES = {
    "pandoc": (
        '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
        '<section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr><ol>'
        f'<li id="fn1"><p>{TREATY}<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li>'
        "</ol></section>",
        "1",
    ),
    "word": (
        '<a style="x" href="#_ftn1" name="_ftnref1" title=""><span><sup>[1]</sup></span></a>',
        f'<div><hr><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> {TREATY}</p></div></div>',
        "1",
    ),
    "mediawiki": (
        '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>',
        '<div class="mw-references-wrap"><ol class="references"><li id="cite_note-1"><span><b>'
        f'<a href="#cite_ref-1">^</a></b></span> <span>{TREATY}</span></li></ol></div>',
        "1",
    ),
    "epub": (
        '<a epub:type="noteref" href="#n1">*</a>',
        f'<aside epub:type="footnote" id="n1"><p>* {TREATY}</p></aside>',
        "*",
    ),
    "raised": (
        '<sup><a href="#n1">a</a></sup>',
        f'<h3>Notes</h3><p><a name="n1"></a>a. {TREATY}</p>',
        "a",
    ),
    "brackets outside": (
        ' [<a id="r1" href="#n1">1</a>]',
        f'<p id="n1">[<a href="#r1">1</a>] {TREATY}</p>',
        "1",
    ),
    "declared alone": (
        "",
        f'<div role="doc-footnote">† {TREATY}</div>',
        "†",
    ),
    "page of a file": (
        '<a id="r3" href="page.xhtml#n3">(3)</a>',
        f'<p id="n3"><a href="page.xhtml#r3">3</a> {TREATY}</p>',
        "3",
    ),
}


def page(path: Path, mark: str, foot: str) -> Path:
    said = "".join(f"<p>{SAID.format(one)}</p>\n" for one in (mark, ""))
    return written(path, f"<html><body><article><p>Mr. President,</p>\n{said}{foot}</article></body></html>")


@pytest.mark.parametrize("shape", PAGES)
def test_notes_of_web_pages(shape: str, tmp_path: Path) -> None:
    mark, foot, printed = PAGES[shape]
    read = paragraphs(page(tmp_path / "a.html", mark, foot))
    assert read[-1] == ("note", printed, TREATY)
    assert [text for role, _, text in read if role == "body"] == [SAID.format("")] * 2


@pytest.mark.parametrize(
    ("mark", "foot"),
    [
        ('<a href="#part">treaty</a>', f'<p id="part">{TREATY}</p>'),
        ('<a href="#part" id="top">1</a>', f'<h2 id="part"><a href="#top">Part 1</a></h2><p>{TREATY}</p>'),
        ("<sup>1</sup>", f"<p>1. {TREATY}</p>"),
        ('<a href="#all">1</a><a href="#all">2</a>', f'<div id="all"><p>{TREATY}</p></div>'),
        ('<sup><a href="#gone">1</a></sup>', f"<p>{TREATY}</p>"),
    ],
    ids=["words", "contents", "no link", "one for all", "leads nowhere"],
)
def test_what_is_not_surely_a_note_of_a_page_stays_in_its_place(mark: str, foot: str, tmp_path: Path) -> None:
    read = paragraphs(page(tmp_path / "a.html", mark, foot))
    assert "note" not in {role for role, _, _ in read}
    assert TREATY in read[-1][2]


# PDF


def set_with_marks(press: Press, text: str) -> None:
    """Set words in a line; between vertical bars stand raised figures."""
    x = MARGIN
    for number, part in enumerate(text.split("|")):
        size = NOTE_SIZE - 1 if number % 2 else SIZE
        press.print(part, x, press.y - (4.0 if number % 2 else 0.0), size=size)
        press.pdf.set_font("Times", size=size)
        x += press.pdf.get_string_width(part)
    press.y += PITCH


def set_at_foot(press: Press, *lines: str) -> None:
    for number, line in enumerate(lines):
        press.print(line, MARGIN, HEIGHT - 110.0 + 10 * number, size=NOTE_SIZE)


BODY = "The harbour was closed in the year of the storm, and it will stay so for as long as the Council says."


def test_notes_at_the_foot_of_a_page_p_footnotes_gone(tmp_path: Path) -> None:
    press = Press()
    press.paragraph("Mr. President,")
    set_with_marks(press, "We stand by the treaty|1| of our fathers, and by the resolution of the|12|")
    set_with_marks(press, "Assembly*; we ask all States to join us before the year is over.")
    press.paragraph(BODY)
    set_at_foot(
        press, f"1 {TREATY}", "It entered into force in 1999.", "12 Resolution 53/1.", "* Not yet printed."
    )
    read = paragraphs(press.save(tmp_path / "a.pdf"))
    assert [one for one in read if one[0] == "note"] == [
        ("note", "1", f"{TREATY} It entered into force in 1999."),
        ("note", "12", "Resolution 53/1."),
        ("note", "*", "Not yet printed."),
    ]
    assert not [text for role, _, text in read if role == "body" and "Resolution 53" in text]


def test_small_type_to_which_no_mark_leads_is_no_note(tmp_path: Path) -> None:
    press = Press()
    set_with_marks(press, "We stand by the treaty|1| of our fathers.")
    press.paragraph(BODY)
    set_at_foot(press, "1 The first.", "2 The second.", "whose mark is nowhere.")
    read = paragraphs(press.save(tmp_path / "a.pdf"))
    assert [one for one in read if one[0] == "note"] == [("note", "1", "The first.")]


def test_a_note_goes_on_overleaf(tmp_path: Path) -> None:
    press = Press()
    set_with_marks(press, "We stand by the treaty|1| of our fathers.")
    press.paragraph(BODY)
    long = f"1 The Convention on Harbours, done at Geneva in the storm, and {'very, ' * 5}dear to those who"
    set_at_foot(press, long)
    press.page()
    set_with_marks(press, "We ask all to join|2| it.")
    press.paragraph(BODY)
    set_at_foot(press, "signed it agreed.", "2 Before 2030.")
    [one] = inspect(press.save(tmp_path / "a.pdf"))
    noted = [(it.printed, it.text, it.page) for it in one.statement.paragraphs if it.role is Role.NOTE]
    assert noted == [("1", f"{long[2:]} signed it agreed.", "1"), ("2", "Before 2030.", "2")]


def set_raised_at_foot(press: Press, *lines: tuple[str, str], up: float, size: float, gap: float) -> None:
    """Set notes whose marks are raised by a part of the letters of the note."""
    for number, (mark, text) in enumerate(lines):
        y = HEIGHT - 110.0 + 10 * number
        press.print(mark, MARGIN, y - up * NOTE_SIZE, size=size * NOTE_SIZE)
        press.pdf.set_font("Times", size=size * NOTE_SIZE)
        press.print(text, MARGIN + press.pdf.get_string_width(mark) + gap, y, size=NOTE_SIZE)


@pytest.mark.parametrize(
    "marks", [("1", "2"), ("17", "18"), ("*", "**"), ("[1]", "[2]"), ("a", "b"), ("i", "ii")]
)
@pytest.mark.parametrize("up", [0.2, 0.33, 0.36, 0.41, 0.5])
@pytest.mark.parametrize(("size", "gap"), [(0.6, 1.5), (0.75, 2.5), (0.75, 15.0)])
def test_marks_are_raised_at_the_foot_of_the_page_as_in_its_text(
    marks: tuple[str, str], up: float, size: float, gap: float, tmp_path: Path
) -> None:
    press = Press()
    set_with_marks(
        press, "The lights along|{}| the coast were put out, one by one, in the|{}| year".format(*marks)
    )
    set_with_marks(press, "of the storm, and there are 25 m|2| of wall where there were 10|6| of them.")
    press.paragraph(BODY)
    first, second = ("Report on lights, 1997.", "Resolution 12 of the Assembly, on 4 km of coast.")
    set_raised_at_foot(press, (marks[0], first), (marks[1], second), up=up, size=size, gap=gap)
    read = paragraphs(press.save(tmp_path / "a.pdf"))
    bare = [mark.strip("[]") for mark in marks]
    assert [one for one in read if one[0] == "note"] == [("note", bare[0], first), ("note", bare[1], second)]
    said = "The lights along the coast were put out, one by one, in the year of the storm, and there are"
    assert read[0][2].startswith(f"{said} 25 m² of wall where there were 10⁶ of them.")


def test_figures_in_brackets_that_are_not_raised_lead_to_the_notes_of_a_page(tmp_path: Path) -> None:
    press = Press()
    press.paragraph("The lights [1] were put out in the year[2] of the storm.")
    press.paragraph(BODY)
    set_at_foot(press, "[1] Report on lights.", "[2] That of 1997.")
    read = paragraphs(press.save(tmp_path / "a.pdf"))
    assert read[0][2] == "The lights were put out in the year of the storm."
    assert read[-2:] == [("note", "1", "Report on lights."), ("note", "2", "That of 1997.")]


def test_a_mark_that_no_note_answers_stays_where_it_is_more_than_a_figure(tmp_path: Path) -> None:
    press = Press()
    set_with_marks(
        press, "The harbour|[1]| and the wall* on the 1|er| of May, of 10|6| stones,|4| and|a| light."
    )
    press.paragraph(BODY)
    read = paragraphs(press.save(tmp_path / "a.pdf"))
    assert read[0][2].startswith("The harbour[1] and the wall* on the 1er of May, of 10⁶ stones, anda light.")


def test_a_list_in_small_type_is_no_note_for_its_letters(tmp_path: Path) -> None:
    press = Press()
    set_with_marks(press, "The harbour is open on the 1|a| of May.")
    press.paragraph(BODY)
    set_at_foot(press, "a) The lights.", "b) The wall.")
    assert "a) The lights. b) The wall." in " ".join(
        text for _, _, text in paragraphs(press.save(tmp_path / "a.pdf"))
    )


def test_a_square_metre_in_the_text_is_passed_over_for_the_mark_of_a_note(tmp_path: Path) -> None:
    press = Press()
    set_with_marks(press, "The 40 km|2| of quays are held by the treaty|1| and the resolution|2| alone.")
    press.paragraph(BODY)
    set_at_foot(press, "2 Resolution 12.")
    read = paragraphs(press.save(tmp_path / "a.pdf"))
    assert read[0][2].startswith("The 40 km² of quays are held by the treaty and the resolution alone.")
    assert read[-1] == ("note", "2", "Resolution 12.")


def test_a_raised_figure_and_no_note_leave_the_text_as_it_is(tmp_path: Path) -> None:
    press = Press()
    set_with_marks(press, "The harbour has 40 km|2| of quays.")
    press.paragraph(BODY)
    assert {role for role, _, _ in paragraphs(press.save(tmp_path / "a.pdf"))} == {"body"}


# Debates in XML


def test_notes_of_tei_below_the_line(tmp_path: Path) -> None:
    text = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><div>
<u who="#Ann.Hall" xml:id="u1"><note type="time">(10 a.m.)</note><seg>We stand by the
treaty<note place="foot" n="1">
<p>{TREATY}</p><p>It is in force.</p></note> of our fathers.</seg></u>
<u who="#Bo.Lind" xml:id="u2"><seg>So do we.<note type="footnote" n="*">Both of them.</note></seg>
<note type="narrative">(Applause)</note></u>
</div></body></text></TEI>"""
    path = written(tmp_path / "a.xml", text)
    assert notes(path) == [[("1", TREATY), ("1", "It is in force.")], [("*", "Both of them.")]]
    assert inspect(path)[0].statement.paragraphs[0].text == "We stand by the treaty of our fathers."


def test_notes_of_akoma_ntoso(tmp_path: Path) -> None:
    text = f"""<akomaNtoso><debate><meta><notes><note eId="n2"><p>At the head.</p></note></notes></meta>
<debateBody><debateSection name="s"><heading>Harbours <noteRef href="#n2" marker="7"/></heading>
<speech by="#hall"><from>Ms. Hall<noteRef href="#n2" marker="8"/></from>
<p>We stand by the treaty<authorialNote marker="1" placement="bottom"><p>{TREATY}</p></authorialNote> of
our fathers<noteRef href="#n2" marker="2"/>, and by no other<noteRef href="#gone" marker="3"/>.</p></speech>
</debateSection></debateBody></debate></akomaNtoso>"""
    path = written(tmp_path / "a.xml", text)
    assert notes(path) == [[("1", TREATY), ("2", "At the head.")]]
    assert inspect(path)[0].statement.paragraphs[0].text.endswith("of our fathers, and by no other.")


def test_notes_of_the_bundestag(tmp_path: Path) -> None:
    path = Path(__file__).parent / "sources" / "national" / "bundestag-19.xml"
    assert [(None, "Anlage 2")] in notes(path)


def test_notes_of_markdown(tmp_path: Path) -> None:
    text = f"""Mr. President,

We stand by the treaty[^treaty] of our fathers[^2].

[^2]: All of *them*.
[^treaty]: {TREATY}

    It is in force.

We ask all to join it.

[^never]: Nobody asks for it.
"""
    assert paragraphs(written(tmp_path / "a.md", text)) == [
        ("greeting", None, "Mr. President,"),
        ("body", None, "We stand by the treaty of our fathers."),
        ("body", None, "We ask all to join it."),
        ("body", None, "Nobody asks for it."),
        ("note", "1", TREATY),
        ("note", "1", "It is in force."),
        ("note", "2", "All of them."),
    ]


def test_notes_of_a_verbatim_record_go_with_who_had_the_floor_there(tmp_path: Path) -> None:
    """The note of a title goes with what is said under it, that of a label with who speaks behind it."""
    said = [
        ("United Nations S/PV.9901", 0),
        ("The meeting was called to order at 10.05 a.m.", 0),
        ("The President: I give the floor to Ms. Diallo.", 1),
        ("Ms. Diallo: I thank you, Madam President. The harbour is mined.", 2),
        ("The militias have not been disarmed, as the report says.", 3),
        ("Mr. Li Wen (China): I thank Ms. Diallo for her briefing.", 4),
        ("Programme of work", 5),
        ("The President: There are no more names.", 0),
        ("The meeting rose at 11.05 a.m.", 0),
    ]
    path = document(
        tmp_path / "a.docx",
        *(RUN.format(text) + (reference(mark) if mark else "") for text, mark in said),
        footnotes="".join(note(mark, f"Note {mark}.") for mark in range(1, 6)),
    )
    speakers = [one.statement.metadata.speaker for one in inspect(path)]
    assert [one.value.printed for one in speakers if one] == [
        *("The President", "Ms. Diallo", "Mr. Li Wen (China)", "The President")
    ]
    marks = [[mark for mark, _ in own] for own in notes(path)]
    assert marks == [["1"], ["2", "3"], ["4"], ["5"]]


def test_notes_of_a_book_go_with_their_chapter(tmp_path: Path) -> None:
    chapter = (
        '<html xmlns:epub="http://www.idpf.org/2007/ops"><body><p>Mr. President,</p><p>{0}'
        '<a epub:type="noteref" href="#n1">1</a>.</p><aside epub:type="footnote" id="n1"><p>{1}</p></aside>'
        "</body></html>"
    )
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfile full-path="c.opf"/></container>',
        "c.opf": '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
        "a.xhtml": chapter.format("We stand by the treaty", TREATY),
        "b.xhtml": chapter.format("We stand by the harbour", "Of Genoa."),
    }
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert notes(tmp_path / "a.epub") == [[("1", TREATY)], [("1", "Of Genoa.")]]


# Signs in texts without marks of notes

SIGNED = "Statement by Malta\n\n3 May 2021\n\nMr. President,\n\n{}\n\nI thank you.\n\n{}\n"


@pytest.mark.parametrize(
    ("said", "below", "shown", "found"),
    [
        (
            "Peru* and Fiji* agree with us in all that was said.",
            "* Peru and Fiji continue to take part in the Process.",
            "Peru and Fiji agree with us in all that was said.",
            [("*", "Peru and Fiji continue to take part in the Process.")],
        ),
        (
            "The Convention† was signed by Peru*, as all know.",
            "* A candidate.\n\n† Done at Geneva in 1997.",
            "The Convention was signed by Peru, as all know.",
            [("*", "A candidate."), ("†", "Done at Geneva in 1997.")],
        ),
        ("Peru and Fiji agree with us in all that was said.", "* Check the figures.", None, []),
        ("Peru* agrees with us in all that was said.", "* Ships.\n\n* Harbours.", None, []),
        ("We count 3*4 ships and more of them than ever.", "* Ships are counted.", None, []),
    ],
)
def test_a_sign_behind_a_word_marks_the_last_paragraph_that_begins_with_it(
    tmp_path: Path, said: str, below: str, shown: str | None, found: list[tuple[str, str]]
) -> None:
    path = written(tmp_path / "a.txt", SIGNED.format(said, below))
    assert notes(path) == [found]
    assert next(text for role, _, text in paragraphs(path) if role == "body") == (shown or said)


def test_a_page_without_links_to_its_notes_has_them_by_their_signs(tmp_path: Path) -> None:
    page = "<h1>Statement by Malta</h1><p>Mr. President,</p><p>Peru* agrees with all of us here.</p>"
    assert notes(written(tmp_path / "a.html", f"{page}<p>* Peru is a candidate.</p>")) == [
        [("*", "Peru is a candidate.")]
    ]
