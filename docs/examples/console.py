"""A terminal for the documents: what they quote is run when they are written and when they are checked."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

__all__ = ["Console", "block"]

EXAMPLES = Path(__file__).parent
# What the folder of a reader is called in the place of the temporary one.
HOME = "~/record"
# How long something took is the one thing that is never the same twice.
TIME = re.compile(r"\b\d+\.\d s$", re.MULTILINE)
A_MOMENT = "0.4 s"
# And the day on which a digest was made.
_MADE = re.compile(r"^(On Record), \d{4}-\d\d-\d\d$", re.MULTILINE)
_A_DAY = r"\1, 2023-10-04"
# What a drawing says of each bar, as `onrecord.search.research.drawing` marks it up.
_BAR = ("rowheader", "cell")


class Console:
    """A folder with copies of some of the examples in it, whose commands ask the index that lies there.

    They are run on a terminal so many cells wide, or with None in a pipe. What is shown stands where cog is
    in a document, and is printed where it does not run.
    """

    def __init__(self, *examples: str, width: int | None = 100) -> None:
        self._made = TemporaryDirectory()
        self.folder = Path(self._made.name)
        self._width = width
        for name in examples:
            shutil.copytree(EXAMPLES / name, self.folder / Path(name).name)

    def shown(self, command: str, *, code: int = 0, lines: int | None = None) -> None:
        """Run a command line that ends with ``code``, and show it with what it prints, or the first lines."""
        printed = self.run(command, code=code).splitlines()
        if lines is not None and len(printed) > lines:
            printed = [*printed[:lines], "…"]
        block("console", "\n".join([f"$ {command}", *printed]))

    def run(self, command: str, *, code: int = 0) -> str:
        """Run a command line that ends with ``code``, and return what it prints: messages, then results."""
        with TemporaryFile() as messages:
            ended, results = self._started(command, messages.fileno())
            messages.seek(0)
            printed = (messages.read() + results).decode().replace("\r\n", "\n")
        here = self._made.name
        for written in (here, here.replace("_", r"\_")):  # as it is, and in Markdown
            printed = printed.replace(written, HOME)
        printed = _MADE.sub(_A_DAY, TIME.sub(A_MOMENT, printed)).rstrip()
        assert ended == code, f"{command} ended with {ended}: {printed}"
        return printed

    def python(self, program: str) -> None:
        """Write a program, and what it prints."""
        script = self.folder / "program.py"
        script.write_text(program, "utf-8")
        printed = self.run(f"python {script.name}")
        script.unlink()
        block("python", program)
        if printed:
            block("text", printed)

    def file(self, name: str, content: str | None = None, *, kind: str = "text") -> None:
        """Show a file of the folder under its name; with ``content``, put that into it first."""
        path = self.folder / name
        if content is not None:
            path.write_text(content, "utf-8")
        _write(f"`{name}`:\n")
        block(kind, path.read_text("utf-8"))

    def drawing(self, command: str, into: str) -> None:
        """Run a command line that draws bars, keep the drawing ``into`` a file, and write it as a picture.

        What stands in its place for those who do not see it are the names and the numbers of the bars.
        """
        self.run(command)
        (drawn,) = self.folder.glob("*.svg")
        drawing = drawn.read_text("utf-8")
        drawn.unlink()
        Path(into).write_text(drawing, "utf-8")
        bars = zip(*(re.findall(f'<text role="{role}"[^>]*>([^<]*)', drawing) for role in _BAR), strict=True)
        told = ", ".join(f"{name}: {number}" for name, number in bars)
        _write(f"![{_title(drawing)} ({told})]({into})")

    def _started(self, command: str, messages: int) -> tuple[int, bytes]:
        """Run a command line, and return its exit code and its results."""
        terminal, theirs = os.pipe() if self._width is None else pty.openpty()
        with subprocess.Popen(
            command,
            shell=True,  # the line is ours, and stands in the document as it is
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=messages,
        ) as running:
            os.close(theirs)
            results = b"".join(iter(lambda: _read(terminal), b""))
        os.close(terminal)
        return running.returncode, results

    def _environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if name != "ONRECORD_INDEX"}
        path = f"{Path(sys.executable).parent}{os.pathsep}{ours['PATH']}"
        width = str(self._width or 100)
        # The program of this tree, whichever is installed.
        tree = {"PATH": path, "PYTHONPATH": str(EXAMPLES.parents[1])}
        return {**ours, **tree, "COLUMNS": width, "NO_COLOR": "1", "PAGER": "cat"}


def block(kind: str, content: str) -> None:
    """Write a fenced block where cog is in a document."""
    _write(f"```{kind}\n{content.rstrip()}\n```")


def _write(text: str) -> None:
    # Each block of a document has an ``outl`` of its own.
    getattr(sys.modules.get("cog"), "outl", print)(text)


def _title(drawing: str) -> str:
    found = re.search("<title[^>]*>([^<]*)", drawing)
    assert found is not None
    return unescape(found[1])


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how Linux says that the program at the other end has gone
        return b""
