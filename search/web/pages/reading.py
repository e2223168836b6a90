"""The pages of a statement and of a paragraph: anchors, citations, neighbours, what other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from onrecord.search.results.hits import Hit
from onrecord.search.results.passage import Passage
from onrecord.search.results.shown_text import printable
from onrecord.search.web.pages.printing import page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.resource import Asked, Reply
from onrecord.search.web.resources.statements import cited_of, neighbours_of, passage_of
from onrecord.search.web.view import View

__all__ = ["paragraph_page", "statement_page"]

# Bytes of the paragraphs of a part, with what stands around each, and of a line that leads to another part.
_PART = 46_000
_AROUND = 330
_ELSEWHERE = 80
_LEAST = 8_000
# Words before and behind a quotation that tell it from others like it (W3C Web Annotation, 4.2.4).
_BESIDE = 32
# Letters of a text fragment beyond which its ends are named alone.
_WHOLE_FRAGMENT = 200
_BODY = ("greeting", "body", "closing")


@dataclass(frozen=True, slots=True)
class Parts:
    """A statement in parts that each fit on a page."""

    shown: Sequence[Hit]
    elsewhere: Sequence[tuple[Hit, int]]  #: a paragraph, and the first of its part
    starts: Sequence[int]
    start: int


def statement_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show a statement, or a part of one that is long."""
    passage = passage_of(view, asked)
    first = passage[0]
    parts = _parts(passage, asked.values.get("from", 1), len(first.statement))
    return page(
        "statement.html",
        visit,
        headers=_links(visit, canonical=f"statements/{first.statement}"),
        passage=passage,
        first=first,
        facts=_facts(first),
        spoken=[hit for hit in parts.shown if hit.role != "note"],
        notes=[hit for hit in parts.shown if hit.role == "note"],
        piece=parts,
        citation=view.index.cite(first.statement),
    )


def _parts(passage: Passage, start: int, name: int) -> Parts:
    """Part a statement so that a page stays below 60 KB; each paragraph is on one."""
    room = max(_LEAST, _PART - _ELSEWHERE * len(passage))
    starts: list[int] = []
    of_each: list[int] = []
    held = 0
    for hit in passage:
        size = len(hit.text.encode("utf-8", "replace")) + _AROUND + 3 * name
        if not starts or held + size > room:
            starts.append(hit.number)
            held = 0
        held += size
        of_each.append(starts[-1])
    begun = max((one for one in starts if one <= start), default=starts[0])
    of_hits = list(zip(passage, of_each, strict=True))
    shown = [hit for hit, at in of_hits if at == begun]
    return Parts(shown, [(hit, at) for hit, at in of_hits if at != begun], starts, begun)


def paragraph_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show a paragraph between its neighbours, with all that is needed to cite and to find it."""
    if "context" not in asked.values:
        asked = replace(asked, values={**asked.values, "context": 1})
    passage = passage_of(view, asked)
    hit = cited_of(passage)
    before, after = neighbours_of(view, hit)
    selector = _selector(hit, before, after)
    canonical = f"statements/{hit.statement}/{hit.number}"
    return page(
        "paragraph.html",
        visit,
        headers=_links(
            visit,
            canonical=canonical,
            up=f"statements/{hit.statement}",
            prev=None if before is None else f"statements/{hit.statement}/{before.number}",
            next=None if after is None else f"statements/{hit.statement}/{after.number}",
        ),
        passage=passage,
        hit=hit,
        facts=_facts(hit),
        citation=hit.cite(base_url=asked.base and f"{asked.base}/statements"),
        before=before,
        after=after,
        selector=json.dumps(selector, ensure_ascii=False, indent=1),
        data=_in_a_script(_quotation(hit, asked)),
        source=_source(hit, selector),
    )


def _facts(hit: Hit) -> list[tuple[str, str, str | None]]:
    """List what is known of a statement: the name of the fact, its value, what was printed for it."""
    printed = hit.printed_speaker if hit.printed_speaker != hit.speaker else None
    every = (
        ("speaker", hit.speaker, printed),
        ("person", hit.person, hit.post),
        ("behalf", hit.on_behalf_of, None),
        ("delivered", hit.delivered_by, None),
        ("forum", hit.forum, None),
        ("date", hit.date, None),
        ("place", hit.place, None),
        ("title", hit.title, None),
        ("symbol", hit.document_symbol, None),
        ("spoken_in", hit.original_language, None),
    )
    return [(name, value, more) for name, value, more in every if value]


def _links(visit: Visit, **relations: str | None) -> dict[str, str]:
    links = [
        f'<{visit.asked.up}{quote(path, safe="/~.-_")}>; rel="{relation}"'
        for relation, path in relations.items()
        if path
    ]
    return {"Link": ", ".join(links)}


def _selector(hit: Hit, before: Hit | None, after: Hit | None) -> dict[str, str]:
    """Return what finds the words again in a text (W3C Web Annotation, TextQuoteSelector)."""
    return {
        "type": "TextQuoteSelector",
        "exact": printable(hit.text),
        "prefix": printable(before.text[-_BESIDE:]) if before else "",
        "suffix": printable(after.text[:_BESIDE]) if after else "",
    }


def _quotation(hit: Hit, asked: Asked) -> dict[str, Any]:
    """Describe a paragraph as a quotation (schema.org)."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "identifier": hit.lasting_address,
        "text": hit.text,
        "inLanguage": hit.language,
        "datePublished": hit.date,
        "citation": hit.cite(),
        "isPartOf": {"@type": "CreativeWork", "name": hit.title or hit.forum, "identifier": hit.statement},
    }
    if hit.person:
        said["spokenByCharacter"] = {"@type": "Person", "name": hit.person, "affiliation": hit.speaker}
    elif hit.speaker:
        kind = "Organization" if hit.delegation_code else "Person"
        said["spokenByCharacter"] = {"@type": kind, "name": hit.speaker}
    if asked.base:
        said["url"] = f"{asked.base}/statements/{quote(hit.statement)}/{hit.number}"
    return {name: value for name, value in said.items() if value is not None}


def _in_a_script(value: dict[str, Any]) -> Markup:
    """Write plain data as JSON that no browser can take for the end of its element."""
    written = json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(written)  # nothing that HTML knows is left in it


def _source(hit: Hit, selector: dict[str, str]) -> str | None:
    """Link to the words where they were read, if that is a page of the web (URL fragment text directives)."""
    named = (hit.statement_id, hit.paragraph_id, *hit.sources, hit.source)
    url = next((one for one in named if one and one.startswith(("https://", "http://"))), None)
    if url is None:
        return None
    return f"{printable(url).partition('#')[0]}#:~:text={_directive(selector)}"


def _directive(selector: dict[str, str]) -> str:
    exact = selector["exact"]
    if len(exact) <= _WHOLE_FRAGMENT:
        return _in_a_directive(exact)
    words = exact.split(" ")
    return f"{_in_a_directive(' '.join(words[:6]))},{_in_a_directive(' '.join(words[-6:]))}"


def _in_a_directive(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
