"""What a hostile text may carry never reaches a terminal, and is whole in JSON."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from program import command, environment, on_a_terminal

from onrecord.search.cli.terminal import json_line

# One of each kind: escape sequences that begin in C0 and C1, a title of a window, an override and an isolate
# of direction, a deprecated code, an annotation, a tag, a line separator.
HOSTILE = "a\x1b[31mb\x9b2Jc\x1b]0;t\x07d\u202ee\u2066f\u206ag\ufff9h\U000e0041i\u2028j\x7fk\rl"
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    said = {name: f"{name} {HOSTILE}" for name in ("title", "speaker", "forum", "place", "language")} | {
        "paragraphs": [
            f"The canal {HOSTILE} is ours.",
            {"text": f"So is {HOSTILE}.", "printed": f"1{HOSTILE}"},
        ]
    }
    path = tmp_path / "texts" / "evil\x1b[31m\u202e.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps(said), "utf-8")
    (path.parent / "broken\x1b[31m.jsonl").write_text('{"paragraphs": 1}')
    return path


@pytest.fixture
def index_of_it(text: Path, tmp_path: Path) -> Path:
    subprocess.run(
        command("index", text.parent, "-i", tmp_path / "index", "-q"), env=environment(), check=False
    )
    return tmp_path / "index"


def address(index: Path) -> str:
    args = command("search", "canal", "-i", index, "--json")
    done = subprocess.run(args, env=environment(), capture_output=True, check=True)
    return str(json.loads(done.stdout)["address"])


def test_no_command_carries_it_to_a_terminal(text: Path, index_of_it: Path, tmp_path: Path) -> None:
    shown = {
        args[0]: on_a_terminal(*args, "-i", folder, NO_COLOR="1", TERM="dumb")
        for args, folder in (
            (("search", f"canal -{HOSTILE}x", "--context", "1"), index_of_it),
            (("show", address(index_of_it)), index_of_it),
            (("inspect", text), index_of_it),
            (("status",), index_of_it),
            (("index", text.parent, "--rebuild"), tmp_path / "new\x1b[31m"),
        )
    }
    assert {name: UNSAFE.findall(printed) for name, printed in shown.items()} == {name: [] for name in shown}


@pytest.mark.parametrize(
    "args", [("show", HOSTILE), ("inspect", HOSTILE), ("search", "a", "--limit", HOSTILE)]
)
def test_no_error_carries_it_to_a_terminal(args: tuple[str, ...], index_folder: Path) -> None:
    assert UNSAFE.findall(on_a_terminal(*args, "-i", index_folder, NO_COLOR="1", TERM="dumb")) == []


def test_json_holds_every_character_as_an_escape() -> None:
    line = json_line({"text": HOSTILE + "\ud800"}).decode()
    assert (UNSAFE.findall(line), json.loads(line)["text"]) == ([], HOSTILE + "\ud800")


def test_a_hit_in_json_holds_the_words_of_the_text(index_of_it: Path) -> None:
    args = command("search", "canal", "-i", index_of_it, "--json")
    [line] = subprocess.run(args, env=environment(), capture_output=True, check=True).stdout.splitlines()
    assert json.loads(line)["text"] == f"The canal {' '.join(HOSTILE.split())} is ours."
