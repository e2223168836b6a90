"""A brief made of an index: `Index.brief`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from pathlib import Path

from whoosh.query import Query

from onrecord.indexer.analysis.words import words
from onrecord.indexer.roles import Role
from onrecord.search.backend import Backend
from onrecord.search.brief.brief import Brief
from onrecord.search.brief.commands import command, filters_of
from onrecord.search.brief.quoting import quotable
from onrecord.search.brief.values import Made, Quotation, TopicBrief
from onrecord.search.exports.formats import Format
from onrecord.search.exports.versions import versions_of
from onrecord.search.language import Mode
from onrecord.search.request import Options, Request, Sort, checked_number
from onrecord.search.research.counts.cells import narrowed
from onrecord.search.research.counts.counting import Questions, requests_of, typed_beside
from onrecord.search.research.silence import Among, Presence, Silence, key_among, silence_on
from onrecord.search.research.topics import Topic, name_of_topics, read_topics
from onrecord.search.research.verification.verify import Verifier
from onrecord.search.results.hits import Hit
from onrecord.search.results.keys import asked_by_code, asked_by_name
from onrecord.search.results.tally import Key

__all__ = ["brief"]

_TITLE = "Brief"
# What of a question says nothing to a brief.
_OF_THE_PAGE = ("sort", "limit", "offset", "context")
# The role of a note, which nobody spoke: it is found and counted, and not quoted as someone's words.
_NOTE = Role.NOTE.value
# Paragraphs of a speaker among which those are looked for that can be quoted, for each that is wanted.
_TRIED = 8


def brief(
    backend: Backend,
    topics: Path | str | Mapping[str, str | Query | Topic],
    *,
    silence: bool,
    absent: bool,
    quotes: int,
    among: Among,
    options: Options,
) -> Brief:
    """Make a brief (`Index.brief`)."""
    named = name_of_topics(topics) if isinstance(topics, Path | str) else None
    questions: Questions = read_topics(topics) if isinstance(topics, Path | str) else topics
    wanted = checked_number("quotes", quotes)
    made = []
    requests = requests_of(questions, options)
    for name, request in requests.items():
        made.append(_topic(backend, str(name), request, absent=absent, quotes=wanted, among=among))
    asked = Request.of("", **options)
    flags = [*(["--silence"] if silence else []), *(["--absent"] if absent else [])]
    told = named is not None and isinstance(among, str)
    mode = [] if asked.mode is Mode.NORMAL else ["--mode", asked.mode.value]
    kind = ["--among", str(among)] if among != "delegations" else []
    again = [
        "onrecord",
        "brief",
        str(named),
        *filters_of(asked),
        *mode,
        *kind,
        *flags,
        "--quotes",
        str(wanted),
    ]
    return Brief(
        title=f"{_TITLE}: {Path(named).stem}" if named else _TITLE,
        topics=tuple(made),
        made=Made(
            command=shlex.join(again) if told else None,
            filters=_filters(asked),
            silence=silence,
            absent=absent,
            quotes=wanted,
            versions=versions_of(backend, Format.MD),
            fingerprint=backend.fingerprint(),
        ),
    )


def _filters(asked: Request) -> dict[str, object]:
    """Return the options that are not as they are by themselves."""
    usual = Request("").as_dict()
    given = asked.as_dict()
    return {name: given[name] for name in usual if name not in _OF_THE_PAGE and given[name] != usual[name]}


def _topic(
    backend: Backend, name: str, request: Request, *, absent: bool, quotes: int, among: Among
) -> TopicBrief:
    request = request._replace(sort=Sort.ADDRESS, limit=None, offset=0, context=0)
    question, within, understood = request.read(backend)
    silence = silence_on(backend, request, among=among, absent=absent)
    tally = backend.tally(question, within=within, request=request, by=(Key.YEAR,))
    quotations, not_quoted = _quotations(backend, request, silence, among, quotes) if quotes else ((), ())
    fields = {
        one.code or one.name: asked_by_code(one.code) if one.code else asked_by_name(one.name)
        for one in silence
    }
    typed = typed_beside(request, question, backend)
    return TopicBrief(
        name=name,
        query=None if isinstance(request.text, Query) else request.text,
        mode=request.mode.value,
        understood=understood,
        paragraphs=int(tally.whole_found.paragraphs[0]),
        statements=int(tally.whole_found.statements[0]),
        of_paragraphs=int(tally.whole_among.paragraphs[0]),
        of_statements=int(tally.whole_among.statements[0]),
        silence=silence,
        quotations=tuple(quotations),
        not_quoted=tuple(not_quoted),
        found_by=_commands(request, absent=absent, among=among),
        fields=fields,
        narrowed={} if typed is None else {key: narrowed(typed, [field]) for key, field in fields.items()},
    )


def _commands(request: Request, *, absent: bool, among: Among) -> dict[str, str]:
    """Return the commands behind the figures, as far as a shell can ask them."""
    more = [*(["--absent"] if absent else []), *(["--among", among] if among == "persons" else [])]
    written = {
        "search": command("search", request),
        "count": command("count", request),
        "silence": command("silence", request, *more) if isinstance(among, str) else None,
    }
    return {name: text for name, text in written.items() if text is not None}


def _quotations(
    backend: Backend, request: Request, silence: Silence, among: Among, quotes: int
) -> tuple[Sequence[Quotation], Sequence[str]]:
    """Quote each speaker, and name those of whom no sentence can be quoted."""
    verifier = Verifier(backend.spoken, lambda address: backend.show(address, context=0))
    told = _most_telling(backend, request, among, most=_TRIED * quotes)
    quotations: list[Quotation] = []
    not_quoted: list[str] = []
    for one in silence.spoke:
        own = list(_of_speaker(one, told.get(one.code or one.name, ()), verifier, quotes))
        quotations += own
        if not own:
            not_quoted.append(str(one.first))
    return quotations, not_quoted


def _most_telling(backend: Backend, request: Request, among: Among, *, most: int) -> dict[str, list[Hit]]:
    """Return of each speaker the paragraphs in which most was found; of those with as much the earliest.

    That hangs on the texts alone: a score hangs on the history of an index too.
    """
    question, within, _ = request.read(backend)
    of_each: dict[str, list[Hit]] = {}
    for hit in backend.answer(question, within=within, request=request).stream():
        key = key_among(hit.delegation_code, hit.speaker, among)
        if key is None or hit.role == _NOTE:
            continue
        own = of_each.setdefault(key, [])
        own.append(hit)
        if len(own) > 2 * most:
            own[:] = nsmallest(most, own, key=_telling)
    return {key: nsmallest(most, own, key=_telling) for key, own in of_each.items()}


def _telling(hit: Hit) -> tuple[int, int, str, str, int]:
    found = {hit.text[begin:end].casefold() for begin, end in hit.highlights}
    return -len(found), -len(hit.highlights), hit.date or "9999", hit.statement, hit.number


def _of_speaker(one: Presence, hits: Sequence[Hit], verifier: Verifier, quotes: int) -> list[Quotation]:
    """Quote a speaker, each time from another paragraph and in other words, in the order of dates."""
    found: dict[tuple[str, ...], tuple[Hit, str]] = {}
    for hit in hits:
        if len(found) == quotes:
            break
        text = quotable(hit, verifier)
        if text is not None:
            found.setdefault(tuple(words(text)), (hit, text))
    in_order = sorted(found.values(), key=lambda pair: _telling(pair[0])[2:])
    return [
        Quotation(
            speaker=one.name,
            code=one.code,
            text=text,
            address=hit.lasting_address,
            citation=hit.cite(),
            language=hit.language,
            recognised=hit.recognised,
        )
        for hit, text in in_order
    ]
