"""The tool `who_spoke`: who spoke on something, who spoke and not on it, who did not speak."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from onrecord.indexer.numbers import counted
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import Answer, Item, cut, few, laid_out
from onrecord.search.mcp.schemas import NEXT_OFFSET, UNDERSTOOD, fields, listed, maybe, of, whole
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import FORUM, MODE, OFFSET, QUERY, SINCE, UNTIL
from onrecord.search.research.silence import Presence, Silence

__all__ = ["WHO_SPOKE"]

_LISTS = ("spoke", "silent", "absent")
_LONGEST_NAME = 200


def _answer(asked: Asked) -> Answer:
    given, generation = asked.given, asked.index.generation
    among = "persons" if given["persons"] else "delegations"
    silence = asked.index.silence(given["query"], among=among, absent=given["absent"], **asked.filters())
    numbers = {name: len(getattr(silence, name)) for name in _LISTS}
    who = f"{counted(numbers['spoke'], 'speaker')} on it, {numbers['silent']:,} not on it"
    absent = f", {numbers['absent']:,} did not speak" if given["absent"] else ""
    notes = few(silence.notes)
    return laid_out(
        head=[f"{who}{absent}, generation {generation}", f"Understood as {silence.understood}"],
        facts={
            "understood": cut(silence.understood),
            "generation": generation,
            "notes": notes,
            "numbers": numbers,
        },
        lists=_LISTS,
        items=_items(silence, given["offset"]),
        offset=given["offset"],
        total=sum(numbers.values()),
        inside=notes,
        apart=False,
    )


def _items(silence: Silence, offset: int) -> Iterator[Item]:
    for one in islice(silence, offset, None):
        name, covered = cut(one.name, _LONGEST_NAME), [cut(group, _LONGEST_NAME) for group in one.covered_by]
        data: dict[str, Any] = {
            "name": name,
            "code": one.code,
            "statements": one.statements,
            "of_statements": one.of_statements,
            "paragraphs": one.paragraphs,
        }
        if one.first:
            data["first"] = one.first
        if covered:
            data["covered_by"] = covered
        yield Item(one.status, data, [f"{one.status}: {name}{_told(one)}"])


def _told(one: Presence) -> str:
    if one.status == "spoke":
        paragraphs = counted(one.paragraphs, "paragraph")
        statements = counted(one.of_statements, "statement")
        return f", {paragraphs} in {one.statements:,} of {statements}, first {one.first}"
    return f", {counted(one.of_statements, 'statement')}" if one.status == "silent" else ""


_PRESENCE = fields(
    {
        "name": of("string"),
        "code": maybe("string"),
        "statements": whole("on it"),
        "of_statements": whole("all that it gave"),
        "paragraphs": whole("on it"),
    },
    {
        "first": of("string", "the address of the first paragraph on it"),
        "covered_by": listed(of("string"), "groups that spoke on it for their members"),
    },
)

WHO_SPOKE = Tool(
    name="who_spoke",
    title="Who spoke, and who was silent",
    description=(
        "List who spoke on something, who gave a statement and said nothing on it, and with absent who gave"
        " no statement. Silence is that of this index: say so, and name its forum and dates. A mention is no"
        " support, and silence no opposition."
    ),
    arguments=(
        take.text("query", QUERY, required=True),
        FORUM,
        SINCE,
        UNTIL,
        MODE,
        take.yes_or_no("absent", "Name those who gave no statement too."),
        take.yes_or_no("persons", "Persons, in the place of delegations."),
        OFFSET,
    ),
    gives=fields(
        {
            **UNDERSTOOD,
            "numbers": fields({name: whole() for name in _LISTS}),
            **{name: listed(_PRESENCE) for name in _LISTS},
            **NEXT_OFFSET,
        }
    ),
    answer=_answer,
)
