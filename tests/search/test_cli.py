"""The command line: what goes to which stream, and with which exit code it ends."""

from __future__ import annotations

import importlib.metadata
import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from onrecord import Hit, Results, open_index
from onrecord.indexer.building.build import WAIT
from onrecord.search.cli import main

FACTS = ("forum", "speaker", "date", "place", "language", "title", "source", "score")


def run(*args: object, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"ONRECORD_INDEX": "", **environment})


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def places(result: Result) -> list[str]:
    """Name the hits of ``search --json`` by file and paragraph."""
    return [f"{Path(hit['source']).stem}#{hit['number']}" for hit in objects(result)]


def address_of(index_folder: Path, query: str) -> str:
    [hit] = objects(run("search", query, "-i", index_folder, "--json"))
    return str(hit["address"])


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "texts" / "tuvalu.txt"
    path.parent.mkdir()
    path.write_text(
        "Statement by Tuvalu\n\nThe sea is rising.\n\nWe are not sinking, we are fighting.", "utf-8"
    )
    return path


@pytest.fixture
def folder(tmp_path: Path, text: Path) -> Path:
    """An index of the one text."""
    run("index", text, "-i", tmp_path / "index")
    return tmp_path / "index"


def commands() -> dict[str, click.Command]:
    """Return the commands of the program by name, in its order."""
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


