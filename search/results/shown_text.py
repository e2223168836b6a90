"""Text from files as it may be shown: for people without control characters, in JSON as escapes.

A text can carry codes that a terminal obeys: escape sequences that recolour, move
the cursor or rename the window, and marks that turn the direction of writing so
that words read as others than they are. They are taken out of what is shown, and
written as escapes in JSON, which loses nothing.
"""

from __future__ import annotations

import json
import re
from typing import Any

__all__ = ["json_escaped", "json_line", "json_safe", "printable"]

# C0, delete and C1; line and paragraph separator; embedding, override and isolate
# of direction (UAX #9: 202A-202E, 2066-2069) and the deprecated codes beside them, not the plain
# marks that Arabic and Hebrew texts need; surrogates, which no stream can encode; annotations and
# tags, which hide text behind text.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# What of ASCII is written as an escape in JSON.
_ESCAPED_IN_ASCII = bytes([*range(0x20), *b'"\\', 0x7F])

_encode = json.JSONEncoder(ensure_ascii=False).encode


def printable(text: str) -> str:
    r"""Take out every control character; one that separates words becomes a space.

    >>> printable("free\x1b[31m navi\u202egation")
    'free[31m navigation'
    >>> printable("two\nlines")
    'two lines'
    """
    return _UNSAFE.sub(_replacement, text)


def json_line(value: Any) -> bytes:
    r"""Write plain data as JSON on one line: UTF-8 in every locale, control characters as escapes.

    >>> print(json_line({"place": "Genève", "text": "a\x9bb"}).decode())
    {"place": "Genève", "text": "a\u009bb"}
    """
    return json_safe(_encode(value)).encode()


def json_safe(written: str) -> str:
    """Write the control characters in some JSON as escapes."""
    return _UNSAFE.sub(lambda found: _escaped(found[0]), written)


def json_escaped(text: str | None) -> str:
    r"""Write a text, or null, as `json_line` does.

    >>> print(json_escaped('the "canal"\x9b'), json_escaped(None))
    "the \"canal\"\u009b" null
    """
    if text is None:
        return "null"
    # Most texts have nothing to escape, and to see that takes half the time of what follows.
    if text.isascii() and len(text.encode().translate(None, _ESCAPED_IN_ASCII)) == len(text):
        return f'"{text}"'
    if not text.isprintable():
        return json_line(text).decode()
    # Nothing in it is a control character, so that JSON escapes two signs only; it takes a tenth of the time.
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _escaped(character: str) -> str:
    """Write a character as an escape of JSON, beyond the first plane as a pair of them."""
    return json.dumps(character)[1:-1] if character > "\uffff" else f"\\u{ord(character):04x}"


def _replacement(found: re.Match[str]) -> str:
    if found[0].isspace():
        return " "
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= found[0] <= "\udfff" else ""
