"""`/kwic`, `/count`, `/silence`, `/compare`: the research tools, as JSON and as tables."""

from __future__ import annotations

from typing import Any

from onrecord.search.request import Options
from onrecord.search.research.comparisons.comparison import Comparison
from onrecord.search.research.comparisons.keyness import Measure
from onrecord.search.research.concordances.concordance import Concordance
from onrecord.search.research.counts.counts import Counts
from onrecord.search.research.silence import Silence
from onrecord.search.research.tables import Column, Table
from onrecord.search.research.units import Per, Unit
from onrecord.search.web.answers import CompareAnswer, CountAnswer, KwicAnswer, SilenceAnswer
from onrecord.search.web.dear import MOST_PARAGRAPHS
from onrecord.search.web.parameters import FILTERS, WORDS, Kind, Parameter
from onrecord.search.web.resource import CSV, JSON, Asked, Form, Reply, Resource, in_json, same_generation
from onrecord.search.web.resources.searching import MOST_PASSED_OVER, QUESTION
from onrecord.search.web.view import View

__all__ = [
    "COMPARE",
    "COUNT",
    "SILENCE",
    "compared",
    "concordance",
    "counted",
    "in_csv",
    "kwic_resource",
    "listened",
    "next_lines",
]

_SVG = "image/svg+xml"
_FILTERS = (*FILTERS, *WORDS)
_LINES = 50


def kwic_resource(most: int) -> Resource:
    """Describe the concordance; ``most`` is how many lines a page has at most."""
    return Resource(
        "kwic",
        "/kwic",
        "List every place where words stand, between the words around it.",
        (Form("json", JSON, _kwic, KwicAnswer), Form("csv", CSV, _kwic_csv)),
        (
            QUESTION,
            *_FILTERS,
            Parameter("window", "how many words on each side", Kind.NUMBER, most=50, default=8),
            Parameter(
                "unit", "what is shown", Kind.CHOICE, ("words", "sentence", "paragraph"), default="words"
            ),
            Parameter(
                "sort",
                "by the words behind, before, found; by date, speaker, address",
                Kind.CHOICE,
                ("right", "left", "node", "newest", "oldest", "speaker", "address"),
                default="right",
            ),
            Parameter("node", "of a question of several words, those to list"),
            Parameter("sample", "so many lines, drawn by chance", Kind.NUMBER, most=1_000_000),
            Parameter("seed", "another seed draws other lines", Kind.NUMBER, most=1 << 31, default=0),
            Parameter("limit", "how many lines", Kind.NUMBER, most=most, default=min(_LINES, most)),
            Parameter("offset", "how many to pass over", Kind.NUMBER, most=MOST_PASSED_OVER, default=0),
            Parameter("at", "the state of the index that a page belongs to, as its link has it"),
        ),
        is_dear=_finds_much,
    )


def _finds_much(view: View, asked: Asked) -> bool:
    """Tell whether so much is found that to put its lines in order takes long."""
    options = Options(**_options(asked))  # type: ignore[typeddict-item]  # `Request.of` looks at each
    question = asked.values.get("q")  # a page may come without one
    return question is not None and view.index.search(question, **options, limit=0).total > MOST_PARAGRAPHS


def _of_generation(view: View, plain: dict[str, Any]) -> Reply:
    """Write what a value says, and of which generation it is."""
    return in_json(plain | {"generation": view.generation})


def _options(asked: Asked, *names: str) -> dict[str, Any]:
    """Return what was said of some parameters, and of the filters."""
    every = (*(parameter.name for parameter in _FILTERS), *names)
    return {name: asked.values[name] for name in every if name in asked.values}


def concordance(view: View, asked: Asked) -> Concordance:
    """List the lines of a page."""
    same_generation(view, asked)
    names = ("window", "unit", "sort", "node", "sample", "seed", "offset")
    limit = asked.values.get("limit", min(_LINES, view.site.max_limit))
    return view.index.kwic(asked.values["q"], limit=limit, **_options(asked, *names))


def _kwic(view: View, asked: Asked) -> Reply:
    found = concordance(view, asked)
    following = next_lines(view, asked, found, "kwic.json")
    return _of_generation(view, found.as_dict() | {"next": following})


def next_lines(view: View, asked: Asked, found: Concordance, name: str) -> str | None:
    """Link to the lines behind these; None where there are none."""
    behind = found.order.offset + len(found)
    if not len(found) or behind >= found.sampled or behind > MOST_PASSED_OVER:
        return None
    return asked.link(name, offset=behind, at=view.version)


def _kwic_csv(view: View, asked: Asked) -> Reply:
    found = concordance(view, asked)
    names = ("address", "speaker", "date", "forum", "before", "match", "after")
    rows = tuple(tuple(getattr(line, name) for name in names) for line in found)
    return in_csv(Table(tuple(map(Column, names)), rows), "concordance")


