"""Word documents: what is read is what was written, generated here with python-docx."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from onrecord import SourceError, inspect
from onrecord.indexer.draft import Block
from onrecord.indexer.limits import ARCHIVE_RATIO
from onrecord.indexer.reading.drafts import read_source

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
BOX = """\
<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing>
<w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></w:drawing>
</mc:Choice><mc:Fallback><w:pict>
<w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></w:pict>
</mc:Fallback></mc:AlternateContent></w:r>"""


def paragraph(*runs: str, properties: str = "") -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{properties}{''.join(runs)}</w:p>")


def words(text: str) -> str:
    return RUN.format(text)


def saved(document: Any, path: Path) -> Path:
    document.save(str(path))
    return path


def add(document: Any, element: Any) -> None:
    document.element.body.insert_element_before(element, "w:sectPr")


def blocks(path: Path) -> list[Block]:
    read = read_source(path)
    assert read is not None
    assert read[0] == "docx"
    return [block for draft in read[1] for block in draft.blocks]


def lines(path: Path) -> list[str]:
    return [" / ".join(block.lines) for block in blocks(path)]


@pytest.fixture
def document() -> Any:
    return Document()


def test_paragraphs_are_read_in_their_order(document: Any, tmp_path: Path) -> None:
    written = ["Mr. President,", "We agree.", "", "We thank you."]
    for text in written:
        document.add_paragraph(text)
    assert lines(saved(document, tmp_path / "a.docx")) == [text for text in written if text]


def test_a_document_is_known_by_its_content(document: Any, tmp_path: Path) -> None:
    document.add_paragraph("We agree.")
    assert lines(saved(document, tmp_path / "statement")) == ["We agree."]


def test_changes_are_read_as_accepted(document: Any, tmp_path: Path) -> None:
    mark = "w:id='1' w:author='A' w:date='2020-01-01T00:00:00Z'"
    deleted = f"<w:del {mark}><w:r><w:delText>never </w:delText></w:r></w:del>"
    inserted = f"<w:ins {mark}>{words('always ')}</w:ins>"
    moved = f"<w:moveFrom {mark}>{words('now ')}</w:moveFrom>"
    add(document, paragraph(words("We "), deleted, inserted, moved, words("agree.")))
    assert lines(saved(document, tmp_path / "a.docx")) == ["We always agree."]


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next(document: Any, tmp_path: Path) -> None:
    gone = "<w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr>"
    add(document, paragraph(words("We agree "), properties=gone))
    add(document, paragraph(words("with you.")))
    assert lines(saved(document, tmp_path / "a.docx")) == ["We agree with you."]


def test_a_text_box_is_read_once_and_after_the_paragraph_it_hangs_on(document: Any, tmp_path: Path) -> None:
    add(document, paragraph(words("We agree."), BOX.format("In the box.")))
    document.add_paragraph("We thank you.")
    assert lines(saved(document, tmp_path / "a.docx")) == ["We agree.", "In the box.", "We thank you."]


def test_notes_and_comments_are_no_part_of_the_text(document: Any, tmp_path: Path) -> None:
    note = "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"
    add(document, paragraph(words("We agree"), note, words(".")))
    path = saved(document, tmp_path / "a.docx")
    with zipfile.ZipFile(path, "a") as package:
        note = f"<w:footnote w:id='2'><w:p>{words('A note.')}</w:p></w:footnote>"
        package.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>")
    assert lines(path) == ["We agree."]


def test_instructions_of_fields_and_hidden_words_are_not_read(document: Any, tmp_path: Path) -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>12</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret </w:t></w:r>"
    link = f"<w:hyperlink>{words('the ')}</w:hyperlink>"
    add(document, paragraph(words("See "), link, hidden, words("page "), field, words(".")))
    assert lines(saved(document, tmp_path / "a.docx")) == ["See the page 12."]


def test_breaks_hyphens_and_tabs_are_what_a_reader_sees(document: Any, tmp_path: Path) -> None:
    run = document.add_paragraph().add_run("Statement by")
    run.add_break()
    run.add_text("Panama\tin\u00a0the ")
    run.add_break(WD_BREAK.LINE)
    add(document, paragraph(words("dis"), "<w:r><w:softHyphen/></w:r>", words("arma"), words("ment")))
    add(document, paragraph(words("short"), "<w:r><w:noBreakHyphen/></w:r>", words("lived")))
    assert lines(saved(document, tmp_path / "a.docx")) == [
        "Statement by / Panama in the",
        "disarmament",
        "short-lived",
    ]


def test_a_table_stands_where_it_stood(document: Any, tmp_path: Path) -> None:
    document.add_paragraph("Before.")
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(["Year", "Mines", "2019", "40"]):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("After.")
    assert lines(saved(document, tmp_path / "a.docx")) == ["Before.", "Year | Mines", "2019 | 40", "After."]


def test_two_columns_of_a_table_are_read_one_after_the_other(document: Any, tmp_path: Path) -> None:
    table = document.add_table(rows=1, cols=2)
    for at, (first, second) in enumerate(
        [("Mr. President,", "We agree."), ("Monsieur le Président,", "D'accord.")]
    ):
        table.cell(0, at).text = first
        table.cell(0, at).add_paragraph(second)
    assert lines(saved(document, tmp_path / "a.docx")) == [
        "Mr. President,",
        "We agree.",
        "Monsieur le Président,",
        "D'accord.",
    ]


def test_automatic_numbers_are_printed_numbers(document: Any, tmp_path: Path) -> None:
    for text in ("We agree with the report of the committee.", "We thank the committee for its report."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("to help", style="List Bullet")
    found = inspect(saved(document, tmp_path / "a.docx"))[0].statement.paragraphs
    assert [(one.printed, one.text) for one in found] == [
        ("1.", "We agree with the report of the committee."),
        ("2.", "We thank the committee for its report."),
        (None, "to help"),
    ]


def headed(document: Any, *, header: str) -> None:
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    document.core_properties.author = "Template Office"
    for text in (
        "Check against delivery",
        "Statement at the Security Council",
        "New York, 3 May 2019",
        "Mr. President,",
        "We agree with the report, and we shall say why.",
    ):
        document.add_paragraph(text)


def test_headers_and_footers_are_no_part_of_the_text(document: Any, tmp_path: Path) -> None:
    headed(document, header="Permanent Mission of Panama to the United Nations")
    texts = " ".join(
        one.text for one in inspect(saved(document, tmp_path / "a.docx"))[0].statement.paragraphs
    )
    assert "Mission" not in texts
    assert "Page" not in texts


def test_the_letterhead_says_who_speaks_where_the_text_does_not(document: Any, tmp_path: Path) -> None:
    headed(document, header="Permanent Mission of Panama to the United Nations")
    found = inspect(saved(document, tmp_path / "a.docx"))[0].as_dict()
    assert (found["speaker"], found["date"]) == ("Panama", "2019-05-03")


def test_a_title_is_marked_as_one(document: Any, tmp_path: Path) -> None:
    document.add_heading("Statement by Panama", 0)
    document.add_paragraph("We agree.")
    assert [block.title for block in blocks(saved(document, tmp_path / "a.docx"))] == [True, False]


def test_a_damaged_document_says_so(document: Any, tmp_path: Path) -> None:
    document.add_paragraph("We agree. " * 1000)
    path = saved(document, tmp_path / "a.docx")
    data = bytearray(path.read_bytes())
    begin = data.index(b"word/document.xml") + 60
    data[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.docx: it is damaged in its archive; get the file again"):
        lines(path)


def test_a_document_that_swells_is_refused(document: Any, tmp_path: Path) -> None:
    path = saved(document, tmp_path / "a.docx")
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as swollen:
        for name in package.namelist():
            swollen.writestr(
                name, b"<w>" + b" " * 30_000_000 if name == "word/document.xml" else package.read(name)
            )
    with pytest.raises(SourceError, match=ARCHIVE_RATIO.sentence):
        lines(bomb)


def test_a_document_may_be_a_verbatim_record(document: Any, tmp_path: Path) -> None:
    record = Path(__file__).parent / "sources" / "verbatim" / "assembly.txt"
    for block in record.read_text("utf-8").split("\n\n"):
        document.add_paragraph(" ".join(block.split()))
    speakers = [one.as_dict()["speaker"] for one in inspect(saved(document, tmp_path / "a.docx"))]
    assert speakers == [one.as_dict()["speaker"] for one in inspect(record)]
