"""`/statements`: a whole statement, and one paragraph of it, with what a citation needs."""

from __future__ import annotations

from onrecord.search.results.hits import Hit
from onrecord.search.results.passage import Passage
from onrecord.search.web.answers import ParagraphAnswer, StatementAnswer
from onrecord.search.web.hit_answers import facts_of_statement, hit_answer, hit_answers, paragraph_url
from onrecord.search.web.parameters import Kind, Parameter
from onrecord.search.web.resource import JSON, Asked, Form, Reply, Resource, in_json
from onrecord.search.web.view import View

__all__ = ["PARAGRAPH", "STATEMENT", "passage_of"]

_TEXT = "text/plain; charset=utf-8"
_NEIGHBOURS_AT_MOST = 50


def passage_of(view: View, asked: Asked) -> Passage:
    """Return the statement or the paragraph that a path names (`AddressError`)."""
    slug, number = asked.path["slug"], asked.path.get("number")
    if number is None:
        return view.index.show(slug)
    return view.index.show(f"{slug}#{number}", context=asked.values.get("context", 0))


def _statement(view: View, asked: Asked) -> Reply:
    passage = passage_of(view, asked)
    first = passage[0]
    answer = StatementAnswer(
        address=passage.address,
        note=passage.note,
        words_found=passage.words_found,
        generation=view.generation,
        also_as=list(first.also_as),
        facts=facts_of_statement(first),
        paragraphs=hit_answers(passage, asked.up),
    )
    return in_json(answer, headers=_links(asked, canonical=f"statements/{first.statement}"))


def _text(view: View, asked: Asked) -> Reply:
    """Write the citation and the words, paragraphs parted by an empty line."""
    passage = passage_of(view, asked)
    whole = asked.path.get("number") is None
    cited = view.index.cite(passage[0].statement if whole else passage.address)
    parts = [cited, *(hit.text for hit in passage)]
    return Reply("\n\n".join(parts).encode() + b"\n", _TEXT)


def _paragraph(view: View, asked: Asked) -> Reply:
    passage = passage_of(view, asked)
    hit = cited_of(passage)
    before, after = neighbours_of(view, hit)
    answer = ParagraphAnswer(
        address=hit.address,
        note=passage.note,
        words_found=passage.words_found,
        generation=view.generation,
        citation=hit.cite(base_url=asked.base and f"{asked.base}/statements"),
        previous=_url(before, asked.up),
        next=_url(after, asked.up),
        paragraph=hit_answer(hit, asked.up)
        | {
            "before": hit_answers([one for one in passage if one.number < hit.number], asked.up),
            "after": hit_answers([one for one in passage if one.number > hit.number], asked.up),
        },
    )
    links = {
        "canonical": paragraph_url(hit, ""),
        "cite-as": f"statements/{hit.statement}/{hit.number}~{hit.fingerprint}",
        "up": f"statements/{hit.statement}",
        "prev": _url(before, ""),
        "next": _url(after, ""),
    }
    return in_json(answer, headers=_links(asked, **links))


def cited_of(passage: Passage) -> Hit:
    """Return the paragraph that a passage was asked for, among its neighbours."""
    return next(hit for hit in passage if hit.address == passage.address)


def neighbours_of(view: View, hit: Hit) -> tuple[Hit | None, Hit | None]:
    """Return the paragraphs before and behind one."""
    around = view.index.show(hit.address, context=1)
    before = next((one for one in around if one.number < hit.number), None)
    return before, next((one for one in around if one.number > hit.number), None)


def _url(hit: Hit | None, up: str) -> str | None:
    return None if hit is None else paragraph_url(hit, up)


def _links(asked: Asked, **relations: str | None) -> dict[str, str]:
    """Write where an answer leads, as a header (RFC 8288)."""
    links = [f'<{asked.up}{url}>; rel="{relation}"' for relation, url in relations.items() if url]
    return {"Link": ", ".join(links)}


_NAMED = {"slug": "the address of a statement, whole, or its last letters"}
STATEMENT = Resource(
    "statement",
    "/statements/{slug}",
    "Read a whole statement.",
    (Form("json", JSON, _statement, StatementAnswer), Form("txt", _TEXT, _text)),
    path_parameters=_NAMED,
)
PARAGRAPH = Resource(
    "paragraph",
    "/statements/{slug}/{number}",
    "Read a paragraph.",
    (Form("json", JSON, _paragraph, ParagraphAnswer), Form("txt", _TEXT, _text)),
    (Parameter("context", "neighbours on each side", Kind.NUMBER, most=_NEIGHBOURS_AT_MOST, default=0),),
    path_parameters={
        **_NAMED,
        "number": "the place of the paragraph, counted from 1; ~ and the fingerprint of its words may follow",
    },
)