class TestTheProgram:
    def test_help_opens_with_a_sentence_and_a_line_to_paste(self) -> None:
        for command in commands().values():
            sentence, blank, line, *_ = inspect.cleandoc(command.help or "").splitlines()
            assert (sentence[-1], blank, line.startswith(f"    onrecord {command.name}")) == (".", "", True)

    def test_every_command_takes_help_and_index_and_json(self) -> None:
        of_no_index, without_results = {"completion"}, {"completion", "mcp", "serve"}
        for name in commands():
            options = ["-h, --help"]
            options += [] if name in of_no_index else ["-i, --index DIR"]
            options += [] if name in without_results else ["--json"]
            said = run(name, "-h").stdout
            assert [option for option in options if option not in said] == [], name

    def test_commands_are_listed_in_the_order_of_use(self) -> None:
        assert list(commands()) == [
            "index",
            "search",
            "show",
            "kwic",
            "near",
            "count",
            "silence",
            "compare",
            "brief",
            "export",
            "replay",
            "publish",
            "saved",
            "alerts",
            "watch",
            "inspect",
            "status",
            "list",
            "lexicon",
            "addresses",
            "cite",
            "verify",
            "serve",
            "mcp",
            "doctor",
            "completion",
        ]

    def test_version_is_that_of_the_distribution(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importlib.metadata, "version", lambda name: {"onrecord": "1.2.3"}[name])
        assert run("--version").stdout == "onrecord 1.2.3\n"

    def test_an_unknown_option_is_wrong_usage_and_the_nearest_is_named(self) -> None:
        result = run("search", "mines", "--lmit", "3")
        assert (result.exit_code, result.stdout, "--limit" in result.stderr) == (2, "", True)

    def test_an_unknown_command_is_wrong_usage(self) -> None:
        assert run("serch", "mines").exit_code == 2

    def test_an_error_of_ours_is_one_line_on_stderr_and_exit_code_1(self, tmp_path: Path) -> None:
        result = run("search", "mines", "-i", tmp_path)
        sentence = f"onrecord: {tmp_path}: there is no index here; make one with onrecord index PATH.\n"
        assert (result.exit_code, result.stdout, result.stderr) == (1, "", sentence)

    def test_what_the_system_refuses_is_one_line_and_exit_code_1(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "onrecord.search.cli.status.open_index", _raise(PermissionError(13, "Permission denied", "x"))
        )
        result = run("status")
        assert (result.exit_code, result.stderr) == (1, "onrecord: x: permission denied.\n")

    def test_an_interruption_is_one_line_and_exit_code_130(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("onrecord.search.cli.status.open_index", _raise(KeyboardInterrupt()))
        result = run("status")
        assert (result.exit_code, result.stderr) == (130, "onrecord: stopped before the end.\n")

    def test_a_bug_keeps_its_traceback(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("onrecord.search.cli.status.open_index", _raise(ZeroDivisionError()))
        assert isinstance(run("status").exception, ZeroDivisionError)

    def test_an_error_carries_no_control_characters_to_the_terminal(self, index_folder: Path) -> None:
        stderr = run("show", "a\x1b[31m\u202eb", "-i", index_folder).stderr
        assert "a[31mb" in stderr


def _raise(error: BaseException) -> Any:
    def instead(*_: object) -> None:
        raise error

    return instead


class TestTheFolderOfTheIndex:
    def test_is_the_option(self, index_folder: Path) -> None:
        assert run("status", "--index", index_folder, ONRECORD_INDEX="elsewhere").exit_code == 0

    def test_is_else_the_environment_variable(self, index_folder: Path) -> None:
        assert run("status", ONRECORD_INDEX=str(index_folder)).exit_code == 0

    def test_is_else_dot_onrecord_here(self, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(text.parent)
        run("index", "tuvalu.txt")
        assert Path(".onrecord").is_dir()

    def test_is_accepted_by_inspect_which_needs_none(self, text: Path, tmp_path: Path) -> None:
        assert run("inspect", text, "-i", tmp_path / "none").exit_code == 0


class TestIndex:
    def test_says_on_stderr_what_was_done(self, text: Path, tmp_path: Path) -> None:
        result = run("index", text.parent, "-i", tmp_path / "index")
        begin = "added 1 statement (2 paragraphs); unchanged 0; skipped 0 files; failed 0; generation 1; "
        assert (result.exit_code, result.stdout, result.stderr.startswith(begin)) == (0, "", True)

    def test_says_so_when_there_is_nothing_to_do(self, text: Path, folder: Path) -> None:
        assert run("index", text, "-i", folder).stderr == "nothing to do: 1 statement unchanged\n"

    def test_without_a_path_looks_through_those_of_before(self, text: Path, folder: Path) -> None:
        text.write_text("Statement by Tuvalu\n\nThe sea has risen.", "utf-8")
        assert run("index", "-i", folder).stderr.startswith("changed 1 statement (1 paragraph); ")

    def test_of_a_path_that_is_not_there_is_an_error(self, folder: Path) -> None:
        result = run("index", "nowhere", "-i", folder)
        sentence = (
            "onrecord: nowhere: there is no such file or folder; "
            "to take it out of the index use onrecord index --remove.\n"
        )
        assert (result.exit_code, result.stderr) == (1, sentence)

    def test_prints_the_report_as_one_object(self, text: Path, tmp_path: Path) -> None:
        [report] = objects(run("index", text, "-i", tmp_path / "index", "--json"))
        assert report["added"] == {"statements": 1, "paragraphs": 2}

    def test_quiet_prints_nothing(self, text: Path, tmp_path: Path) -> None:
        assert run("index", text, "-i", tmp_path / "index", "--quiet").output == ""

    def test_rebuild_makes_it_anew(self, text: Path, folder: Path) -> None:
        assert "added 1 statement" in run("index", "--rebuild", "-i", folder).stderr

    def test_remove_takes_a_file_out_and_leaves_it_in_its_place(self, text: Path, folder: Path) -> None:
        result = run("index", "--remove", text, "-i", folder)
        assert (result.stderr.startswith("removed 1 statement (2 paragraphs); "), text.exists()) == (
            True,
            True,
        )

    @pytest.mark.parametrize("args", [("--remove",), ("--remove", "--rebuild", "x")])
    def test_remove_needs_a_path_and_goes_without_rebuild(self, args: tuple[str, ...]) -> None:
        result = run("index", *args)
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            2,
            "Error: --remove needs a PATH, and goes without --rebuild and --report.",
        )

    def test_a_file_that_fails_is_one_line_and_exit_code_3(self, text: Path, tmp_path: Path) -> None:
        text.with_name("broken.md").write_text("---\nspeaker: [Tuvalu\n---\n\nThe sea.", "utf-8")
        result = run("index", text.parent, "-i", tmp_path / "index", "-q")
        assert (result.exit_code, len(result.stderr.splitlines()), result.stderr.startswith("failed: ")) == (
            3,
            1,
            True,
        )

    def test_waits_as_long_as_the_library(self) -> None:
        [wait] = [param for param in commands()["index"].params if param.name == "wait"]
        assert wait.default == WAIT


class TestSearch:
    def test_prints_hits_on_stdout_and_the_count_on_stderr(self, folder: Path, text: Path) -> None:
        result = run("search", "rising", "-i", folder)
        address = address_of(folder, "rising")
        assert (result.stdout, result.stderr) == (
            f"{address}\nTuvalu\n  The sea is **rising**.\n\n",
            "1 paragraph in 1 statement (showing 1-1) for rising (any form or spelling)\n",
        )

    def test_without_a_hit_is_done(self, index_folder: Path) -> None:
        result = run("search", "zebra", "-i", index_folder)
        assert (result.exit_code, result.stdout) == (0, "")

    def test_json_is_one_object_a_line_with_the_keys_of_the_contract_first(self, index_folder: Path) -> None:
        hits = objects(run("search", "canal", "-i", index_folder, "--json"))
        head = ["address", "statement", "number", "text", "snippet", *FACTS]
        assert [list(hit)[: len(head)] for hit in hits] == [head] * 3

    def test_json_keeps_letters_as_they_are(self, index_folder: Path) -> None:
        assert "Côte d’Ivoire" in run("search", "armes", "-i", index_folder, "--json").stdout

    def test_limit_and_offset_turn_the_pages(self, index_folder: Path) -> None:
        def page(*options: object) -> list[str]:
            return places(run("search", "canal", "-i", index_folder, "--json", *options))

        assert page("--limit", 2) + page("--limit", 2, "--offset", 2) == page("--limit", "all")

    def test_the_total_is_the_same_on_every_page(self, index_folder: Path) -> None:
        result = run("search", "canal", "-i", index_folder, "--limit", 1, "--offset", 1)
        assert result.stderr == "3 paragraphs in 1 statement (showing 2-2) for canal (any form or spelling)\n"

    def test_all_hits_are_those_of_every_page(self, index_folder: Path) -> None:
        def lines(*options: object) -> list[str]:
            return run("search", "the", "-i", index_folder, *options).stdout.splitlines()

        total = len(lines("--json", "--limit", "all"))
        assert lines("--limit", "all") == lines("--limit", total)
        assert lines("--json", "--limit", "all") == lines("--json", "--limit", total)

    def test_the_first_hits_are_written_before_the_last_is_read(
        self, index_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """S2-4."""
        hits = open_index(index_folder).search("canal").hits

        def stopped(_: Results) -> Iterator[Hit]:
            yield hits[0]
            raise KeyboardInterrupt

        monkeypatch.setattr(Results, "stream", stopped)
        result = run("search", "canal", "--limit", "all", "--json", "-i", index_folder)
        assert (result.exit_code, len(result.stdout.splitlines())) == (130, 1)

    def test_what_a_filter_cannot_tell_is_a_line_on_stderr(self, text: Path, folder: Path) -> None:
        text.with_name("nobody.txt").write_text("The sea is rising everywhere, and we know it.", "utf-8")
        run("index", text.parent, "-i", folder)
        assert run("search", "rising", "--speaker", "Tuvalu", "-i", folder).stderr.splitlines()[1:] == [
            "1 more paragraph matches in a statement whose speaker is unknown; "
            "to see them ask for speaker:unknown instead."
        ]
        assert len(places(run("search", "rising speaker:unknown", "-i", folder, "--json"))) == 1
        assert len(places(run("search", "rising", "--speaker", "unknown", "-i", folder, "--json"))) == 1

    @pytest.mark.parametrize(
        ("asked", "line"),
        [
            (
                ("rysing", "sea"),
                "No paragraph has rysing (any form or spelling); like it is rising. "
                "Without it there would be 1 paragraph.",
            ),
            (
                ("sea", "--speaker", "Tuvlu"),
                'No paragraph has speaker named "tuvlu"; like it is Tuvalu. '
                "Without it there would be 1 paragraph.",
            ),
            (("sea", "fighting"), "Without sea (any form or spelling) there would be 1 paragraph."),
        ],
    )
    def test_nothing_found_says_what_leaves_nothing(
        self, folder: Path, asked: tuple[str, ...], line: str
    ) -> None:
        assert run("search", *asked, "-i", folder).stderr.splitlines()[1] == line

    @pytest.mark.parametrize("limit", ["-1", "many", "1.5"])
    def test_a_limit_is_a_number_from_0_up_or_all(self, limit: str) -> None:
        result = run("search", "canal", f"--limit={limit}")
        sentence = f'"{limit}" is not a number of hits; write a number from 0 up, or all.'
        assert (result.exit_code, result.stderr.splitlines()[-1]) == (
            2,
            f"Error: Invalid value for '--limit': {sentence}",
        )

    def test_context_shows_the_neighbours(self, index_folder: Path) -> None:
        [hit] = objects(run("search", "grain", "-i", index_folder, "--json", "--context", 1))
        assert [near["number"] for near in (*hit["before"], *hit["after"])] == [2, 4]

    @pytest.mark.parametrize(
        ("args", "found"),
        [
            (("small", "arms", "river"), ["guinea-bissau-2001#1"]),
            (("arms", "-river"), ["guinea-2000#1"]),
            (("-river", "arms"), ["guinea-2000#1"]),
            (("arms", "-river", "--limit", "5"), ["guinea-2000#1"]),
            (("--limit", "5", "--", "arms", "-river"), ["guinea-2000#1"]),
            (('"small arms" -river',), ["guinea-2000#1"]),
            (("arms", "--speaker", "Guinea"), ["guinea-2000#1"]),
            (("arms", "--since=2001"), ["guinea-bissau-2001#1"]),
            (("arms", "--sort", "newest"), ["guinea-bissau-2001#1", "guinea-2000#1"]),
            (("arms", "--sort", "address"), ["guinea-2000#1", "guinea-bissau-2001#1"]),
            (("clinic", "--mode", "exact"), []),
        ],
    )
    def test_takes_several_words_and_a_minus_for_its_query(
        self, index_folder: Path, args: tuple[str, ...], found: list[str]
    ) -> None:
        assert places(run("search", "-i", index_folder, "--json", *args)) == found

    def test_one_letter_behind_a_minus_is_an_option(self) -> None:
        assert run("search", "mines", "-n", "5").exit_code == 2

    def test_a_query_is_needed(self) -> None:
        assert run("search").exit_code == 2

    def test_a_query_that_means_nothing_is_an_error(self, index_folder: Path) -> None:
        result = run("search", '"small arms', "-i", index_folder)
        sentence = "This quotation mark is never closed; write another one after the phrase, or take it out."
        assert (result.exit_code, result.stderr) == (1, f"onrecord: {sentence}\n")


class TestShow:
    def test_takes_an_address_as_it_stands_in_a_sentence(self, index_folder: Path) -> None:
        address = address_of(index_folder, "grain")
        assert len(objects(run("show", f"({address}).", "-i", index_folder, "--context", 0, "--json"))) == 1

    def test_shows_a_paragraph_between_its_neighbours(self, index_folder: Path) -> None:
        address = address_of(index_folder, "grain")
        hits = objects(run("show", address, "-i", index_folder, "--context", 1, "--json"))
        assert [hit["number"] for hit in hits] == [2, 3, 4]

    def test_shows_a_whole_statement(self, index_folder: Path) -> None:
        statement, _, _ = address_of(index_folder, "grain").partition("#")
        assert len(objects(run("show", statement, "-i", index_folder, "--json"))) == 6

    def test_marks_the_paragraph_that_was_asked_for(self, index_folder: Path) -> None:
        shown = run("show", address_of(index_folder, "grain"), "-i", index_folder).stdout
        assert [line[:4] for line in shown.splitlines() if line.startswith(">")] == ["> #3"]

    def test_of_an_unknown_address_is_an_error(self, index_folder: Path) -> None:
        assert run("show", "zzz", "-i", index_folder).exit_code == 1


class TestInspect:
    def test_json_is_one_object_with_the_facts_and_their_evidence(self, corpus: Path) -> None:
        [read] = objects(run("inspect", corpus / "panama-1973.md", "--json"))
        assert (read["speaker"], read["evidence"]["forum"]) == ("Panama", "Security Council")

    def test_says_what_is_unknown(self, text: Path) -> None:
        assert "date        unknown\n" in run("inspect", text).stdout

    def test_of_a_file_without_a_paragraph_is_an_error(self, text: Path) -> None:
        text.write_text("", "utf-8")
        result = run("inspect", text)
        sentence = f"onrecord: {text}: there are no paragraphs in it; name a file that holds a statement.\n"
        assert (result.exit_code, result.stderr) == (1, sentence)


class TestStatus:
    def test_json_is_one_object(self, index_folder: Path) -> None:
        [status] = objects(run("status", "-i", index_folder, "--json"))
        assert (status["statements"], status["speakers"][0]["name"]) == (9, "Norway")

    def test_shows_the_counts(self, folder: Path) -> None:
        assert "\nstatements  1\nparagraphs  2\n" in run("status", "-i", folder).stdout


class TestCopies:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Index a statement that was posted twice word for word, and once with a word changed."""
        words = " ".join(f"word{number}" for number in range(80))
        for name, text in (("a", words), ("b", words), ("c", f"{words} more")):
            path = tmp_path / "texts" / f"{name}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"Statement by Tuvalu\n\n20 September 2021\n\n{text}", "utf-8")
        run("index", tmp_path / "texts", "-i", tmp_path / "index")
        return tmp_path / "index"

    def test_a_fold_says_what_it_left_out(self, folder: Path) -> None:
        assert run("search", "word7", "--fold", "-i", folder).stderr == (
            "1 paragraph in 1 statement, 1 paragraph in 1 near-identical statement folded (showing 1-1) "
            'for the word "word7" or the phrase "word 7"\n'
        )

    def test_json_names_every_file_of_a_statement(self, folder: Path) -> None:
        hits = objects(run("search", "word7", "-i", folder, "--json"))
        assert sorted(sorted(Path(one).stem for one in hit["sources"]) for hit in hits) == [["a", "b"], ["c"]]

    def test_a_statement_is_shown_with_its_files_and_with_those_that_are_nearly_the_same(
        self, folder: Path
    ) -> None:
        (hit,) = objects(run("search", "more", "-i", folder, "--json"))
        shown = run("show", hit["statement"], "-i", folder).stdout
        (other,) = objects(run("show", f"{hit['statement']}#1", "-i", folder, "--json"))[0]["also_as"]
        assert f"\nalso as: {other}\n" in shown
