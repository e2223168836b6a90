"""The command `onrecord watch`, as a service runs it: it begins, tells, and ends when it is asked to."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from oracles.arriving import paragraphs_of
from program import command, environment

from onrecord.search.alerts import Saved, SavedSearches
from onrecord.search.cli import main

# A machine that runs much else takes its time; nothing here is measured.
_LONGEST = 60.0


@contextmanager
def watching(texts: Path, index: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    asked = command("watch", texts, "-i", index, "--every", "0.1s", *options)
    with subprocess.Popen(
        asked, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + _LONGEST
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def text(folder: Path, name: str, said: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"Statement by Panama\n\n{said}\n", "utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0_and_it_told_what_it_took_in(tmp_path: Path, number: signal.Signals) -> None:
    texts, index = tmp_path / "texts", tmp_path / "index"
    text(texts, "a.txt", "The canal is ours.")
    with watching(texts, index, "--json") as process:
        until((index / "CURRENT").exists)
        text(texts, "b.txt", "The lake is dry.")
        until(lambda: len(paragraphs_of(index)) == 2)
        process.send_signal(number)
        out, told = process.communicate(timeout=_LONGEST)
    assert process.returncode == 0
    rounds = [json.loads(line) for line in out.splitlines()]
    assert [one["kind"] for one in rounds] == ["update", "update"]
    assert [one["report"]["added"]["statements"] for one in rounds] == [1, 1]
    assert told.count("added 1 statement (1 paragraph)") == 2


def test_alerts_are_delivered_after_each_commit(tmp_path: Path) -> None:
    texts, index, feeds = tmp_path / "texts", tmp_path / "index", tmp_path / "feeds"
    text(texts, "a.txt", "The canal is ours.")
    saved = SavedSearches.beside(index)
    saved.path.write_text(Saved.of("water", "canal OR lake").written() + "\n", "utf-8")
    lines = feeds / "water.jsonl"
    with watching(texts, index, "--alerts", "--to", str(feeds), "--jsonl") as process:
        until(lines.exists)
        text(texts, "b.txt", "The lake is dry.")
        until(lambda: lines.read_text("utf-8").count("\n") == 2)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=_LONGEST)
    assert [json.loads(line)["text"] for line in lines.read_text("utf-8").splitlines()] == [
        "The canal is ours.",
        "The lake is dry.",
    ]


def test_what_is_away_is_said_once(tmp_path: Path) -> None:
    texts, index = tmp_path / "texts", tmp_path / "index"
    with watching(texts, index) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        text(texts, "a.txt", "The canal is ours.")
        second = process.stderr.readline()
    assert first.endswith(f"{texts}: not there; waited for, and what the index has of it is kept.\n")
    assert "added 1 statement" in second


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--every", "often"), '"often" is no length of time; write 30s, 5m or 1h.'),
        (("--every", "0"), '"0" is no length of time; write 30s, 5m or 1h.'),
        (("--to", "feeds"), "Where news go is said of --alerts."),
    ],
)
def test_wrong_usage_is_one_sentence(given: tuple[str, ...], sentence: str) -> None:
    done = CliRunner().invoke(main, ["watch", "texts", *given])
    assert done.exit_code == 2
    assert done.output.splitlines()[-1].endswith(sentence)