def in_csv(table: Table, name: str) -> Reply:
    """Write a table as a file to keep."""
    kept = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Reply(table.csv().encode(), CSV, headers=kept)


def counted(view: View, asked: Asked) -> Counts:
    """Count what was asked for, a row for each combination of keys."""
    by = [name.strip() for name in asked.values.get("by", "year").split(",") if name.strip()]
    counts = view.index.count(
        asked.values["q"],
        by=by,
        fill=not asked.values.get("found_only", False),
        **_options(asked, "of", "per"),
    )
    return counts.sorted_by(asked.values.get("order", "name"), top=asked.values.get("top"))


def _count(view: View, asked: Asked) -> Reply:
    counts = counted(view, asked)
    return _of_generation(view, counts.as_dict())


def _count_csv(view: View, asked: Asked) -> Reply:
    return in_csv(counted(view, asked).table(), "counts")


def _count_svg(view: View, asked: Asked) -> Reply:
    return Reply(counted(view, asked).svg().encode(), _SVG)


COUNT = Resource(
    "count",
    "/count",
    "Count occurrences, paragraphs, statements and speakers, and what there was to count.",
    (Form("json", JSON, _count, CountAnswer), Form("csv", CSV, _count_csv), Form("svg", _SVG, _count_svg)),
    (
        QUESTION,
        *_FILTERS,
        Parameter(
            "by",
            "what to break down by, commas between: year, month, decade, speaker, delegation, person, forum,"
            " place, language, role, speaker-role",
            default="year",
        ),
        Parameter(
            "of",
            "what rates and order are of",
            Kind.CHOICE,
            tuple(unit.value for unit in Unit),
            default=Unit.PARAGRAPHS.value,
        ),
        Parameter(
            "per",
            "how many in so much",
            Kind.CHOICE,
            tuple(per.value for per in Per),
        ),
        Parameter("order", "which rows come first", Kind.CHOICE, ("name", "count", "rate"), default="name"),
        Parameter("top", "only so many rows", Kind.NUMBER, least=1, most=100_000),
        Parameter("found_only", "whether rows are left out in which nothing was found", Kind.TRUTH),
    ),
)


def listened(view: View, asked: Asked) -> Silence:
    """Say who spoke on what was asked for, and who did not."""
    question: str = asked.values["q"]
    return view.index.silence(question, **_options(asked, "among", "absent"))


def _silence(view: View, asked: Asked) -> Reply:
    found = listened(view, asked)
    return _of_generation(view, found.as_dict() | {"notes": found.notes})


def _silence_csv(view: View, asked: Asked) -> Reply:
    return in_csv(listened(view, asked).table(), "silence")


SILENCE = Resource(
    "silence",
    "/silence",
    "Say who spoke on something, who spoke and not on it, and who did not speak.",
    (Form("json", JSON, _silence, SilenceAnswer), Form("csv", CSV, _silence_csv)),
    (
        QUESTION,
        *_FILTERS,
        Parameter("among", "whose silence", Kind.CHOICE, ("delegations", "persons"), default="delegations"),
        Parameter("absent", "whether those who gave no statement are named", Kind.TRUTH, default=False),
    ),
)


def compared(view: View, asked: Asked) -> Comparison:
    """Compare two sides."""
    minimum = asked.values.get("min", 5)
    options = _options(asked, "words", "measure")
    return view.index.compare(
        asked.values["a"], asked.values["b"], asked.values.get("q"), minimum=minimum, **options
    )


def _compare(view: View, asked: Asked) -> Reply:
    found = compared(view, asked)
    return _of_generation(view, found.as_dict())


def _compare_csv(view: View, asked: Asked) -> Reply:
    return in_csv(compared(view, asked).table(), "comparison")


COMPARE = Resource(
    "compare",
    "/compare",
    "Compare two sides: how often something stands on each, or which words mark them.",
    (Form("json", JSON, _compare, CompareAnswer), Form("csv", CSV, _compare_csv)),
    (
        Parameter("a", "what makes one side: a question", needed=True),
        Parameter("b", "what makes the other side", needed=True),
        Parameter("q", "what to count on both sides; without it, the words that mark each"),
        *_FILTERS,
        Parameter("words", "how many words a side", Kind.NUMBER, most=1_000, default=30),
        Parameter("min", "how often a word stands at least", Kind.NUMBER, least=1, most=1_000_000, default=5),
        Parameter(
            "measure",
            "by what words are put in order",
            Kind.CHOICE,
            tuple(one.value for one in Measure),
            default=Measure.LOG_LIKELIHOOD.value,
        ),
    ),
    is_dear=lambda view, asked: (
        "a" in asked.values and "q" not in asked.values
    ),  # all words of both sides are counted
)
