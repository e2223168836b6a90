"""The door: paragraphs in, citations out, in the format that was asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeVar

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import DateError, QueryError
from onrecord.search.citation.bibtex import biblatex, bibtex
from onrecord.search.citation.facts import Citable, Facts
from onrecord.search.citation.footnotes import Style, footnote
from onrecord.search.citation.records import csl, ris

__all__ = ["Format", "cite", "facts_of"]

Choice = TypeVar("Choice", bound=Enum)
# What Markdown would take for a sign of its own.
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}<>|"})


class Format(Enum):
    """In what form a citation is written."""

    FOOTNOTE = "footnote"
    TEXT = "text"
    MARKDOWN = "markdown"
    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CSL_YAML = "csl-yaml"

    @property
    def is_bibliography(self) -> bool:
        """Whether it lists statements, each once, and not paragraphs."""
        return self not in (Format.FOOTNOTE, Format.TEXT, Format.MARKDOWN)


def facts_of(
    cited: Sequence[tuple[Citable, bool]],
    *,
    format: Format | str,  # noqa: A002  # as people know it
    base_url: str | None = None,
    quote: bool = False,
    accessed: str | None = None,
) -> list[Facts]:
    """Gather what citations say; each of the cited is a paragraph, or with True its whole statement.

    Raises `QueryError` for what is no format and `DateError` for what is no day.
    """
    day, together = _day(accessed), dict[str, list[tuple[Citable, bool]]]()
    for number, (hit, whole) in enumerate(cited):
        entry = hit.statement if _choice(Format, format).is_bibliography else f"{number}"
        together.setdefault(entry, []).append((hit, whole))
    statements = []
    for some in together.values():
        paragraphs = list({hit.address: hit for hit, whole in some if not whole}.values())
        statements.append(
            Facts.of(
                paragraphs or [some[0][0]],
                whole=not paragraphs,
                base_url=base_url,
                quote=quote,
                accessed=day,
            )
        )
    return statements


def cite(
    statements: Sequence[Facts],
    *,
    format: Format | str = "footnote",  # noqa: A002  # likewise
    style: Style | str = "un",
) -> str:
    """Write citations; ``style`` is of footnotes, text and Markdown."""
    chosen, how = _choice(Format, format), _choice(Style, style)
    match chosen:
        case Format.FOOTNOTE:
            return "\n".join(_footnote(facts, how) for facts in statements)
        case Format.TEXT:
            return "\n\n".join(_text(facts, how) for facts in statements)
        case Format.MARKDOWN:
            return "\n\n".join(_markdown(facts, how) for facts in statements)
        case Format.BIBTEX:
            return "\n\n".join(map(bibtex, statements))
        case Format.BIBLATEX:
            return "\n\n".join(map(biblatex, statements))
        case Format.RIS:
            return "\n\n".join(map(ris, statements))
        case Format.CSL_JSON:
            return json.dumps(csl(statements), ensure_ascii=False, indent=2)
        case Format.CSL_YAML:
            return _yaml({"references": csl(statements)})


def _footnote(facts: Facts, style: Style) -> str:
    quoted = "".join(f"“{quotation}” " for quotation in facts.quotations)
    return f"{quoted}{footnote(facts, style)}"


def _text(facts: Facts, style: Style) -> str:
    quoted = [f"“{quotation}”" for quotation in facts.quotations]
    return "\n".join([*quoted, footnote(facts, style)])


def _markdown(facts: Facts, style: Style) -> str:
    """Write a quoted block with its source below it, or the source alone."""
    source = footnote(facts, style).translate(_MARKDOWN)
    quoted = [f"> {quotation.translate(_MARKDOWN)}" for quotation in facts.quotations]
    return "\n>\n".join([*quoted, f"> — {source}"]) if quoted else source


def _yaml(value: Any) -> str:
    import yaml  # loaded for this format alone

    written: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)
    return written.rstrip("\n")


def _day(text: str | None) -> PartialDate | None:
    if text is None:
        return None
    day = PartialDate.parse(text)
    if day.day is None:
        raise DateError(text, f'"{text}" is not a day; write the day on which you looked, as 2021-09-20.')
    return day


def _choice(kind: type[Choice], value: Choice | str) -> Choice:
    try:
        return kind(value)
    except ValueError as error:
        names = ", ".join(str(member.value) for member in kind)
        message = f'"{value}" is not a {kind.__name__.lower()} of a citation; write one of {names}.'
        raise QueryError(message, query=str(value)) from error
