"""Texts in two languages side by side: one after the other, each in its language."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest
from docx import Document
from faults.press import Press
from faults.rtl_press import press_right_to_left

from onrecord import inspect

GREETING = "Mr. President,"
# ruff: noqa: E501  (a sentence a line)
ENGLISH = (
    "Canada welcomes the report of the Committee and thanks all delegations for the work that they have done.",
    "We support the draft resolution that is before the Assembly, and we call upon all States to vote for it.",
    "We shall return to the question of the budget at the next session.",
)
FRENCH = (
    "Le Canada accueille avec satisfaction le rapport de la Commission et remercie toutes les délégations.",
    "Nous appuyons le projet de résolution dont l'Assemblée est saisie, et nous demandons à tous de le voter.",
    "Nous reviendrons sur la question du budget à la prochaine session.",
)
ARABIC = (
    "ترحب كندا بتقرير اللجنة وتشكر جميع الوفود على العمل الذي قامت به خلال هذه الدورة من أجل السلام والأمن في العالم.",
    "ونحن نؤيد مشروع القرار المعروض على الجمعية العامة، وندعو جميع الدول إلى التصويت لصالحه في هذه الجلسة المهمة.",
    "وسنعود إلى مسألة الميزانية في الدورة المقبلة للجمعية.",
)
CHINESE = (
    "加拿大欢迎委员会的报告，并感谢所有代表团在本届会议期间为世界和平与安全所做的一切重要工作和努力。",
    "我们支持大会面前的决议草案，并呼吁所有国家在今天的会议上投票赞成这项重要的决议草案，以便维护和平。",
    "我们将在下届会议上再次讨论预算问题，并希望届时能够达成一致意见。",
)


def rows_in_word(path: Path, rows: list[tuple[str, ...]]) -> Path:
    document = Document()
    document.add_paragraph(GREETING)
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    document.save(str(path))
    return path


def rows_in_open_document(path: Path, rows: list[tuple[str, ...]]) -> Path:
    cells = (
        "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        for row in rows
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    path.write_text(
        f'<?xml version="1.0"?><office:document{names} '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text><text:p>{GREETING}</text:p><table:table>{table}</table:table></office:text></office:body></office:document>",
        "utf-8",
    )
    return path


def rows_in_page(path: Path, rows: list[tuple[str, ...]]) -> Path:
    table = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    path.write_text(f"<html><body><p>{GREETING}</p><table>{table}</table></body></html>", "utf-8")
    return path


def rows_in_rich_text(path: Path, rows: list[tuple[str, ...]]) -> Path:
    def written(text: str) -> str:
        codes = (int.from_bytes(one.encode("utf-16-le"), "little", signed=True) for one in text)
        return "".join(chr(code) if 0 < code < 128 else f"\\u{code}?" for code in codes)

    table = "".join(
        "\\trowd\\cellx1000\\cellx5000\\cellx9000 \\pard\\intbl "
        + "".join(f"{{{written(text)}\\cell}}" for text in row)
        + "\\row\n"
        for row in rows
    )
    path.write_text(f"{{\\rtf1\\ansi {GREETING}\\par\n{table}\\pard }}", "ascii")
    return path


def rows_in_markdown(path: Path, rows: list[tuple[str, ...]]) -> Path:
    width = len(rows[0])
    table = "\n".join(f"| {' | '.join(row)} |" for row in [("",) * width, ("---",) * width, *rows])
    path.write_text(f"{GREETING}\n\n{table}\n", "utf-8")
    return path


WRITERS = [
    pytest.param(rows_in_word, "a.docx", id="docx"),
    pytest.param(rows_in_open_document, "a.fodt", id="odt"),
    pytest.param(rows_in_page, "a.html", id="html"),
    pytest.param(rows_in_markdown, "a.md", id="markdown"),
]
# RTF sets the cells of a row of facts one below the other.
AND_RICH_TEXT = [*WRITERS, pytest.param(rows_in_rich_text, "a.rtf", id="rtf")]


def said(path: Path) -> tuple[str | None, list[tuple[str | None, str]]]:
    """Return the language of a statement, and language and words of each paragraph behind its greeting."""
    [one] = inspect(path)
    known = one.statement.metadata.language
    greeting, *paragraphs = one.statement.paragraphs
    assert greeting.text == GREETING
    return known.value if known else None, [(it.language, it.text) for it in paragraphs]


@pytest.mark.parametrize(("write", "name"), AND_RICH_TEXT)
@pytest.mark.parametrize(
    ("other", "language"), [(FRENCH, "fr"), (ARABIC, "ar"), (CHINESE, "zh")], ids=["fr", "ar", "zh"]
)
def test_two_languages_are_read_column_by_column_o(
    write: object, name: str, other: tuple[str, ...], language: str, tmp_path: Path
) -> None:
    assert callable(write)
    path = write(tmp_path / name, list(zip(ENGLISH, other, strict=True)))
    of_statement, paragraphs = said(path)
    assert [text for _, text in paragraphs] == [*ENGLISH, *other]
    own = {of_statement: None}
    assert [own.get(one, one) for one in ("en",) * 3 + (language,) * 3] == [one for one, _ in paragraphs]


@pytest.mark.parametrize(("write", "name"), AND_RICH_TEXT)
def test_numbers_beside_two_languages_are_those_of_both(write: object, name: str, tmp_path: Path) -> None:
    assert callable(write)
    rows = [(f"{at}.", *texts) for at, texts in enumerate(zip(ENGLISH, FRENCH, strict=True), 1)]
    [one] = inspect(write(tmp_path / name, rows))
    assert [(it.printed, it.text) for it in one.statement.paragraphs[1:]] == [
        (f"{at}.", text) for texts in (ENGLISH, FRENCH) for at, text in enumerate(texts, 1)
    ]


def test_cells_of_facts_in_rich_text_stay_in_their_order(tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [
        (f"Harbour {at}", f"Le port {at}", f"{at * 100} ships") for at in range(1, 30)
    ]
    _, paragraphs = said(rows_in_rich_text(tmp_path / "a.rtf", rows))
    assert [text for _, text in paragraphs] == [cell for row in rows for cell in row]


def test_a_note_in_a_column_of_rich_text_goes_with_its_words(tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = list(zip(ENGLISH, FRENCH, strict=True))
    path = rows_in_rich_text(tmp_path / "a.rtf", rows)
    noted = path.read_text().replace("next session.", "next session.{\\chftn}{\\footnote {\\chftn} Of 2022.}")
    path.write_text(noted, "ascii")
    [one] = inspect(path)
    assert [it.text for it in one.statement.paragraphs[1:]] == [*ENGLISH, *FRENCH, "Of 2022."]


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_a_table_of_facts_is_read_row_by_row(write: object, name: str, tmp_path: Path) -> None:
    assert callable(write)
    rows = [(f"Harbour {at}", f"Le port {at}", f"{at * 100} ships") for at in range(1, 30)]
    _, paragraphs = said(write(tmp_path / name, rows))
    assert [text for _, text in paragraphs] == [" | ".join(row) for row in rows]


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_signatures_side_by_side_stay_side_by_side(write: object, name: str, tmp_path: Path) -> None:
    assert callable(write)
    rows = [
        ("For Canada", "Pour la France"),
        ("Ann Hall", "Anne Salle"),
        ("Ottawa, 3 May 2021", "Paris, le 3 mai 2021"),
    ]
    _, paragraphs = said(write(tmp_path / name, rows))
    assert [text for _, text in paragraphs] == [" | ".join(row) for row in rows]


@pytest.mark.parametrize(("write", "name"), WRITERS[:2])
def test_a_wide_column_beside_a_narrow_one_is_read_in_its_rows(
    write: object, name: str, tmp_path: Path
) -> None:
    assert callable(write)
    texts = [" ".join((ENGLISH[at], ENGLISH[1], ENGLISH[2])) for at in range(3)]
    rows = [(f"Part {at}", text) for at, text in enumerate(texts, 1)]
    _, paragraphs = said(write(tmp_path / name, rows))
    assert " ".join(text for _, text in paragraphs).replace(" | ", " ") == " ".join(map(" ".join, rows))


def set_side_by_side(path: Path, left: tuple[str, ...], right: tuple[str, ...], *, pages: int = 1) -> Path:
    press = Press(columns=2)
    for page in range(pages):
        if page:
            press.page()
        top = press.y
        for column, texts in enumerate((left, right)):
            press.column, press.y = column, top
            for text in texts:
                press.paragraph(text)
    return press.save(path)


def test_two_columns_of_a_page_are_read_one_after_the_other_m_facing_pages(tmp_path: Path) -> None:
    path = set_side_by_side(tmp_path / "a.pdf", ENGLISH, FRENCH)
    [one] = inspect(path)
    assert [(it.text, it.language) for it in one.statement.paragraphs] == [
        *((text, None) for text in ENGLISH),
        *((text, "fr") for text in FRENCH),
    ]


def test_a_sentence_goes_on_overleaf_and_not_in_the_column_beside_it_m_facing_pages(tmp_path: Path) -> None:
    press = Press(columns=2)
    top = press.y
    for page in range(2):
        if page:
            press.page()
        for column, texts in enumerate((ENGLISH, FRENCH)):
            press.column, press.y = column, top
            rest = texts[1].split()
            first = press._line(rest, press.measure)
            for text in (" ".join(rest), texts[0], texts[2]) if page else (texts[0], texts[2], first):
                press.paragraph(text)
    [one] = inspect(press.save(tmp_path / "a.pdf"))
    assert [(it.text, it.language, it.page) for it in one.statement.paragraphs] == [
        (texts[at], language, page)
        for texts, language in ((ENGLISH, None), (FRENCH, "fr"))
        for at, page in ((0, "1"), (2, "1"), (1, "1"), (0, "2"), (2, "2"))
    ]


def test_arabic_beside_english_is_read_one_after_the_other_m_facing_pages(tmp_path: Path) -> None:
    english, arabic = (wrap(" ".join(texts), 34) for texts in (ENGLISH, ARABIC))
    path = press_right_to_left(tmp_path / "a.pdf", arabic, beside=english)
    [one] = inspect(path)
    said = [(it.text, it.language) for it in one.statement.paragraphs]
    assert " ".join(text for text, language in said if language is None) == " ".join(ENGLISH)
    assert " ".join(text for text, language in said if language == "ar") == " ".join(ARABIC)
    languages = [language for _, language in said]
    assert languages == sorted(languages, key=lambda language: language is not None)
