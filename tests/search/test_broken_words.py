"""Words that a page broke or decorated are found by who types them and by who pastes them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from onrecord import Index, build, open_index
from onrecord.indexer.errors import QueryError
from onrecord.search.language import read_query
from onrecord.search.language.mending import mended

TEXTS = {
    "optional": "The develop¬ment of the region is for all coun¬tries and for im¬plemen¬tation.",
    "line": "We seek the full and complete implement‐\nation of the treaty by all of us.",
    "dictionary": "A word of co‧lo‧ni‧al‧ism that is over.",
    "soft": "They spoke about the environ\u00ad\nment of the islands.",
    "flattened": "It is for the govern- ments of the world, a well- known fact.",
    "inside": "We call for general dis\u200barmament today.",
    "between": "We condemn nuclear\u200bweapons everywhere, and chemical\ufeffweapons too.",
    "capitals": "We met in Nukuʻalofa and in Sanaʼa, and read the Qurʾan with Saʿid.",
    "ukrainian": "Це був перший зʼїзд народу.",
    "numero": "See rule №5 of the Convention™ and ｶﾞｲﾄﾞ.",
    "note": "They clear landmines3 every day; others ask[3] why².",
    "names": "We met as the P5 and the G20 after Rio20, and spoke about COVID19 and H1N1 at length.",
    "hebrew": "דובר צה״ל אמר כך.",
    "arabic": "المملكة العربية السعودية على الحدود",
}
FOUND = [
    ("development", "optional", "S1-6a: an optional hyphen"),
    ('"the development of the region"', "optional", "S1-6a: in a phrase"),
    ("develop¬ment", "optional", "S1-6a: as it stands on the page"),
    ('"The develop¬ment of the region"', "optional", "S1-6a: pasted"),
    ('"all countries and for implementation"', "optional", "S1-6a: broken twice"),
    ('"complete implementation of the treaty"', "line", "S1-6b: U+2010 at a line's end"),
    ('"complete implement-\nation of the treaty"', "line", "S1-6d: pasted with its break"),
    ('"complete implement‐\r\nation of the treaty"', "line", "S1-6d: with its own hyphen"),
    ('"complete implement\u00ad\nation of the treaty"', "line", "S1-6d: with a soft one"),
    ('"complete implement- ation of the treaty"', "line", "S1-6d: pasted into one line"),
    ("colonialism", "dictionary", "S1-6b: U+2027"),
    ("environment", "soft", "U+00AD at a line's end"),
    ('"the governments of the world"', "flattened", "a hyphen whose line end is gone"),
    ('"well known fact"', "flattened", "and one of two words"),
    ("disarmament", "inside", "S1-6c: inside a word it is nothing"),
    ("dis\u200barmament", "inside", "S1-6c: pasted"),
    ('"general dis\u200barmament"', "inside", "S1-6c: pasted in a phrase"),
    ("nuclear", "between", "S1-6c: between words it is a space"),
    ('"nuclear weapons everywhere"', "between", "S1-6c: in a phrase"),
    ("nuclear\u200bweapons", "between", "S1-6c: pasted"),
    ('"chemical weapons"', "between", "S1-6c: any of its kind"),
    *((typed, "capitals", "S1-7") for typed in [
        "Nuku'alofa", "Nuku’alofa", "Nukuʻalofa", '"in nuku‘alofa and"', "Sana’a", "Sanaʼa", "alofa",
        "Qur'an", "Qur’an", "Qurʾan", "Sa'id", "Saʿid", '"the Qur’an with Sa`id"',
    ]),
    ("з'їзд", "ukrainian", "S1-7"),
    ("з’їзд", "ukrainian", "S1-7"),
    ("зʼїзд", "ukrainian", "S1-7"),
    ('"rule no 5"', "numero", "S3: a sign for two letters"),
    ('"No 5"', "numero", "S3"),
    ("№5", "numero", "S3: as it stands there"),
    ('"5"', "numero", "S3"),
    ("convention", "numero", "S3"),
    ("ガイド", "numero", "S3: kana of full width"),
    ("ｶﾞｲﾄﾞ", "numero", "S3: of half width"),
    ("landmines", "note", "S3: a figure that a footnote glued to it"),
    ("landmines3", "note", "S3: as it stands there"),
    ('"clear landmines3 every day"', "note", "S3: pasted"),
    ("ask", "note", "in brackets"),
    ("why", "note", "raised"),
    *((typed, "names", "a name is one word") for typed in ["P5", "G20", "Rio20", "COVID19", "H1N1"]),
    ('צה"ל', "hebrew", "S3: the sign of acronyms as keyboards have it"),
    ("צה״ל", "hebrew", "S3"),
    ('"דובר צה"ל אמר"', "hebrew", "S3: in a phrase"),
    ('"العربيه السعوديه"', "arabic", "S3: ta marbuta without its points"),
    ('"علي الحدود"', "arabic", "S3: alef maksura with points"),
]  # fmt: skip
NOT_FOUND = [
    ("ment", "half a word is none"),
    ("ation", "half a word is none"),
    ("dis", "half a word is none"),
    ("rio", "a name is one word"),
    ("covid", "a name is one word"),
    ("nuclearweapons", "two words are not one"),
]
#: What is typed, and what is asked instead.
MENDED = [
    ('"for peace-\nbuilding now"', '("for peace-building now" OR "for peacebuilding now")', "both may be"),
    ('"short-\nand long-term"', '"short- and long-term"', "a conjunction"),
    ("South¬East 1981¬1982", "South-East 1981-1982", "a capital or a figure keeps it"),
    ("-landmines3", '-(landmines3 OR "landmines 3")', "a minus is that of both"),
    ('title:"peace-\nbuilding"', 'title:"peace-building"', "a field takes one value"),
    ('"peace-\nbuilding"~5', '("peace-building"~5 OR "peacebuilding"~5)', "nearness is that of both"),
]
UNTOUCHED = [
    "mines -bombs",
    "P5 G20 covid19 Rio20 H1N1",
    '"a well- known fact"',
    '"medium- and long-term"',
    "A/RES/76/47 since:2015",
    "می\u200cخواهیم",
    'ב"הארץ היום"',
    "不\u200b扩散",
]


@pytest.fixture(scope="module")
def decorated(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("decorated")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build(folder, into=folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(("typed", "text", "why"), FOUND)
@pytest.mark.parametrize("mode", ["normal", "exact"])
def test_it_is_found(decorated: Index, typed: str, text: str, why: str, mode: str) -> None:
    found = [Path(hit.source).stem for hit in decorated.search(typed, mode=mode)]
    assert text in found, why


@pytest.mark.parametrize(("typed", "why"), NOT_FOUND)
def test_what_is_no_word_is_not_found(decorated: Index, typed: str, why: str) -> None:
    assert decorated.search(typed, mode="exact").total == 0, why


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ('"in nuku\'alofa and"', "in Nukuʻalofa and"),
        ("landmines", "landmines"),
        ('"the development of"', "The development of"),
        ("ガイド", "ｶﾞｲﾄﾞ"),
        ('"rule no 5"', "rule №5"),
        ('"clear landmines3 every"', "clear landmines\u200b3 every"),
    ],
)
def test_the_words_that_stand_there_are_marked(decorated: Index, typed: str, marked: str) -> None:
    [hit] = decorated.search(typed)
    assert hit.text[hit.highlights[0][0] : hit.highlights[-1][1]] == marked


@pytest.mark.parametrize(("typed", "asked", "why"), MENDED)
def test_what_is_not_sure_is_asked_both_ways(typed: str, asked: str, why: str) -> None:
    assert mended(typed) == asked, why


@pytest.mark.parametrize("typed", UNTOUCHED)
def test_what_is_whole_is_left_as_it_is(typed: str) -> None:
    assert mended(typed) == typed


def test_a_quotation_leads_back_to_its_paragraph_with_all_its_signs(decorated: Index) -> None:
    for hit in decorated.search("-language:xx", limit=len(TEXTS)):
        quoted = hit.text.replace('"', " ")
        assert hit.address in [found.address for found in decorated.search(f'"{quoted}"', mode="exact")]


@pytest.mark.parametrize("signs", ["-\n", "¬", "\u200b", "1 ", "‐\n"])
def test_a_question_of_broken_words_without_end_is_answered_or_refused(signs: str) -> None:
    for typed in (f"peace{signs}building " * 300, f'"{signs.join(["peace"] * 900)}"', f"a{signs}" * 3000):
        with suppress(QueryError):
            assert read_query(typed).understood
