"""The program in a process of its own: pipes, streams that are closed, a terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from program import command, environment, on_a_terminal


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "tuvalu.txt"
    path.write_text("Statement by Tuvalu\n\nThe sea is rising.\n\nSo are we.", "utf-8")
    return path


class TestInAPipe:
    def test_a_reader_that_leaves_is_no_error(self, index_folder: Path) -> None:
        args = command("search", "-nothing", "-i", index_folder, "--limit", "all")
        with subprocess.Popen(
            args, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert (len(process.stderr.read().splitlines()), process.wait()) == (1, 0)

    @pytest.mark.parametrize("stream", ["<&-", ">&-", "2>&-"])
    def test_a_closed_stream_is_no_error(self, index_folder: Path, stream: str) -> None:
        script = f'"$@" {stream}'
        args = ["sh", "-c", script, "sh", *command("search", "canal", "-i", index_folder)]
        assert subprocess.run(args, env=environment(), capture_output=True).returncode == 0

    def test_a_locale_without_the_letters_shows_their_numbers(self, index_folder: Path) -> None:
        args = command("search", "armes", "-i", index_folder)
        latin = environment(PYTHONIOENCODING="latin-1")
        assert b"d\\u2019Ivoire" in subprocess.run(args, env=latin, capture_output=True).stdout

    def test_json_is_utf_8_in_every_locale(self, index_folder: Path) -> None:
        args = command("search", "armes", "-i", index_folder, "--json")
        latin = environment(PYTHONIOENCODING="latin-1")
        assert "d’Ivoire".encode() in subprocess.run(args, env=latin, capture_output=True).stdout

    def test_there_is_no_progress_bar(self, text: Path, tmp_path: Path) -> None:
        args = command("index", text, "-i", tmp_path / "index")
        assert b"\x1b" not in subprocess.run(args, env=environment(), capture_output=True).stderr

    def test_search_imports_no_parser_of_pages_and_no_rich(self, index_folder: Path) -> None:
        script = (
            "import sys\nfrom search.cli import main\nmain(sys.argv[1:], standalone_mode=False)\n"
            "print(*{name.partition('.')[0] for name in sys.modules} & {'bs4', 'lxml', 'pypdfium2', 'rich'})"
        )
        args = [sys.executable, "-c", script, "search", "zebra", "-i", str(index_folder)]
        assert subprocess.run(args, env=environment(), capture_output=True, check=True).stdout == b"\n"


class TestOnATerminal:
    def test_matched_words_are_bold(self, index_folder: Path) -> None:
        assert "passage of \x1b[1mgrain\x1b[0m." in on_a_terminal("search", "grain", "-i", index_folder)

    @pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_styles_can_be_turned_off(self, index_folder: Path, variable: dict[str, str]) -> None:
        assert "passage of **grain**." in on_a_terminal("search", "grain", "-i", index_folder, **variable)

    def test_lines_fit_the_width(self, index_folder: Path) -> None:
        written = on_a_terminal("search", "canal", "-i", index_folder, NO_COLOR="1")
        assert max(map(len, written.partition("\n")[2].splitlines())) <= 60

    def test_indexing_shows_a_progress_bar(self, text: Path, tmp_path: Path) -> None:
        assert "1/1" in on_a_terminal("index", text, "-i", tmp_path / "index")

    def test_quiet_indexing_shows_none(self, text: Path, tmp_path: Path) -> None:
        assert on_a_terminal("index", text, "-i", tmp_path / "index", "-q") == ""
