"""What a cheap look decides is what the rules decide: of lines, of words, of spaces.

Splitting asks most of a line's questions only where a letter or a sign says that the answer may be yes.
Here each such look is compared with the rule that it spares, over texts that are full of borderline cases.
"""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.analysis.languages import guess_language
from onrecord.indexer.paragraphs import broken_words, line_joining
from onrecord.indexer.paragraphs.broken_words import BrokenWords, stands_apart
from onrecord.indexer.paragraphs.line_joining import Line, LineLayout
from onrecord.indexer.paragraphs.page_furniture import is_page_number, is_running_head, may_be_furniture

FURNITURE = st.text("ADGSPp/V.-–—0123456789 \t", min_size=1, max_size=20) | st.sampled_from(
    [
        "Digitized by Dag Hammarskjöld Library",
        "General Assembly 12th meeting",
        "page 12 of 14",
        "VerDate Mar 15 2010 00:00 Jan 01, 2011 Jkt 064000 PO 00000 Frm 00012 Fmt 6633 Sfmt 6633 E:",
        "٣",
        " 12",
        "12",
    ]
)
NEARLY_WORDS = st.text("ab1-_‐‑¬‧’ \n", max_size=40)
LINES = st.lists(
    st.builds(
        Line,
        st.lists(
            st.sampled_from(
                ["We", "agree.", "agree", "a)", "(a)", "•", "ª", "ⓐ", "Mr.", "disarma-", "29.", "$5"]
            ),
            min_size=1,
            max_size=9,
        ).map(" ".join),
        st.none(),
        gap=st.booleans(),
        torn=st.booleans(),
    ),
    min_size=1,
    max_size=20,
)


@given(FURNITURE)
def test_whatever_is_furniture_looks_as_if_it_might_be(line: str) -> None:
    assert may_be_furniture(line) or not (is_running_head(line) or is_page_number(line))


@given(st.text("ab-", min_size=1, max_size=5), st.text("abA1-_. ", max_size=40))
def test_a_word_stands_apart_where_a_list_of_the_words_has_it(word: str, text: str) -> None:
    assert stands_apart(word, text) == (word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))


@given(st.lists(NEARLY_WORDS, max_size=6))
def test_broken_words_are_joined_alike_whether_few_or_many_are_looked_for(lines: list[str]) -> None:
    one_by_one = BrokenWords(lines).join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broken_words, "_FEW", 0)
        assert BrokenWords(lines).join(lines) == one_by_one


@given(st.lists(st.text("a \t\n\x1c\u00a0\u2028\u3000", max_size=12), max_size=3))
def test_one_space_parts_the_words_of_a_paragraph(lines: list[str]) -> None:
    assert BrokenWords(lines).join(lines) == " ".join("\n".join(lines).split())


def test_nothing_printable_is_a_white_space_but_the_space() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    assert [one for one in every if one.isspace() and one.isprintable()] == [" "]


@given(LINES)
def test_the_rules_let_no_paragraph_begin_where_a_line_plainly_goes_on(lines: list[Line]) -> None:
    begins = LineLayout(lines).begins()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_joining, "_begins_lower", lambda text: False)
        assert LineLayout(lines).begins() == begins


def test_a_script_is_named_by_its_letters() -> None:
    guessed = [guess_language(text) for text in ("Мы согласны.", "我们同意。", "نحن موافقون", "Geneva 2021")]
    assert guessed == ["ru", "zh", "ar", None]


def test_a_word_that_is_part_of_many_is_looked_for_in_a_list() -> None:
    lines = ["manmade " * 100, "the made-", "up story of a man who made it"]
    assert stands_apart("made", " ".join(lines)) is None
    assert BrokenWords(lines).join(lines[1:]) == "the made-up story of a man who made it"
