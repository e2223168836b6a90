"""What counts as a word, where it stands and what it is folded to."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.analysis.capitals import acronyms
from onrecord.indexer.analysis.inflection import form_of, words_as_written
from onrecord.indexer.analysis.lemmas.dictionary import is_word
from onrecord.indexer.analysis.words import fold, words, words_with_offsets

WORDS = [
    # Boundaries.
    ("ban not the use", "ban not the use", "no word is dropped"),
    ("A/RES/76/47", "a res 76 47", "a slash parts"),
    ("S/PV.8850 (Resumption 1)", "s pv 8850 resumption 1", "so do points and brackets"),
    ("COVID-19 P5+1 R&D C++", "covid 19 p5 1 r d c", "hyphen, plus and ampersand"),
    ("US$39.5 14,000", "us 39 5 14 000", "dollar sign, point and comma"),
    ("d'Ivoire d’Ivoire dʼIvoire", "d ivoire d ivoire d ivoire", "its twin among the letters too"),
    ("Nukuʻalofa Sanaʼa Qurʾan Saʿid", "nuku alofa sana a qur an sa id", "S1-7: an okina, a hamza, an ayn"),
    ("Sana‘a Sana’a Sana`a Sana´a Sana'a", "sana a " * 5, "S1-7: whatever key it was typed with"),
    ("зʼїзд з'їзд з’їзд", "з ізд " * 3, "S1-7: the Ukrainian one"),
    ("Ղազար՚ի koꞌolau", "ղազար ի ko olau", "S1-7: the Armenian one, the saltillo"),
    ("develop¬ment hy‧phen‧ation", "development hyphenation", "S1-6a: where a word may be broken is nothing"),
    ("№5 Nº5 №\u00a05", "no 5 no 5 no 5", "S3: a sign for several letters is a word"),
    ("Convention™ 5㎞ ℡", "convention tm 5 km tel", "S3: and leaves its word alone"),
    ("1º 1ª", "1o 1a", "an ordinal in one word"),
    ("snake_case", "snake case", "an underscore is no letter"),
    ("co\u00adoperation", "cooperation", "a soft hyphen is nothing"),
    ("zero\u200bwidth", "zero width", "a space without width is a space"),
    ("می\u200cخواهیم", "ميخواهيم", "a joiner is nothing"),
    ("a\u00a0b\u2009c\nd\te", "a b c d e", "every kind of space"),
    ("… — !!! ???", "", "signs alone are no words"),
    ("", "", "nothing"),
    # Case and accents.
    ("Côte CÔTE", "cote cote", "accents go"),
    ("Łódź Đà Nẵng Þingvellir", "lodz da nang thingvellir", "letters Unicode does not decompose"),
    ("Øre Æsir œuvre", "ore aesir oeuvre", "ligatures as typed without an accent key"),
    ("STRASSE Straße", "strasse strasse", "sharp s"),
    ("Türkiye TÜRKİYE ılımlı", "turkiye turkiye ilimli", "both letters i of Turkish"),
    ("Ελλάδα ΕΛΛΑΔΑ λόγος ΛΟΓΟΣ", "ελλαδα ελλαδα λογοσ λογοσ", "Greek accents and final sigma"),
    ("Россия мой ещё", "россия мой еще", "й is a letter, ё is е"),
    ("ﬁne ﬂag", "fine flag", "printers' ligatures"),
    ("km² CO₂ mines¹", "km 2 co2 mines 1", "a raised digit stands apart, a lowered one does not"),
    ("1½ ¼", "1 1 2 1 4", "a fraction is apart from the number before it"),
    ("ＵＮ　２０２１", "un 2021", "full width"),
    # Scripts.
    ("٢٠٢١ ۲۰۲۱ २०२१", "2021 2021 2021", "digits of any script"),
    ("الأسلحة العنقودية", "الاسلحه العنقوديه", "hamza above alef goes"),
    ("السعوديه السعودية", "السعوديه السعوديه", "S3: ta marbuta as it is typed"),
    ("على علي علی", "علي علي علي", "S3: alef maksura too, and the yeh of Persian"),
    ("السَّلَام ســلام", "السلام سلام", "vowel signs and the stretch go"),
    ("שָׁלוֹם", "שלום", "points of Hebrew go"),
    ("不扩散", "不 扩 散", "an ideograph is a word"),
    ("第76届 COVID疫情", "第 76 届 covid 疫 情", "among letters and digits too"),
    ("軍縮のための ガンダム", "軍 縮 の た め の ガ ン ダ ム", "so is kana, its voicing kept"),
    ("ｶﾞｲﾄﾞﾗｲﾝ ﾊﾟ ｱ", "ガ イ ド ラ イ ン パ ア", "S3: kana of half width with its voicing"),
    ("한국 대표", "한국 대표", "Korean has spaces"),
    ("शांति क़लम", "शांति क़लम", "vowel signs, virama and nukta of India stay"),
]  # fmt: skip
ACRONYMS = [
    ("Land and AIDS: the WHO reports", {2, 4}, "two letters or more, all capital, and words of few letters"),
    ("STATEMENT BY JAPAN", set(), "a text all in capitals has none"),
    ("Protocol V", set(), "a single letter is none"),
    ("NGOs and the UNSC", {3}, "a plural ends in a small s, and is apart"),
    ("P5 and CTBT-2", {0, 2}, "a digit does not hinder"),
    ("2000 of them", set(), "digits alone are none"),
    ("ООН и ЕС решили", {0, 2}, "in any script that has capitals"),
    ("联合国 WHO 世界", set(), "where no letter is small, nothing tells"),
    ("ÉU is", {0}, "accents do not hinder"),
    ("We call for a ban on all LANDMINES", set(), "S1-2g: a long word of the dictionary is stressed"),
    (
        "THE ASSEMBLY RECALLING ITS RESOLUTION 67/36 (see annex)",
        set(),
        "S1-2g: so is a row with one among them",
    ),
    ("The DPRK WILL NOT ACCEPT this", {1}, "in which what the dictionary has not is an acronym"),
    ("It MUST NOT be the US", {1, 2, 5}, "short words alone may be acronyms"),
    ("A BAN ON 3 MINES, NGOs say", set(), "single letters and numbers do not end a row"),
]


@pytest.mark.parametrize(("text", "folded", "why"), WORDS)
def test_words_of_a_text(text: str, folded: str, why: str) -> None:
    assert words(text) == folded.split(), why


@pytest.mark.parametrize(("text", "positions", "why"), ACRONYMS)
def test_acronyms_of_a_text(text: str, positions: set[int], why: str) -> None:
    assert acronyms(words_as_written(text), lambda word: is_word(word, "en")) == positions, why


# Every code point by itself and inside a word; unassigned ones are all alike, so one in a hundred will do.
EVERY_CHARACTER = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) not in ("Cn", "Co") or code % 100 == 0
]
SETTINGS = [f"a{character}b {character}" for character in EVERY_CHARACTER]
IOTA_BELOW = "\u0345"


def test_words_are_the_same_with_and_without_their_places() -> None:
    assert [
        text for text in SETTINGS if words(text) != [word.text for word in words_with_offsets(text)]
    ] == []


def test_folding_twice_is_folding_once() -> None:
    assert [text for text in SETTINGS if fold(fold(text)) != fold(text)] == []


def test_every_character_is_written_as_a_word_of_its_form() -> None:
    assert [
        text for text in SETTINGS if [form_of(word) for word in words_as_written(text)] != words(text)
    ] == []


def test_no_word_is_empty_or_holds_a_space() -> None:
    assert [text for text in SETTINGS if any(word.split() != [word] for word in words(text))] == []


def test_case_never_makes_another_word() -> None:
    # The iota below a Greek vowel is a letter beside it in capitals, and an accent otherwise.
    plain = [text for text in SETTINGS if IOTA_BELOW not in unicodedata.normalize("NFD", text)]
    assert [text for text in plain if words(text.upper()) != words(text.lower())] == []


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("the ｶﾞｲﾄﾞ of", "ガ", "ｶﾞ"),
        ("to Nukuʻalofa.", "alofa", "alofa"),
        ("the develop¬ment of", "development", "develop¬ment"),
        ("rule №5.", "5", "5"),
        ("rule №5.", "no", "№"),
        ("the Convention™ of", "convention", "Convention"),
    ],
)
def test_a_word_in_pieces_is_marked_as_it_is_written(text: str, word: str, written: str) -> None:
    assert {text[one.start : one.end] for one in words_with_offsets(text) if one.text == word} == {written}


def test_places_lead_back_to_the_word() -> None:
    # A character such as ½ is two words, which share its place.
    astray = [
        (text, word)
        for text in SETTINGS
        for word in words_with_offsets(text)
        if word.text not in words(text[word.start : word.end])
    ]
    assert astray == []


@given(st.text(max_size=60))
def test_places_rise_within_the_text(text: str) -> None:
    places = [place for word in words_with_offsets(text) for place in (word.start, word.end - 1)]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.text(max_size=60))
def test_any_text_has_the_same_words_with_and_without_their_places(text: str) -> None:
    assert words(text) == [word.text for word in words_with_offsets(text)]


@given(st.text(max_size=60))
def test_words_as_written_are_the_words_with_their_accents(text: str) -> None:
    assert [form_of(word) for word in words_as_written(text)] == words(text)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_space_between_two_texts_keeps_their_words_apart(first: str, second: str) -> None:
    assert words(f"{first} {second}") == words(first) + words(second)


# Here a mark makes another letter, and the rules want composed text (NFC), which every reader and the
# query language give: й, the nukta and two-part vowel signs of India, kana voicing, Korean syllables.
def _keeps_its_marks(character: str) -> bool:
    parts = unicodedata.normalize("NFD", character)
    return character in "йЙ" or any(
        unicodedata.combining(part) in (0, 7, 8, 9) and (index or "HANGUL" in unicodedata.name(part))
        for index, part in enumerate(parts)
    )


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    different = [
        character
        for character in EVERY_CHARACTER
        if words(unicodedata.normalize("NFC", character)) != words(unicodedata.normalize("NFD", character))
    ]
    assert [character for character in different if not _keeps_its_marks(character)] == []
