"""Programs of ours beside the one that asks: what they answer, and how they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment

from onrecord.indexer.programs import Stopped, answers_of

LOADER = "onrecord.search.cluster.share_program"


def asked(folder: Path) -> dict[str, str]:
    return {"folder": str(folder), "version": "", "address": "opensearch+http://localhost/debates"}


def test_each_program_answers_until_it_has_ended(tmp_path: Path) -> None:
    answers = list(answers_of(LOADER, [asked(tmp_path / "a"), asked(tmp_path / "b")]))
    assert sorted(answer["refused"] for answer in answers) == [
        f"{tmp_path / name}: there is no index here; make one with onrecord index PATH." for name in "ab"
    ]


def test_a_program_that_fails_is_told_when_all_have_ended() -> None:
    with pytest.raises(Stopped) as stopped:
        list(answers_of("onrecord.no_such_program", [{}, {}]))
    assert stopped.value.code == 1


def test_a_program_that_nobody_listens_to_ends_without_a_word(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", LOADER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        program.stdin.write(json.dumps(asked(tmp_path)) + "\n")
        program.stdin.close()
        assert (program.stderr.read(), program.wait()) == ("", 0)
