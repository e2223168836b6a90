"""Messages (e-mail, pages saved in one file) taken apart by the clock and with bounded headers.

Python's parser compares every line with the ends of all parts that it may stand in, and takes the time of the
square of a header that is full of quotation marks.
"""

from __future__ import annotations

import re
from email.feedparser import BytesFeedParser
from email.message import Message
from email.policy import Policy
from pathlib import Path
from typing import Any, TypeVar, cast

from onrecord.indexer.errors import SourceError
from onrecord.indexer.limits import check_time

__all__ = ["parse_message"]

AnyMessage = TypeVar("AnyMessage", bound=Message)
# The longest of a real message has some hundreds of characters; ten thousand take a second or two.
_LONGEST_HEADER = 10_000
# Those that are taken apart into words; addresses may be many.
_HEADER = re.compile(
    rb"^(?:content-[a-z-]+|subject|mime-version):[^\r\n]*+(?:\r?\n[ \t][^\r\n]*+)*+",
    re.IGNORECASE | re.MULTILINE,
)
_CHUNK = 1 << 13


def parse_message(path: Path, data: bytes, *, policy: Policy[AnyMessage]) -> AnyMessage:
    """Parse a message; one with a header that is too long, or that takes too long, is a `SourceError`."""
    if any(len(header[0]) > _LONGEST_HEADER for header in _HEADER.finditer(data)):
        raise SourceError(
            path, "a header of this message has more than 10,000 characters; save its text alone."
        )
    parser = BytesFeedParser(policy=policy)
    for at in range(0, len(data), _CHUNK):
        check_time()
        parser.feed(data[at : at + _CHUNK])
    message: Any = parser.close()
    return cast("AnyMessage", message)
