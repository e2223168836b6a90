"""PDF: what is read is what was set, by a press of our own (`press`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults.press import HEIGHT, MARGIN, WIDTH, Press
from faults.rtl_press import press_right_to_left

from onrecord import SourceError, inspect
from onrecord.indexer.formats.pdf.legibility import is_unreadable
from onrecord.indexer.reading.drafts import read_source

FIRST = (
    "The harbour was mined in the spring, and the boats have stayed ashore ever since; those who lived by "
    "fishing have left for the towns, where there is no work for them and little bread."
)
SECOND = (
    "We ask for the disarmament of the militias, for international observation of the coastline, and for "
    "the clearance of the approaches before the winter. Nothing else will let the fishermen return to sea."
)
THIRD = (
    "My delegation has circulated a proposal, which is short, and which we hope the conference will consider "
    "with the benevolence that it has always shown to smaller states."
)
TEXT = [FIRST, SECOND, THIRD]
TOWNS = ("Anse", "Brod", "Calder", "Dunholm", "Evro", "Fanning", "Gravik", "Holt", "Ilmar", "Jutt", "Kessel")
# Enough for several pages, no two paragraphs alike.
LONG = [f"In {town}, {text}" for town in TOWNS for text in TEXT]


def set_in(press: Press, path: Path, texts: list[str]) -> Path:
    for text in texts:
        press.paragraph(text)
    return press.save(path)


def blocks(path: Path) -> list[str]:
    read = read_source(path)
    assert read is not None
    assert read[0] == "pdf"
    return [" / ".join(block.lines) for draft in read[1] for block in draft.blocks]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize(("indent", "space"), [(0.0, 6.0), (18.0, 0.0), (18.0, 6.0)])
@pytest.mark.parametrize("hyphenate", [False, True])
def test_paragraphs_are_read_as_they_were_set(
    tmp_path: Path, columns: int, indent: float, space: float, hyphenate: bool
) -> None:
    press = Press(columns=columns, indent=indent, space=space, hyphenate=hyphenate)
    assert blocks(set_in(press, tmp_path / "a.pdf", LONG)) == LONG


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    assert blocks(set_in(Press(), tmp_path / "statement", TEXT)) == TEXT


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    press = Press(head="Third Conference on Harbours - {} May 2019", foot="- {} -")
    assert blocks(set_in(press, tmp_path / "a.pdf", LONG)) == LONG


def test_paragraphs_know_their_page(tmp_path: Path) -> None:
    press = Press()
    press.paragraph(FIRST)
    press.page()
    press.page()
    press.paragraph(SECOND)
    found = inspect(press.save(tmp_path / "a.pdf"))[0].statement.paragraphs
    assert [one.page for one in found] == ["1", "3"]


def test_a_paragraph_over_two_pages_is_one_and_begins_on_the_first(tmp_path: Path) -> None:
    press = Press(bottom=HEIGHT - MARGIN - 30)
    found = inspect(set_in(press, tmp_path / "a.pdf", [SECOND]))[0].statement.paragraphs
    assert [(one.text, one.page) for one in found] == [(SECOND, "1")]


def test_notes_stand_apart(tmp_path: Path) -> None:
    press = Press()
    press.paragraph(FIRST)
    press.note("1 See the report of the committee on harbours.")
    press.page()
    press.paragraph(SECOND)
    assert blocks(press.save(tmp_path / "a.pdf")) == [FIRST, SECOND]


def test_the_imprint_at_the_foot_of_the_first_page_is_no_word(tmp_path: Path) -> None:
    """H2: disclaimer, number and bar code stood inside the first speech, its sentence torn in two."""
    press = Press(bottom=160.0)
    press.print("This record contains the text of speeches. Corrections should go", MARGIN, 720.0, size=8)
    press.print("to the Chief of the Service within a week of its publication.", MARGIN, 730.0, size=8)
    press.print("07-50429 (E)", MARGIN, 745.0)
    press.print("*0750429*", MARGIN, 760.0, size=14)
    assert blocks(set_in(press, tmp_path / "a.pdf", LONG)) == LONG


@pytest.mark.parametrize("up", [3.0, 5.5, 8.0])
def test_a_raised_ordinal_stays_with_its_number(tmp_path: Path, up: float) -> None:
    """M: 15th became "15 November" and a paragraph "th"."""
    press, x = Press(), MARGIN
    for text, size, rise in (("Tuesday, 15", 11.0, 0.0), ("th", 7.0, up), (" November, we met.", 11.0, 0.0)):
        press.print(text, x, 100.0 - rise, size=size)
        x += press.pdf.get_string_width(text)
    press.print("It was cold, and the harbour was closed.", MARGIN, 113.0)
    assert blocks(press.save(tmp_path / "a.pdf"))[0].startswith("Tuesday, 15th November, we met.")


def test_raised_letters_that_were_written_last_stand_with_their_word(tmp_path: Path) -> None:
    press = Press()
    press.print("The 79", MARGIN, 100.0)
    end = MARGIN + press.pdf.get_string_width("The 79")
    press.print("session begins.", end + 20.0, 100.0)
    press.print("th", end, 95.0, size=7.0)
    assert blocks(press.save(tmp_path / "a.pdf")) == ["The 79th session begins."]


def test_running_heads_close_to_the_text_are_left_out(tmp_path: Path) -> None:
    """M: 120 paragraphs and 119 ends of sentences were a head that stood a line above the text."""
    press = Press(bottom=100.0)
    press.y = 42.0
    for number, text in enumerate(LONG):
        if number and number % 6 == 0:
            press.page()
            press.y = 42.0
        if press.y == 42.0:
            press.print("27 June 2019", MARGIN + 150, 28.0)
        press.paragraph(text)
    assert blocks(press.save(tmp_path / "a.pdf")) == LONG


def test_a_head_close_to_the_text_of_all_pages_but_the_first_is_left_out(tmp_path: Path) -> None:
    press = Press(bottom=100.0)
    for number, text in enumerate(LONG[:12]):
        if number and number % 4 == 0:
            press.page()
            press.y = 42.0
            press.print("27 June 2019", MARGIN + 150, 28.0)
        press.paragraph(text)
    assert blocks(press.save(tmp_path / "a.pdf")) == LONG[:12]


def test_the_numbers_of_pages_with_wide_margins_are_left_out(tmp_path: Path) -> None:
    press = Press(bottom=190.0)
    for number, text in enumerate(LONG[:21]):
        if number % 7 == 0:
            if number:
                press.page()
            press.print(f"{number // 7 + 1}", WIDTH / 2, HEIGHT - 150.0)
        press.paragraph(text)
    assert blocks(press.save(tmp_path / "a.pdf")) == LONG[:21]


def test_a_figure_below_the_text_of_one_page_stays(tmp_path: Path) -> None:
    press = Press(bottom=190.0)
    press.print("1997", MARGIN, HEIGHT - 150.0)
    assert blocks(set_in(press, tmp_path / "a.pdf", TEXT)) == [*TEXT, "1997"]


def test_a_line_that_comes_again_elsewhere_is_no_head(tmp_path: Path) -> None:
    press = Press()
    for town in TOWNS:
        press.paragraph("We vote in favour.")
        press.paragraph(f"{town} has a harbour.")
    assert " ".join(blocks(press.save(tmp_path / "a.pdf"))).count("We vote in favour.") == len(TOWNS)


def test_letters_that_nobody_sees_are_not_read(tmp_path: Path) -> None:
    """M: "24/04/2015A00200Deputy" stood 171 times where a program had left its marks."""
    press = Press()
    press.print("24/04/2015A00200", MARGIN, press.y, size=0.1)
    assert blocks(set_in(press, tmp_path / "a.pdf", TEXT)) == TEXT


@pytest.mark.parametrize("mark", ["line-12", "a.7/b", "(x) y-z."])
def test_a_mark_that_nobody_sees_between_two_lines_tears_no_paragraph(tmp_path: Path, mark: str) -> None:
    press = Press()
    press.paragraph(FIRST)
    for line in range(3):
        press.print(mark, MARGIN + 90.0, MARGIN + 8.0 + 13.0 * line, size=1.0)
    press.paragraph(SECOND)
    assert blocks(press.save(tmp_path / "a.pdf")) == [FIRST, SECOND]


def test_a_full_stop_beside_a_mark_that_nobody_sees_stays(tmp_path: Path) -> None:
    press = Press()
    press.print("The harbour is closed.", MARGIN, MARGIN)
    press.print("x-1", MARGIN + press.pdf.get_string_width("The harbour is closed."), MARGIN, size=1.0)
    press.print("It was cold.", MARGIN, MARGIN + 13.0)
    assert blocks(press.save(tmp_path / "a.pdf")) == ["The harbour is closed. It was cold."]


def test_dots_that_lead_to_a_page_are_no_words(tmp_path: Path) -> None:
    """M: dot leaders were kept as words."""
    press = Press()
    press.paragraph("The harbour . . . . . . . . . . . . . . . . . 3")
    press.paragraph("The approaches ...................... 12")
    assert " ".join(blocks(press.save(tmp_path / "a.pdf"))) == "The harbour … 3 The approaches … 12"


ARABIC = [
    "السيد الرئيس،",
    "نشكركم على عقد هذا الاجتماع في 2021 في جنيف.",
    "وتؤيد بلادي القرار UN وما ورد فيه من توصيات.",
]
HEBREW = ["אדוני הנשיא,", "אנו תומכים בהחלטה 1701 של מועצת הביטחון.", "תודה רבה."]


@pytest.mark.parametrize("lines", [ARABIC, HEBREW])
def test_what_is_read_from_right_to_left_keeps_its_order(tmp_path: Path, lines: list[str]) -> None:
    """M: Arabic became letter salad in 11 of 11 documents."""
    assert " / ".join(blocks(press_right_to_left(tmp_path / "a.pdf", lines))).split(" / ") == lines


def test_a_text_layer_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """M: ": : D 6" was indexed where a font does not say which letter is which."""
    path = set_in(Press(), tmp_path / "a.pdf", [': : D 6 " ! ( ; % ( - 2 # $ : + &'] * 20)
    with pytest.raises(SourceError, match="run text recognition"):
        blocks(path)


@pytest.mark.parametrize(
    ("text", "refused", "why"),
    [
        ("We ask for the disarmament of the militias. ", False, "English"),
        ("Tunaomba kuondolewa kwa silaha za wanamgambo. ", False, "Swahili, of which no words are known"),
        ("Prosimy o rozbrojenie milicji przed zimą, w całym kraju. ", False, "Polish"),
        ("我们要求解除民兵的武装。", False, "Chinese, without spaces"),
        ("हम मिलिशिया के निरस्त्रीकरण की माँग करते हैं। ", False, "Hindi, with signs for vowels"),
        ("نطلب نزع سلاح الميليشيات. ", False, "Arabic"),
        ("1,250 3.5 % 17 | 2,300 4.1 % 19 Total ", False, "a table"),
        (":H DVN IRU WKH GLVDUPDPHQW RI WKH PLOLWLDV ", True, "letters that stand for others"),
        ("\x03\x04\x05\ue001\ue002\ue003 \ufffd\ufffd ", True, "what is no character"),
        ('6 " ! ( ; % ( - : : D ', True, "signs"),
    ],
)
def test_text_is_told_from_what_is_none(text: str, refused: bool, why: str) -> None:
    assert is_unreadable([text] * 40) is refused, why


def test_the_mark_of_a_note_is_no_word(tmp_path: Path) -> None:
    press = Press()
    press.print("The harbour is closed", MARGIN, 100.0)
    end = MARGIN + press.pdf.get_string_width("The harbour is closed")
    press.print("12", end, 96.0, size=7.0)
    press.print(" and will stay so.", end + 7.0, 100.0)
    assert blocks(press.save(tmp_path / "a.pdf")) == ["The harbour is closed and will stay so."]


def test_columns_are_read_from_the_left_however_they_were_written(tmp_path: Path) -> None:
    press = Press(columns=2)
    press.column = 1
    press.paragraph(SECOND)
    press.column, press.y = 0, MARGIN + 13
    press.paragraph(FIRST)
    assert blocks(press.save(tmp_path / "a.pdf")) == [FIRST, SECOND]


def test_the_last_page_keeps_the_columns_of_those_before_it(tmp_path: Path) -> None:
    press = Press(columns=2)
    press.paragraph(" ".join([SECOND] * 30))
    press.page()
    press.paragraph(FIRST)
    press.column, press.y = 1, MARGIN + 13
    press.paragraph("We thank you.")
    assert blocks(press.save(tmp_path / "a.pdf"))[-2:] == [FIRST, "We thank you."]


def heading(press: Press) -> None:
    for line in ("PERMANENT MISSION OF PANAMA", "Check against delivery", "Statement by H.E. Mr. Juan Vega"):
        press.centred(line)
    press.centred("at the Third Conference on Harbours", size=14)
    press.centred("Geneva, 3 May 2019")
    press.skip(20)


def test_a_heading_keeps_its_lines_and_says_who_speaks(tmp_path: Path) -> None:
    press = Press()
    heading(press)
    press.paragraph("Mr. President,")
    found = inspect(set_in(press, tmp_path / "a.pdf", TEXT))[0].as_dict()
    assert [found[name] for name in ("speaker", "date", "place")] == ["Panama", "2019-05-03", "Geneva"]
    assert [one["text"] for one in found["paragraphs"]] == ["Mr. President,", *TEXT]


def test_a_list_keeps_its_items(tmp_path: Path) -> None:
    items = ["1. We clear the harbour.", "2. We feed those who wait.", "3. We go home."]
    press = Press(space=0.0)
    assert blocks(set_in(press, tmp_path / "a.pdf", [FIRST, *items])) == [FIRST, *items]


def test_a_table_goes_row_by_row(tmp_path: Path) -> None:
    press = Press()
    press.paragraph(FIRST)
    for row, cells in enumerate([("Year", "Mines"), ("2019", "40"), ("2020", "12")]):
        for column, cell in enumerate(cells):
            press.print(cell, MARGIN + 250 * column, press.y + 14 * row)
    assert blocks(press.save(tmp_path / "a.pdf"))[1:] == ["Year Mines / 2019 40 / 2020 12"]


def test_a_scan_says_that_it_has_no_text(tmp_path: Path) -> None:
    press = Press()
    press.pdf.rect(100, 100, 300, 300)
    with pytest.raises(
        SourceError, match=r"a\.pdf: its pages are pictures without text; run text recognition"
    ):
        blocks(press.save(tmp_path / "a.pdf"))


def test_a_damaged_document_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nno more than that\x00\x00")
    with pytest.raises(
        SourceError, match=r"a\.pdf: the PDF is damaged; get the file again or print it anew\."
    ):
        blocks(path)


def test_a_locked_document_says_so(tmp_path: Path) -> None:
    press = Press()
    press.paragraph(FIRST)
    press.pdf.set_encryption(owner_password="owner", user_password="user")
    with pytest.raises(SourceError, match=r"a\.pdf: it is locked with a password; save it without one\."):
        blocks(press.save(tmp_path / "a.pdf"))


RECORD = [
    "The President: I give the floor to the representative of Panama.",
    f"Mr. Vega (Panama) (spoke in Spanish): {FIRST}",
    SECOND,
    f"Ms. Novak (Poland): {THIRD}",
]


def test_a_verbatim_record_in_columns_is_read_turn_by_turn(tmp_path: Path) -> None:
    press = Press(head="S/PV.9903 Harbours {}/05/2019", foot="{}/3 19-12345", space=0.0, indent=20.0)
    for line in ("Security Council", "9903rd meeting", "Friday, 3 May 2019, 10 a.m.", "New York"):
        press.centred(line)
    press.centred("The meeting was called to order at 10.05 a.m.")
    press.page()
    press.columns = 2
    for text in [*RECORD * 12, "The meeting rose at noon."]:
        press.paragraph(text)
    found = [one.as_dict() for one in inspect(press.save(tmp_path / "a.pdf"))]
    turns = [(one["speaker"], [paragraph["text"] for paragraph in one["paragraphs"]]) for one in found]
    assert turns == 12 * [
        ("The President", ["I give the floor to the representative of Panama."]),
        ("Panama", [FIRST, SECOND]),
        ("Poland", [THIRD]),
    ]
    assert {one["forum"] for one in found} == {"United Nations Security Council, 9903rd meeting"}
    assert {one["date"] for one in found} == {"2019-05-03"}
