"""Old Word documents (DOC), by a program that reads them where one is installed: antiword, or LibreOffice.

The program is given a copy of the file in a folder of its own, and a minute. Its answer is read as
text, or as the Word document that LibreOffice makes of it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.plain_text import read_plain_text
from onrecord.indexer.formats.word.document import read_word_document
from onrecord.indexer.limits import STATEMENT_SIZE, TIME

__all__ = ["can_read_old_word", "is_old_word", "read_old_word"]

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENDINGS = (".doc", ".dot")
_OFFICES = ("soffice", "libreoffice")
# A row of a table as antiword prints it.
_ROW = re.compile(rb"^\|(.*)\|$", re.MULTILINE)


def is_old_word(path: Path, data: bytes) -> bool:
    """Recognise a document by its name and its first bytes, which spreadsheets have as well."""
    return data.startswith(_MAGIC) and path.suffix.lower() in _ENDINGS


@cache
def can_read_old_word() -> bool:
    """Tell whether there is a program that reads such documents."""
    return _program("antiword") is not None or _office() is not None


def read_old_word(path: Path, data: bytes) -> Iterable[Draft]:
    """Read the statement in a document."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="onrecord-") as folder:
        copy = Path(folder, "statement.doc")
        copy.write_bytes(data)
        antiword = _program("antiword")
        if antiword is not None:
            text = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(copy)], path)
            if text.strip():
                STATEMENT_SIZE.check(len(text))
                return read_plain_text(path, _ROW.sub(_cells, text))
        office = _office()
        if office is not None:
            home = f"-env:UserInstallation=file://{folder}/home"
            _run(
                [
                    office,
                    home,
                    "--headless",
                    "--norestore",
                    "--convert-to",
                    "docx",
                    "--outdir",
                    folder,
                    str(copy),
                ],
                path,
            )
            made = copy.with_suffix(".docx")
            if made.is_file():
                return list(read_word_document(made, made.read_bytes()))
    raise SourceError(path, "this old Word document could not be read; save it as DOCX.")


def _cells(row: re.Match[bytes]) -> bytes:
    """Set a row of a table as those of other documents are; antiword sets it in columns."""
    return b" | ".join(filter(None, (cell.strip() for cell in row[1].split(b"|"))))


def _office() -> str | None:
    return next(filter(None, map(_program, _OFFICES)), None)


def _program(name: str) -> str | None:
    return shutil.which(name)


def _run(command: list[str], path: Path) -> bytes:
    """Run a program on a copy of a file and return what it prints."""
    import subprocess

    try:
        done = subprocess.run(
            command, capture_output=True, timeout=TIME.most, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise TIME.error(path) from error
    except OSError as error:
        raise SourceError(
            path, f"{Path(command[0]).name} cannot be run; save the document as DOCX."
        ) from error
    return done.stdout
