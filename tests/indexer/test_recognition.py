"""Text recognition: pages that are pictures are read where that is asked for, and it is told."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from faults.press import HEIGHT, MARGIN, WIDTH, Press, blank
from pypdfium2 import PdfDocument

from onrecord import SourceError, build, inspect, open_index, update
from onrecord.indexer.errors import NotInstalled
from onrecord.indexer.formats.pdf import recognition
from onrecord.search.cli import main

SAID = (
    "Mr. President,",
    "The harbour was closed in the year of the storm, and it will stay so for as long as the Council says.",
    "We ask all States to join the treaty before the year is over, for it has been waited for too long.",
)


def _is_there(language: str = "eng") -> bool:
    try:
        recognition.require_recognition()
    except NotInstalled:
        return False
    return language in recognition._languages()


reads_pictures = pytest.mark.skipif(
    not _is_there(), reason="tesserocr and the data of Tesseract are not there"
)


def printed(*texts: str) -> Press:
    press = Press()
    for text in texts:
        press.paragraph(text)
    return press


def scanned(path: Path, press: Press, *, also: str = "") -> Path:
    """Save the pages of a press as pictures; ``also`` is a page of text behind them."""
    source = press.save(path.with_suffix(".text.pdf"))
    scan = blank()
    document = PdfDocument(source.read_bytes())
    for page in document:
        picture = io.BytesIO()
        page.render(scale=200 / 72, grayscale=True).to_pil().save(picture, "PNG")
        scan.add_page()
        scan.image(picture, 0, 0, WIDTH, HEIGHT)
    document.close()
    if also:
        scan.add_page()
        scan.set_font("Times", size=11)
        scan.text(MARGIN, 100.0, also)
    source.unlink()
    scan.output(str(path))
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"ONRECORD_INDEX": ""})


def test_a_scan_is_refused_where_nobody_asks_for_it_to_be_read(tmp_path: Path) -> None:
    path = scanned(tmp_path / "a.pdf", printed(*SAID))
    with pytest.raises(SourceError, match="its pages are pictures without text"):
        inspect(path)


@reads_pictures
def test_a_scan_is_read_and_says_so(tmp_path: Path) -> None:
    path = scanned(tmp_path / "a.pdf", printed(*SAID))
    [one] = inspect(path, ocr=True)
    assert tuple(said.text for said in one.statement.paragraphs) == SAID
    assert [said.page for said in one.statement.paragraphs] == ["1", "1", "1"]
    plain = one.as_dict()
    assert plain["recognised"] is True
    assert plain["confidence"]["recognised"] == "low"
    assert plain["evidence"]["recognised"].startswith("1 of 1 pages are pictures; language: not told")


@reads_pictures
def test_a_scan_is_found_by_an_index_that_was_asked_to_read_it(tmp_path: Path) -> None:
    texts, index = tmp_path / "texts", tmp_path / "index"
    texts.mkdir()
    scanned(texts / "a.pdf", printed(*SAID))
    (texts / "b.txt").write_text("Statement by Panama\n\nThe harbour is ours.", "utf-8")
    assert [Path(error.source).name for error in build(texts, into=index).failed] == ["a.pdf"]
    report = update(texts, into=index, ocr=True, doubts=True)
    assert (report.added.statements, report.failed) == (1, ())
    [doubt] = [one for one in report.doubts if one.path.endswith("a.pdf")]
    assert doubt.doubtful["recognised"].value.startswith("Tesseract ")
    assert update(texts, into=index).unchanged.statements == 2
    with open_index(index) as opened:
        found = {Path(hit.source).name: hit.recognised for hit in opened.search("harbour")}
    assert found == {"a.pdf": True, "b.txt": False}
    shown = run("search", '"year of the storm"', "-i", index).stdout
    assert "read by text recognition" in shown
    [hit] = map(json.loads, run("search", '"year of the storm"', "--json", "-i", index).stdout.splitlines())
    assert hit["recognised"] is True


@reads_pictures
def test_of_a_document_only_the_pages_that_are_pictures_are_recognised(tmp_path: Path) -> None:
    path = scanned(tmp_path / "a.pdf", printed(*SAID), also="We thank the Secretariat for it.")
    [one] = inspect(path, ocr=True)
    assert [(said.text, said.page) for said in one.statement.paragraphs] == [
        *((text, "1") for text in SAID),
        ("We thank the Secretariat for it.", "2"),
    ]
    assert one.as_dict()["evidence"]["recognised"].startswith("1 of 2 pages are pictures")


@reads_pictures
def test_an_empty_page_is_no_picture(tmp_path: Path) -> None:
    press = printed(*SAID)
    press.page()
    [one] = inspect(press.save(tmp_path / "a.pdf"), ocr=True)
    assert one.as_dict()["recognised"] is False


@reads_pictures
def test_pictures_without_words_say_so(tmp_path: Path) -> None:
    path = scanned(tmp_path / "a.pdf", printed())
    with pytest.raises(SourceError, match="text recognition found no words on its pages; scan it anew"):
        inspect(path, ocr=True)


@reads_pictures
def test_columns_of_a_scan_are_read_one_after_the_other(tmp_path: Path) -> None:
    press = Press(columns=2)
    top = press.y
    for column in (0, 1):
        press.column, press.y = column, top
        for text in SAID[1:]:
            press.paragraph(text)
    [one] = inspect(scanned(tmp_path / "a.pdf", press), ocr=True)
    # What runs between the columns may be taken for a sign.
    assert tuple(said.text.replace("_", "") for said in one.statement.paragraphs) == SAID[1:] * 2


@reads_pictures
def test_a_scan_is_read_in_the_language_that_is_told(tmp_path: Path) -> None:
    if not _is_there("fra"):
        pytest.skip("the data of French are not there")
    french = "Nous demandons à tous les pays de ratifier le traité avant la fin des débats où nous sommes."
    (tmp_path / "fr").mkdir()
    [one] = inspect(scanned(tmp_path / "fr" / "a.pdf", printed(french)), ocr=True)
    assert one.statement.paragraphs[-1].text == french
    assert "of the folder fr" in one.as_dict()["evidence"]["recognised"]


@reads_pictures
def test_a_language_without_data_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "_languages", lambda: {"eng": "/nowhere"})
    path = scanned(tmp_path / "a.pdf", printed(*SAID))
    path.with_suffix(".yaml").write_text("language: fr\n", "utf-8")
    with pytest.raises(SourceError, match=r"Tesseract has no data for its language \(fr\); install them"):
        inspect(path, ocr=True)


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (None, "text recognition needs tesserocr; install it with pip install 'onrecord[ocr]'."),
        (
            object(),
            "text recognition finds no data of Tesseract; install them (apt install tesseract-ocr), "
            "or name their folder in TESSDATA_PREFIX.",
        ),
    ],
)
def test_what_is_not_installed_is_said(
    spec: object, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "find_spec", lambda _: spec)
    monkeypatch.setattr(recognition, "_languages", dict)
    text = tmp_path / "a.txt"
    text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    for call in (lambda: inspect(text, ocr=True), lambda: update(text, into=tmp_path / "index", ocr=True)):
        with pytest.raises(NotInstalled) as error:
            call()
        assert str(error.value) == sentence
    asked = run("index", text, "--ocr", "-i", tmp_path / "index")
    assert (asked.exit_code, asked.stderr) == (1, f"onrecord: {sentence}\n")
    assert not (tmp_path / "index").exists()


def test_text_is_never_recognised(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Statement by Panama\n\nThe canal is ours.", "utf-8")
    assert inspect(text)[0].as_dict()["recognised"] is False
