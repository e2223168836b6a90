"""Questions as a model would put them, drawn from an index by a seed; and what an answer quotes, read off it.

It knows nothing of how an answer is laid out beyond what the documents say: a quotation stands between “ and
” on a line, below it a line that begins with a dash and ends with the address in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from onrecord import Index

__all__ = ["Asked", "Quotation", "quoted_in_data", "quoted_in_text", "scripted"]

_QUOTED = re.compile(r"^“(.*)”$")
_SOURCE = re.compile(r"^— .*\[(\S+)\]\.?$")
_WORD = re.compile(r"[A-Za-z]{4,}")


class Asked(NamedTuple):
    """A tool, and the arguments that it is sent."""

    tool: str
    arguments: dict[str, Any]


class Quotation(NamedTuple):
    """Words that an answer quotes, and the address that it gives of them."""

    words: str
    address: str


def scripted(index: Index, *, number: int, seed: int = 17) -> Iterator[Asked]:
    """Yield so many questions, of all the tools that quote by turns."""
    chance = Random(seed)
    slugs = sorted(known.now for known in index.addresses() if known.now)
    turns = (_words, _phrase, _of_a_speaker, _read, _whole, _verify)
    for turn in range(number):
        passage = index.show(chance.choice(slugs))
        hits = [hit for hit in passage if len(_WORD.findall(hit.text)) > 3] or list(passage)
        hit = chance.choice(hits)
        yield turns[turn % len(turns)](hit.text, hit.address, hit.speaker, chance)


def _words(text: str, _: str, __: str | None, chance: Random) -> Asked:
    words = _WORD.findall(text) or ["peace"]
    query = " ".join(chance.sample(words, min(2, len(words))))
    return Asked("search_statements", {"query": query, "limit": chance.randint(1, 20)})


def _phrase(text: str, _: str, __: str | None, chance: Random) -> Asked:
    words = re.findall(r"\w+", text)
    begin = chance.randrange(max(1, len(words) - 3))
    phrase = " ".join(words[begin : begin + 3])
    return Asked("search_statements", {"query": f'"{phrase}"', "context": 2, "limit": 5})


def _of_a_speaker(text: str, _: str, speaker: str | None, chance: Random) -> Asked:
    words = _WORD.findall(text) or ["peace"]
    narrowed = {"speaker": [speaker]} if speaker else {}
    query = " OR ".join(f'"{word}"' for word in chance.sample(words, min(3, len(words))))
    return Asked("search_statements", {"query": query, "sort": "newest", "context": 1, **narrowed})


def _read(_: str, address: str, __: str | None, chance: Random) -> Asked:
    return Asked("read_statement", {"address": address, "context": chance.randint(0, 4)})


def _whole(_: str, address: str, __: str | None, ___: Random) -> Asked:
    return Asked("read_statement", {"address": address, "whole": True})


def _verify(text: str, address: str, _: str | None, chance: Random) -> Asked:
    words = text.split()
    begin = chance.randrange(max(1, len(words) - 8))
    real, wrong = " ".join(words[begin : begin + 12]), [*words[begin : begin + 12]]
    wrong[len(wrong) // 2] = "otherwise"
    return Asked(
        "verify_quotations",
        {"quotations": [real, " ".join(wrong), {"quotation": real, "address": address}]},
    )


def quoted_in_data(data: Mapping[str, Any]) -> Iterator[Quotation]:
    """Yield what the data of an answer quotes, neighbours too."""
    for passage in data.get("passages", ()):
        for one in (passage, *passage.get("before", ()), *passage.get("after", ())):
            yield Quotation(one["quotation"], one["address"])
    for verdict in data.get("verdicts", ()):
        if verdict["spoken"]:
            yield Quotation(verdict["spoken"], verdict["lasting_address"])
        for near in verdict["nearest"]:
            yield Quotation(near["spoken"], near["address"])


def quoted_in_text(text: str) -> Iterator[Quotation]:
    """Yield what the text of an answer quotes."""
    lines: Sequence[str] = text.splitlines()
    for at, line in enumerate(lines):
        quoted = _QUOTED.match(line)
        if quoted:
            source = _SOURCE.match(lines[at + 1])
            assert source is not None, lines[at + 1]
            yield Quotation(quoted[1], source[1])
