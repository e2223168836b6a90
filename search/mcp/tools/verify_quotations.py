"""The tool `verify_quotations`: whether this is what was said, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.indexer.numbers import counted
from onrecord.search.mcp import arguments as take
from onrecord.search.mcp.answer import Answer, Item, cut, laid_out
from onrecord.search.mcp.fence import visible
from onrecord.search.mcp.schemas import DATA, NEXT_OFFSET, UNDERSTOOD, fields, flag, listed, maybe, of, whole
from onrecord.search.mcp.tool import Asked, Tool
from onrecord.search.mcp.tools.shared_arguments import OFFSET
from onrecord.search.research.verification.verdict import Grade, Nearest, Verdict
from onrecord.search.research.verification.verify_document import is_too_short
from onrecord.search.results.shown_text import printable

__all__ = ["VERIFY_QUOTATIONS"]

_MOST_QUOTATIONS = 50
# Edits and other places that are named, and characters of what is shown.
_MOST_EDITS = 10
_MOST_PLACES = 5
_LONGEST_SPOKEN = 1_200
_LONGEST_ECHO = 200
_LONGEST_EDIT = 80
_LONGEST_NOTE = 400
_TOO_SHORT = "So few words stand in many statements: that they are found says little."


def _answer(asked: Asked) -> Answer:
    quotations, offset = asked.given["quotations"], asked.given["offset"]
    return laid_out(
        head=[f"{counted(len(quotations), 'quotation')}, generation {asked.index.generation}"],
        facts={"generation": asked.index.generation},
        lists=["verdicts"],
        items=_verdicts(asked, quotations[offset:], first=offset + 1),
        offset=offset,
        total=len(quotations),
    )


def _verdicts(asked: Asked, quotations: Sequence[tuple[str, str | None]], *, first: int) -> Iterator[Item]:
    claims = asked.filters()
    for number, (quotation, address) in enumerate(quotations, first):
        verdict = asked.index.verify(quotation, address=address, **claims)
        data = _data(quotation, verdict)
        yield Item("verdicts", data, list(_lines(f"{number}. {verdict.grade.value}", data)))


def _data(quotation: str, verdict: Verdict) -> dict[str, Any]:
    spoken = None if verdict.spoken is None else _beginning(verdict.spoken)
    short = [_TOO_SHORT] if is_too_short(quotation) and verdict.grade is not Grade.ABSENT else []
    return {
        "quotation": cut(quotation, _LONGEST_ECHO),
        "grade": verdict.grade.value,
        "exact": verdict.grade.is_exact,
        "verbatim": verdict.verbatim,
        "needs_eyes": verdict.needs_eyes,
        "address": verdict.address,
        "lasting_address": verdict.lasting_address,
        "through": verdict.through,
        "speaker": verdict.speaker and cut(verdict.speaker, _LONGEST_ECHO),
        "date": verdict.date,
        "forum": verdict.forum and cut(verdict.forum, _LONGEST_ECHO),
        "spoken": spoken,
        "spoken_cut": len(spoken or "") < len(verdict.spoken or "") - 1,
        "edits": [
            {
                "kind": edit.kind.value,
                "quoted": cut(edit.quoted, _LONGEST_EDIT),
                "spoken": cut(edit.spoken, _LONGEST_EDIT),
            }
            for edit in verdict.edits[:_MOST_EDITS]
        ],
        "edits_total": len(verdict.edits),
        "flags": [flagged.value for flagged in verdict.flags],
        "differs": list(verdict.differs),
        "unsure": list(verdict.unsure),
        "also": list(verdict.also[:_MOST_PLACES]),
        "also_total": len(verdict.also),
        "nearest": [_near(one) for one in verdict.nearest],
        "notes": [cut(note, _LONGEST_NOTE) for note in (*verdict.notes, *short)],
    }


def _near(one: Nearest) -> dict[str, Any]:
    return {**one.as_dict(), "spoken": _beginning(one.spoken)}


def _beginning(spoken: str) -> str:
    """Return the beginning of what stands there, word for word, where it is long."""
    spoken = visible(spoken)
    if len(spoken) <= _LONGEST_SPOKEN:
        return spoken
    return spoken[:_LONGEST_SPOKEN].rpartition(" ")[0] or spoken[:_LONGEST_SPOKEN]


def _lines(head: str, data: dict[str, Any]) -> Iterator[str]:
    """Yield a verdict as text; only words of the index stand in quotation marks."""
    yield f"{head}: {data['quotation']}"
    if data["spoken"]:
        yield f"“{printable(data['spoken'])}”"
        facts = ", ".join(filter(None, (data["speaker"], data["date"], data["forum"])))
        yield f"— {facts} [{data['lasting_address']}]"
    if data["differs"]:
        yield f"not as it is said of its {' and '.join(data['differs'])}"
    if data["unsure"]:
        yield f"not known of the statement: {', '.join(data['unsure'])}"
    for edit in data["edits"]:
        quoted, spoken = (edit[side] or "(nothing)" for side in ("quoted", "spoken"))
        yield f"{edit['kind']}: quoted {quoted}; spoken {spoken}"
    if data["flags"]:
        yield f"look at: {', '.join(data['flags'])}"
    yield from data["notes"]
    if data["also"]:
        yield f"also in {counted(data['also_total'], 'other place')}: {', '.join(data['also'])}"
    for near in data["nearest"]:
        yield f"near, with {near['share']:.0%} of its words:"
        yield f"“{printable(near['spoken'])}”"
        yield f"— [{near['address']}]"


_VERDICT = fields(
    {
        "quotation": of("string", "what was asked for, cut where it is long"),
        "grade": {
            "type": "string",
            "enum": [grade.value for grade in Grade],
            "description": "how it stands in the index",
        },
        "exact": flag("these words were said in this order, as the quotation says it"),
        "verbatim": flag("the characters are the same too, but for the width of spaces"),
        "needs_eyes": flag("a person should look at it"),
        "address": maybe("string", "where it stands"),
        "lasting_address": maybe("string", "the same with the fingerprint of the words"),
        "through": maybe("string", "the paragraph in which it ends, where that is another"),
        "speaker": maybe("string"),
        "date": maybe("string"),
        "forum": maybe("string"),
        "spoken": maybe("string", DATA),
        "spoken_cut": flag("more stands there than is shown"),
        "edits": listed(
            fields({name: of("string") for name in ("kind", "quoted", "spoken")}),
            "what differs, word by word",
        ),
        "edits_total": whole(),
        "flags": listed(of("string"), "differences that change what was said"),
        "differs": listed(of("string"), "what was said of the source and is not so"),
        "unsure": listed(of("string"), "what the index cannot tell of the source"),
        "also": listed(of("string"), "other places with these words, the first of them"),
        "also_total": whole("how many other places there are"),
        "nearest": listed(
            fields(
                {
                    "address": of("string"),
                    "share": of("number", "of its words that stand there in order"),
                    "spoken": of("string", DATA),
                }
            ),
            "passages that are nearest to what is absent",
        ),
        "notes": UNDERSTOOD["notes"],
    }
)

VERIFY_QUOTATIONS = Tool(
    name="verify_quotations",
    title="Verify quotations",
    description=(
        "Say of each quotation whether it is what was said, where, and what differs word by word. Ask this of"
        " every quotation before you give it to anybody, with its address. What is absent was not found in"
        " this index; that does not say that it was never said."
    ),
    arguments=(
        take.quotations(
            "quotations",
            "The quotations, without quotation marks around them: texts, or objects with the quotation and"
            " the address at which it has to stand.",
            most=_MOST_QUOTATIONS,
        ),
        take.names("speaker", "Who is said to have said all of them."),
        take.names("forum", "Before whom they are said to have been said."),
        take.date("since", "They are said to be of this date or later."),
        take.date("until", "They are said to be of this date or earlier."),
        OFFSET,
    ),
    gives=fields({"generation": UNDERSTOOD["generation"], "verdicts": listed(_VERDICT), **NEXT_OFFSET}),
    answer=_answer,
)
