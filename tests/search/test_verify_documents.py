"""Whole documents verified: where quotations begin and end in them, and whose address belongs to which."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.enum.style import WD_STYLE_TYPE
from fpdf import FPDF

from onrecord import Index, build, open_index
from onrecord.indexer.reading.with_notes import read_with_notes
from onrecord.search.cli import main
from onrecord.search.research.verification.quotations import Quotes, quotations_in
from onrecord.search.research.verification.verdict import Grade

ALBA = """Statement by Albania
General Assembly
(20 September 2021, New York)

We have never agreed to the use of cluster munitions, and we will not agree to it today.

Japan has given detectors, and Tirana has trained deminers.
"""
CHILE = """Statement by Chile
Conference on Disarmament
(3 May 2019, Geneva)

Peace is the work of every day and of every hand.

We have never agreed to the use of cluster munitions in any field.
"""
NEVER = "We have never agreed to the use of cluster munitions"
PEACE = "Peace is the work of every day and of every hand."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "alba.txt").write_text(ALBA, "utf-8")
    (folder / "chile.txt").write_text(CHILE, "utf-8")
    build(folder, into=folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def texts(folder: Path) -> Iterator[Index]:
    with open_index(folder) as index:
        yield index


FOUND = [
    ('He said "no more war" and left.', ["no more war"], "straight marks"),
    ("He said “no more “so-called” war” twice.", ["no more “so-called” war"], "marks inside marks"),
    ("Er sagte „nie wieder Krieg“ und «jamais».", ["nie wieder Krieg", "jamais"], "low and angular ones"),
    ("Il a dit « plus jamais ».", ["plus jamais"], "angular ones with spaces"),
    ("Er sagte »nie wieder« und ging.", ["nie wieder"], "angular ones turned round"),
    ("他说「反对扩散」。", ["反对扩散"], "corner brackets"),
    ("She said ‘the ship’s crew is free’.", ["the ship’s crew is free"], "single ones, with an apostrophe"),
    ("The state’s and the delegates’ word.", [], "apostrophes alone"),
    ('A 5" pipe and a 6" pipe.', [], "inches"),
    ("Text.\n\n> quoted line\n> goes on\n\nText.", ["quoted line\ngoes on"], "a quoted block"),
    ("He said “no\nmore war” today.", ["no\nmore war"], "over a line end"),
    ("“First paragraph.\n\n“And the second.”", ["First paragraph.", "And the second."], "marks repeated"),
    ("He said “no more.\n\nNever” twice.", ["no more.\n\nNever"], "closed in the next block"),
    ("A stray “ mark.\n\nHe said “never”.", ["never"], "a mark that opens nothing"),
    ("He said “no.\n\nThen “never”.", ["never"], "a mark that is not closed before another opens"),
    ("He said “no [more](http://a.b/c) war”.", ["no more war"], "a link"),
    ("He said “no **more** war[^1]”.\n\n[^1]: A note.", ["no **more** war"], "the mark of a note"),
    ("He said “no more …”[^1] and “war”[^1].\n\n[^1]: A note.", ["no more …", "war"], "a note behind …"),
    ('Asked `"no more" OR "war"` he said “never”.', ["never"], "code"),
    ('Asked `` `"no more"` `` and `a`, he said “never”.', ["never"], "code with marks of code in it"),
    ("He said “`no` more war” and ``TeX'' “never” ``quotes''.", ["`no` more war", "never"], "no code"),
    ("A stray ` mark and “never” of it.", ["never"], "a mark of code that is not closed"),
    ("An escaped \\` mark and “never” of `it`.", ["never"], "an escaped mark of code"),
]


@pytest.mark.parametrize(("text", "found", "why"), FOUND, ids=[row[2] for row in FOUND])
def test_quotations_are_found(text: str, found: list[str], why: str) -> None:
    marked = [one.text for one in quotations_in(text)]
    assert marked == found or (not found and marked == [text])


def test_where_there_are_no_marks_every_block_is_a_quotation() -> None:
    assert [one.text for one in quotations_in("no more\nwar\n\npeace")] == ["no more\nwar", "peace"]
    assert [one.text for one in quotations_in("no more\nwar", Quotes.LINES)] == ["no more", "war"]


@pytest.mark.parametrize(
    "text", ["# Brief: mines\n\nNobody spoke on it.\n", 'Asked: `mines OR "cluster munitions"`\n']
)
def test_a_document_without_quotations_is_no_quotation_as_a_whole(text: str) -> None:
    assert quotations_in(text) == []


def test_places_are_counted_in_lines_and_columns() -> None:
    found = quotations_in("a\n\nHe said:\n “no” and “more”.\n\n> war")
    assert [(one.line, one.column) for one in found] == [(4, 3), (4, 12), (6, 3)]


def addresses(index: Index) -> list[str]:
    """Return the lasting addresses of the paragraph that both have, Albania's first."""
    hits = index.search('"cluster munitions"', sort="newest")
    return [hit.lasting_address for hit in hits]


