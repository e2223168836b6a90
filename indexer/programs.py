"""Programs of ours beside the one that asks: each is given a line of JSON, and answers in lines of JSON.

They are started as programs, so that whoever embeds us needs no guard around its own start, and nothing is
pickled.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import Any

__all__ = ["Stopped", "answering", "answers_of"]

Json = Mapping[str, Any]


class Stopped(Exception):
    """A program that ended before it was done; ``code`` is what it ended with."""

    def __init__(self, code: int) -> None:
        super().__init__(f"a program stopped with code {code}")
        self.code = code


def answers_of(module: str, asked: Sequence[Json]) -> Generator[dict[str, Any], None, None]:
    """Start a module as a program for each line that is asked, and yield what all answer, in no order.

    One that ends with another code than 0 is `Stopped`, when all have ended. Whoever takes no more answers
    ends them all.
    """
    answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    programs = [_start(module, one, answers) for one in asked]
    try:
        for _ in programs:
            while (answer := answers.get()) is not None:
                yield answer
        for program in programs:
            if program.wait():
                raise Stopped(program.returncode)
    finally:
        for program in programs:
            program.kill()
            program.wait()


def answering(main: Callable[[], None]) -> None:
    """Run what a program answers; it ends without a word where nobody listens any longer."""
    try:
        main()
    except BrokenPipeError:  # what is still buffered goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _start(module: str, asked: Json, answers: SimpleQueue[Any]) -> subprocess.Popen[str]:
    with _deaf_to_the_keyboard():
        program = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            # Windows alone has the flag, and only there it is needed.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def listen() -> None:
        assert program.stdin is not None
        assert program.stdout is not None
        # A program that dies breaks off in the middle; its exit code says so.
        with suppress(OSError, ValueError), program.stdin as questions, program.stdout as lines:
            questions.write(json.dumps(asked) + "\n")
            questions.flush()
            for line in lines:
                answers.put(json.loads(line))
        answers.put(None)

    threading.Thread(target=listen, daemon=True).start()
    return program


@contextmanager
def _deaf_to_the_keyboard() -> Iterator[None]:
    """Start programs that Ctrl-C does not reach: whoever started them is told, and stops them.

    So for the signal that asks for the end, where we have our own answer to it. A signal that is blocked
    stays so in a program that is started meanwhile, from its first instruction. Windows knows no such thing:
    there a process of a group of its own is not reached.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    asks = signal.getsignal(signal.SIGTERM) not in (signal.SIG_DFL, signal.SIG_IGN, None)
    deaf = {signal.SIGINT, signal.SIGTERM} if asks else {signal.SIGINT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, deaf)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
