"""What reaches the terminal: safe, marked, and as wide as it is."""

from __future__ import annotations

import io
import json

import pytest

from onrecord.search.cli.screen import Screen
from onrecord.search.cli.terminal import json_line, printable

HOSTILE = "a\x1b]0;title\x07b\x9b31mc\u202ed\u2066e\u2028f\rg\x7fh\ud800"


class TestPrintable:
    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("\x1b[31mred", "[31mred"),
            ("\x9b31mred", "31mred"),
            ("over\rwritten", "over written"),
            ("\u202egnirts", "gnirts"),
            ("\u2067isolated\u2069", "isolated"),
            ("half\ud83d", "half\N{REPLACEMENT CHARACTER}"),
            ("\u200fالسلام", "\u200fالسلام"),
            ("Côte d’Ivoire, 中国", "Côte d’Ivoire, 中国"),
        ],
    )
    def test_takes_out_what_a_terminal_obeys_and_leaves_every_letter(self, text: str, shown: str) -> None:
        assert printable(text) == shown


class TestJson:
    def test_loses_nothing(self) -> None:
        assert json.loads(json_line({"text": HOSTILE})) == {"text": HOSTILE}

    def test_holds_nothing_that_a_terminal_obeys(self) -> None:
        line = json_line(HOSTILE).decode()
        assert printable(line) == line

    def test_is_one_line_however_lines_are_counted(self) -> None:
        assert len(json_line("a\nb\x85c\u2028d").decode().splitlines()) == 1


class TestPage:
    def test_a_stream_that_is_no_terminal_has_no_width_and_no_style(self) -> None:
        assert Screen.of(io.StringIO()) == Screen(width=None, styled=False)

    def test_a_closed_stream_has_none_either(self) -> None:
        assert Screen.of(None) == Screen(width=None, styled=False)

    def test_text_without_a_width_stays_on_one_line(self) -> None:
        assert Screen().filled("word " * 100, lead="  ") == "  " + "word " * 100

    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("", ["> "]),
            ("one two three", ["> one two", "  three"]),
            ("unbreakableness", ["> unbreaka", "  bleness"]),
            ("中国支持不扩散", ["> 中国支持", "  不扩散"]),
            (
                "e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301",
                ["> e\u0301e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301"],
            ),
        ],
    )
    def test_lines_are_counted_in_cells_of_the_terminal(self, text: str, lines: list[str]) -> None:
        assert Screen(width=10).filled(text, lead="> ").split("\n") == lines

    def test_a_page_too_narrow_for_its_lead_still_holds_every_letter(self) -> None:
        assert Screen(width=1).filled("ab", lead="    ").split() == ["a", "b"]

    def test_a_line_from_right_to_left_is_set_apart_on_a_terminal(self) -> None:
        assert Screen(width=30).filled("نعم! (نعم)", lead="#3 ") == "#3 \u2068نعم! (نعم)\u2069"
        assert Screen().filled("نعم! (نعم)", lead="#3 ") == "#3 نعم! (نعم)"
        assert Screen(width=30).facts(["مصر", "2021"]) == "\u2068مصر\u2069 · 2021"

    def test_marks_become_bold_across_lines(self) -> None:
        assert Screen(styled=True).marked("a **b\n  c** d") == "a \x1b[1mb\n  c\x1b[0m d"

    def test_marks_stay_where_there_is_no_style(self) -> None:
        assert Screen().marked("a **b** c") == "a **b** c"
