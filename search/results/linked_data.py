"""A statement as search engines and reference managers read it off a page (schema.org, JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from onrecord.search.citation.facts import without_controls

if TYPE_CHECKING:
    from onrecord.search.results.hits import Hit

__all__ = ["in_a_page", "statement_data"]

_CONTEXT = "https://schema.org"


def statement_data(hits: Sequence[Hit], anchors: Sequence[str], *, url: str | None = None) -> dict[str, Any]:
    """Describe a statement with its paragraphs as quotations; their words stand on the page, at ``anchors``.

    ``url`` is where the page lies; an ``@id`` is an anchor in it. What is not known is left out.
    """
    first = hits[0]
    facts: dict[str, Any] = {
        "name": first.title,
        "identifier": first.statement,
        "url": url,
        "inLanguage": first.language,
        "datePublished": first.date,
        "creator": _creator(first),
        "isPartOf": first.forum and {"@type": "Event", "name": without_controls(first.forum)},
        "contentLocation": first.place and {"@type": "Place", "name": without_controls(first.place)},
        "hasPart": [{"@type": "Quotation", "@id": anchor} for anchor in anchors],
    }
    known = {name: _clean(value) for name, value in facts.items() if value}
    return {"@context": _CONTEXT, "@type": "CreativeWork", **known}


def in_a_page(data: dict[str, Any]) -> str:
    """Write it so that nothing in it can end the element it stands in."""
    written = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _clean(value: Any) -> Any:
    return without_controls(value) if isinstance(value, str) else value


def _creator(hit: Hit) -> dict[str, Any] | None:
    if not hit.speaker:
        return None
    is_person = hit.delegation_code is None and hit.speaker == hit.person
    return {"@type": "Person" if is_person else "Organization", "name": without_controls(hit.speaker)}
