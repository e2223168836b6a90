"""The program in a process of its own: pipes, streams that are closed, a terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from program import command, environment, on_a_terminal

from onrecord import build, open_index


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


class TestThroughAPager:
    """A terminal of ten lines, and a pager that puts a sign before each."""

    LINES = 10

    @pytest.fixture
    def long(self, tmp_path: Path) -> Path:
        text = tmp_path / "tuvalu.txt"
        text.write_text("Statement by Tuvalu\n\n" + "The sea is rising.\n\n" * 20, "utf-8")
        build(text, into=tmp_path / "index")
        return tmp_path / "index"

    @pytest.fixture
    def statement(self, long: Path) -> str:
        with open_index(long) as index:
            return index.search("sea")[0].statement

    def show(self, folder: Path, *args: object, pager: str = "sed s/^/|/", lines: int = LINES) -> list[str]:
        written = on_a_terminal("show", *args, "-i", folder, PAGER=pager, LINES=str(lines), NO_COLOR="1")
        return written.splitlines()

    def test_a_statement_longer_than_the_terminal_is_paged(self, long: Path, statement: str) -> None:
        paged = self.show(long, statement)
        assert len(paged) > self.LINES
        assert {line[:1] for line in paged} == {"|"}

    def test_what_is_paged_is_what_is_printed(self, long: Path, statement: str) -> None:
        printed = self.show(long, statement, "--no-pager")
        assert [line.removeprefix("|") for line in self.show(long, statement)] == printed
        assert self.show(long, statement, pager="cat") == printed

    def test_a_terminal_that_just_holds_it_with_the_prompt_needs_no_pager(
        self, long: Path, statement: str
    ) -> None:
        lines = len(self.show(long, statement, "--no-pager"))
        assert self.show(long, statement, lines=lines + 1)[0] == statement
        assert self.show(long, statement, lines=lines)[0] == f"|{statement}"

    def test_neighbours_of_a_paragraph_are_paged_too(self, long: Path, statement: str) -> None:
        assert self.show(long, f"{statement}#9", "--context", 9)[0] == f"|{statement}"
        assert self.show(long, f"{statement}#9", "--context", 0)[0] == statement

    @pytest.mark.parametrize("args", [["--no-pager"], ["--json"]], ids=" ".join)
    def test_nothing_is_paged_that_is_asked_for_at_once(
        self, long: Path, statement: str, args: list[str]
    ) -> None:
        assert not self.show(long, statement, *args)[0].startswith("|")

    def test_a_pager_that_is_not_there_is_no_error(self, long: Path, statement: str) -> None:
        assert self.show(long, statement, pager="no-such-program")[0] == statement

    def test_nothing_is_paged_in_a_pipe(self, long: Path, statement: str) -> None:
        args = command("show", statement, "-i", long)
        piped = subprocess.run(args, env=environment(PAGER="sed s/^/|/", LINES="5"), capture_output=True)
        assert piped.stdout.decode().splitlines()[0] == statement


class TestWholeParagraphs:
    """`search --full`."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        text = tmp_path / "tuvalu.txt"
        text.write_text(
            f"Statement by Tuvalu\n\nThe {'wide ' * 200}sea is rising {'fast ' * 200}now.", "utf-8"
        )
        build(text, into=tmp_path / "index")
        return tmp_path / "index"

    def test_all_words_are_there_marked_and_in_the_width(self, folder: Path) -> None:
        written = on_a_terminal("search", "sea", "--full", "-i", folder, NO_COLOR="1")
        shown = [line for line in written.splitlines() if line.startswith("  ")]
        assert max(map(len, shown)) <= 60
        words = " ".join(line.strip() for line in shown)
        assert words == f"The {'wide ' * 200}**sea** is rising {'fast ' * 200}now."

    def test_without_it_what_is_around_the_words_found(self, folder: Path) -> None:
        written = on_a_terminal("search", "sea", "-i", folder, NO_COLOR="1")
        assert "**sea**" in written
        assert written.count("wide") < 100

    def test_in_a_pipe_a_paragraph_is_a_line(self, folder: Path) -> None:
        args = command("search", "sea", "--full", "-i", folder)
        lines = subprocess.run(args, env=environment(), capture_output=True).stdout.decode().splitlines()
        assert [line.count("wide") + line.count("fast") for line in lines] == [0, 0, 400, 0]
