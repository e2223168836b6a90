"""E-mail (EML): the text of a message, under its subject.

Of a message that says the same as text and as a page the text is read. The day on which it was sent is not
that on which anything was said, and who sent it has not spoken. What is attached is not read. Of a message
that is passed on, neither its headers nor a short note above them are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.errors import SourceError
from onrecord.indexer.formats.plain_text import blocks_of_lines, clean_lines
from onrecord.indexer.formats.web.page import read_web_page
from onrecord.indexer.limits import NESTING
from onrecord.indexer.sources.decoding import clean

if TYPE_CHECKING:
    from email.message import EmailMessage

__all__ = ["is_mail", "read_mail"]

# The first lines of a message are headers, among them these.
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+", re.ASCII)
_OF_MAIL = re.compile(rb"^(?:From|Subject|Message-ID|MIME-Version|Received):", re.IGNORECASE | re.MULTILINE)
_LOOK_AT = 8192
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_REPLY = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s*:\s*)+", re.IGNORECASE)
_MOST_PARTS = 1000
# Marks of what is quoted: of one line alone they may be a sign of the text.
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_FEWEST_QUOTED = 2
# What a program sets above a message that it passes on: a line that says so, and the headers.
_PASSED_ON = re.compile(r"-{3,} ?[^\W\d_][^-\n]{3,60} ?-{3,}|[^\W\d_][^:\n]{5,60}:")
_PASSED_HEADER = re.compile(r"\*?(?P<name>[^\W\d_]{1,12})(?: [^\W\d_]{1,12})?\s?:\*?\s\S.*")
_SENDERS = frozenset(("from", "von", "de", "da", "van", "från", "fra", "od", "от", "lähettäjä"))
_FEWEST_HEADERS = 3
# A note above what is passed on has so many letters at most, and not half as many as that.
_LONGEST_COVER = 600


def is_mail(data: bytes) -> bool:
    """Recognise a message by its headers."""
    beginning = data[:_LOOK_AT].lstrip(b"\xef\xbb\xbf\r\n")
    headers = _HEADER.match(beginning)
    return headers is not None and len(set(map(bytes.lower, _OF_MAIL.findall(headers[0])))) >= 2


def read_mail(path: Path, data: bytes) -> list[Draft]:
    """Read the message; one whose text is attached is a `SourceError` that names what is."""
    from email import policy
    from email.errors import MessageError

    from onrecord.indexer.sources.messages import parse_message

    try:
        message = parse_message(path, data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
        parts = _parts(message)
        subject = " ".join(_REPLY.sub("", clean(str(message.get("Subject", "")))).split())
        drafts = _drafts(path, parts)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError) as error:
        # The parser is lenient, and stumbles over a few headers all the same.
        raise SourceError(path, "this message is damaged; save its text alone.") from error
    if not any(draft.blocks for draft in drafts):
        attached = next((name for part in parts if (name := _name_of(part))), None)
        if attached:
            raise SourceError(
                path, f'its text is in what is attached ("{clean(attached)}"); save that, and name it.'
            )
    title = (Block((subject,), title=True),) if subject else ()
    return [replace(draft, blocks=(*title, *draft.blocks)) for draft in drafts if draft.blocks]


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that hold something, the outer ones first."""
    parts: list[EmailMessage] = []
    waiting = [(message, 0)]
    while waiting and len(parts) < _MOST_PARTS:
        part, depth = waiting.pop(0)
        NESTING.check(depth)
        inner = list(part.iter_parts()) if part.is_multipart() else []
        if part.get_content_type() != "message/rfc822":
            waiting += [(one, depth + 1) for one in inner if hasattr(one, "iter_parts")]  # type: ignore[misc]
        if not inner:
            parts.append(part)
    return parts


def _drafts(path: Path, parts: list[EmailMessage]) -> list[Draft]:
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in shown:
            if part.get_content_type() == kind:
                data = part.get_payload(decode=True)
                if isinstance(data, bytes) and data.strip():
                    return (
                        _of_text(part, data)
                        if kind == "text/plain"
                        else read_web_page(path, _decoded(part, data))
                    )
    return []


def _of_text(part: EmailMessage, data: bytes) -> list[Draft]:
    text = _passed_on(_unquoted(clean_lines(_decoded(part, data))))
    signed = _SIGNATURE.search(text)
    return [Draft(blocks_of_lines(text[: signed.start()] if signed else text))]


def _unquoted(text: str) -> str:
    """Take off the marks of what a message quotes."""
    return _QUOTED.sub("", text) if len(_QUOTED.findall(text)) >= _FEWEST_QUOTED else text


def _passed_on(text: str) -> str:
    """Blank out the headers above a message that is passed on, and the short note above these.

    Whoever passes on a long message says little; where more is said above it, all of it is kept.
    """
    lines = text.split("\n")
    for at, line in enumerate(lines):
        end = _end_of_headers(lines, at + 1) if _PASSED_ON.fullmatch(line.strip()) else None
        if end is None:
            continue
        cover, passed = (sum(map(len, part)) for part in (lines[:at], lines[end:]))
        if passed and cover <= _LONGEST_COVER and 2 * cover <= passed:
            return "\n" * end + "\n".join(lines[end:])
        break
    return text


def _end_of_headers(lines: Sequence[str], begin: int) -> int | None:
    """Return where headers that name a sender end; None where there are none."""
    while begin < len(lines) and not lines[begin].strip():
        begin += 1
    end, names = begin, set[str]()
    while end < len(lines) and (header := _PASSED_HEADER.fullmatch(lines[end].strip())):
        names.add(header["name"].lower())
        end += 1
    return end if end - begin >= _FEWEST_HEADERS and names & _SENDERS else None


def _decoded(part: EmailMessage, data: bytes) -> bytes:
    """Return the text of a part in UTF-8, from the encoding that it declares."""
    charset = part.get_content_charset()
    try:
        return data.decode(charset).encode("utf-8") if charset else data
    except (LookupError, UnicodeError, ValueError):
        return data


def _name_of(part: EmailMessage) -> str | None:
    name = part.get_filename()
    return str(name) if name else None
