"""Statements that come already split: JSON lines, one statement a line.

This is how another program hands over what it has read itself. A line is an object::

    {"title": …, "speaker": "Japan", "forum": …, "date": "2021-09", "place": …, "language": "en",
     "paragraphs": ["Mr. President,", {"text": "…", "printed": "29.", "role": "body"}]}

Only ``paragraphs`` is needed. A speaker is a name, or an object with ``printed``,
``delegation``, ``code``, ``person`` and ``post``; ``on_behalf_of`` is the name of whom it
is given for; other keys are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.draft import Draft
from onrecord.indexer.errors import DateError, SourceError
from onrecord.indexer.limits import NESTING, STATEMENT_SIZE, next_statement
from onrecord.indexer.sources.decoding import compose, decode
from onrecord.indexer.statement import Confidence, Finding, Metadata, Paragraph, Party, Role, Speaker

__all__ = ["read_ready_split"]

_ROLES = {role.value: role for role in Role}
_BODY = Role.BODY.value
_SPEAKER_KEYS = ("printed", "delegation", "code", "person", "post")


def read_ready_split(path: Path, data: bytes) -> list[Draft]:
    """Read the statements of a file, one a line; a `SourceError` names the line that is none."""
    drafts = []
    for number, line in enumerate(decode(data).split("\n"), 1):
        next_statement()
        if not line.strip():
            continue
        STATEMENT_SIZE.check(len(line), line=number)
        try:
            clean = _clean_unescaped if _escapes_quotes_only(line) else _clean
            drafts.append(_draft(json.loads(line), number, clean))
        except RecursionError as error:
            raise NESTING.error(path, line=number) from error
        except (ValueError, TypeError, KeyError, AttributeError, StopIteration) as error:
            reason = error.reason if isinstance(error, DateError) else "this line is not a statement in JSON."
            raise SourceError(path, reason, line=number) from error
    return drafts


def _draft(entry: dict[str, Any], line: int, clean: Callable[[str], str]) -> Draft:
    paragraphs: list[Paragraph] = []
    for given in entry["paragraphs"]:
        if isinstance(given, str):
            text, role, printed = clean(given), Role.BODY, None
        else:
            text, role, printed = clean(given["text"]), _ROLES[given.get("role", _BODY)], given.get("printed")
        if text:
            number = len(paragraphs) + 1
            paragraphs.append(Paragraph(number, text, role, clean(printed) if printed else None, line))
    return Draft(blocks=(), declared=_metadata(entry), headed=False, paragraphs=tuple(paragraphs))


def _metadata(entry: dict[str, Any]) -> Metadata:
    words = {
        name: _clean(entry[name])
        for name in ("title", "forum", "date", "place", "language", "on_behalf_of")
        if entry.get(name) is not None
    }
    forum, place, language = (
        _declared(name, words[name], words[name]) if name in words else None
        for name in ("forum", "place", "language")
    )
    return Metadata(
        title=words.get("title"),
        speaker=_speaker(entry.get("speaker")),
        date=_declared("date", PartialDate.parse(words["date"]), words["date"]) if "date" in words else None,
        forum=forum,
        place=place,
        language=language,
        on_behalf_of=_declared("on_behalf_of", Party(group), group)
        if (group := words.get("on_behalf_of"))
        else None,
    )


def _speaker(given: str | dict[str, Any] | None) -> Finding[Speaker] | None:
    if given is None:
        return None
    parts = {"printed": given} if isinstance(given, str) else {key: given.get(key) for key in _SPEAKER_KEYS}
    names = {key: _clean(value) for key, value in parts.items() if value}
    printed = next(names[key] for key in _SPEAKER_KEYS if key in names)
    return _declared("speaker", Speaker(**names | {"printed": printed}), printed)


def _declared(name: str, value: Any, words: str) -> Finding[Any]:
    return Finding(value, f"{name}: {words}", Confidence.CERTAIN)


def _escapes_quotes_only(line: str) -> bool:
    """Tell whether a line spells no control character, which JSON allows in escapes alone, save one."""
    return line.count("\\") == line.count('\\"') and "\x7f" not in line


def _clean_unescaped(text: str) -> str:
    """Clean a text without control characters: if it is ASCII, only spaces can stand wrong."""
    if text.isascii() and text[:1] != " " and text[-1:] != " " and "  " not in text:
        return text
    return _clean(text)


def _clean(text: str) -> str:
    """Compose the characters and leave single spaces between words; most texts come so, and cost a look."""
    if not (text.isprintable() and text == text.strip() and "  " not in text):
        text = " ".join(text.split())
    return compose(text)