def grades(index: Index, text: str) -> list[tuple[Grade, str]]:
    return [(verdict.grade, str(verdict.address)) for verdict in index.verify_text(text)]


def test_an_address_says_where_the_words_have_to_stand(texts: Index) -> None:
    alba, chile = addresses(texts)
    assert grades(texts, f"“{NEVER}”")[0][0] is Grade.SEVERAL
    for written in (
        f"“{NEVER}” ({chile}).",
        f"“{NEVER}”[^1] and more.\n\n[^1]: Chile, para. 2, {chile}.",
        f"“{NEVER}” [1].\n\n[1] See https://example.org/{chile.replace('#', '%23')}.",
        f"> {NEVER}\n>\n> — Chile, {chile}",
        f"> {NEVER}\n\n— Chile, {chile}",
        f"> {NEVER}[^note]\n\n[^note]: Chile,\n{chile}",
    ):
        assert grades(texts, written) == [(Grade.EXACT, chile.partition("~")[0])], written
    [verdict] = texts.verify_text(f"“{PEACE}” ({alba}).")
    assert (verdict.grade, verdict.differs) == (Grade.MISATTRIBUTED, ("address",))
    [verdict] = texts.verify_text(f"“{PEACE}” (2020-01-01-nobody-abcde#1).")
    assert (verdict.grade, verdict.differs) == (Grade.MISATTRIBUTED, ("address",))
    assert verdict.notes[0].startswith("No statement has the address")


def test_an_address_belongs_to_the_quotation_before_it(texts: Index) -> None:
    alba, chile = addresses(texts)
    text = f"“{NEVER}” ({alba}) and “{NEVER}” ({chile})"
    assert [address for _, address in grades(texts, text)] == [one.partition("~")[0] for one in (alba, chile)]


def test_few_words_are_too_short_to_tell(texts: Index) -> None:
    [verdict] = texts.verify_text("They speak of “cluster munitions” only.")
    assert (verdict.grade, verdict.address, verdict.needs_eyes) == (Grade.TOO_SHORT, None, True)


def written_as_docx(path: Path, address: str) -> None:
    document = docx.Document()
    document.add_paragraph(f"They say “{PEACE}” ({address}).")
    document.add_paragraph(NEVER, style="Quote")
    document.save(str(path))


def written_as_pdf(path: Path, address: str) -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    document.multi_cell(0, 8, f'They say "{PEACE}" ({address}).\n\nThey add "{NEVER}" too.')
    document.output(str(path))


def written_as_html(path: Path, address: str) -> None:
    path.write_text(
        f"<html><body><p>They say “{PEACE}”<a href='#n1'>1</a>.</p><blockquote><p>{NEVER}</p></blockquote>"
        f"<ol><li id='n1'>Chile, {address}</li></ol></body></html>",
        "utf-8",
    )


def written_as_markdown(path: Path, address: str) -> None:
    path.write_text(f"They say “{PEACE}”[^1].\n\n> {NEVER}\n\n[^1]: Chile, {address}\n", "utf-8")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("brief.docx", written_as_docx),
        ("brief.pdf", written_as_pdf),
        ("brief.html", written_as_html),
        ("brief.md", written_as_markdown),
    ],
)
def test_documents_of_many_kinds_are_read(texts: Index, tmp_path: Path, name: str, write) -> None:  # type: ignore[no-untyped-def]
    address = texts.verify(PEACE).lasting_address
    write(tmp_path / name, str(address))
    found = quotations_in(read_with_notes(tmp_path / name).text)
    assert [(one.text.replace("\n", " "), one.address) for one in found] == [(PEACE, address), (NEVER, None)]


def test_what_is_set_as_code_is_no_quotation(tmp_path: Path) -> None:
    typed = '"no more" OR `"war"`'
    page, document = tmp_path / "brief.html", docx.Document()
    page.write_text(
        f"<html><body><p>Asked <code>{typed}</code> and <kbd>“a”</kbd>, they say “{PEACE}”"
        f'<a href="#n1" role="doc-noteref">note 1</a>.</p><p id="n1">Chile, chile-abcde#1</p></body></html>',
        "utf-8",
    )
    document.styles.add_style("Source Code", WD_STYLE_TYPE.CHARACTER)
    paragraph = document.add_paragraph("Asked ")
    paragraph.add_run(typed[:8]).style = "Source Code"
    paragraph.add_run(typed[8:]).style = "Source Code"
    paragraph.add_run(f", they say “{PEACE}” (chile-abcde#1).")
    document.save(str(tmp_path / "brief.docx"))
    for path in (page, tmp_path / "brief.docx"):
        [found] = quotations_in(read_with_notes(path).text)
        assert (found.text, found.address) == (PEACE, "chile-abcde#1")


def test_the_notes_of_a_word_document_are_read(tmp_path: Path, texts: Index) -> None:
    from zipfile import ZipFile

    address = texts.verify(PEACE).lasting_address
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f"<w:p><w:r><w:t>They say “{PEACE}”</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t> today.</w:t></w:r></w:p>"
    )
    notes = f"<w:footnote w:id='2'><w:p><w:r><w:t>Chile, {address}</w:t></w:r></w:p></w:footnote>"
    with ZipFile(tmp_path / "brief.docx", "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>"
        )
        package.writestr("word/footnotes.xml", f"<w:footnotes xmlns:w='{space}'>{notes}</w:footnotes>")
    [found] = quotations_in(read_with_notes(tmp_path / "brief.docx").text)
    assert (found.text, found.address) == (PEACE, address)


def run(folder: Path, *args: str, typed: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["verify", *args, "--index", str(folder)], input=typed)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_exits_with_three_where_something_is_not_exact(folder: Path, tmp_path: Path) -> None:
    code, out, err = run(folder, "-", typed=PEACE)
    assert (code, out.splitlines()[0].split("  ")[0], err) == (0, "exact", "1 quotation: 1 exact\n")
    code, out, err = run(folder, "--text", PEACE.replace("every hand", "no hand"))
    assert (code, err) == (3, "1 quotation: 1 altered\n")
    assert '"no" for "every"' in out
    assert "look at: negation" in out
    code, out, err = run(folder, str(tmp_path / "none.md"))
    assert (code, out) == (1, "")
    assert run(folder, "--text", "...")[0] == 3
    assert run(folder)[0] == 2


def test_the_command_prints_one_object_a_line(folder: Path, tmp_path: Path) -> None:
    import json

    (tmp_path / "brief.md").write_text(f"x\n\n“{PEACE}” and “{NEVER} never”", "utf-8")
    code, out, _ = run(folder, str(tmp_path / "brief.md"), "--json", "--speaker", "Chile")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(one["grade"], one["line"], one["column"]) for one in lines] == [
        ("exact", 3, 2),
        ("altered", 3, 58),
    ]
    assert code == 3
