"""Who spoke on something, who spoke and not on it, and who did not speak: `Index.silence`.

Delegations are told apart by their codes in the register, so that one that changed its name is one, and bear
the name of the day. A mention is evidence and not support. What cannot be told is apart: statements of which
the date, the forum or the speaker is not known are nobody's silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whoosh.query import Every, Query

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.errors import QueryError
from onrecord.indexer.numbers import counted
from onrecord.indexer.register import Delegation, delegation_by_code, delegation_named, states_in
from onrecord.search.backend import Backend
from onrecord.search.frames.frame import Frame, fields_of
from onrecord.search.frames.tabular import Tabular
from onrecord.search.language import read_query
from onrecord.search.request import Options, Request
from onrecord.search.research.tables import Column, Table
from onrecord.search.results.presence import GivenStatement

__all__ = ["Among", "Presence", "Silence", "Undetermined", "key_among", "read_among", "silence", "silence_on"]

#: Whose silence is looked at: a kind of speakers, or delegations by code with the groups of each.
Among = str | Mapping[str, Sequence[str]]
_KINDS = ("delegations", "persons")
_FIELDS = ("speaker", "forum", "place", "language")
_STATUS = {"spoke": "spoke on it", "silent": "spoke, not on it", "absent": "did not speak"}


@dataclass(frozen=True, slots=True)
class Presence:
    """One delegation or person: how much it said on something, and where that begins.

    ``status`` is "spoke", "silent" or "absent". ``statements`` and ``paragraphs`` are those on it,
    ``of_statements`` all that it gave. ``first`` is the address of the first paragraph on it, ``statement``
    of the first statement on it, or of the first that is not. ``covered_by`` are groups that it belongs to,
    and on behalf of which a statement on it was given; that is no statement of its own.
    """

    status: str
    name: str
    code: str | None
    statements: int = 0
    of_statements: int = 0
    paragraphs: int = 0
    first: str | None = None
    statement: str | None = None
    covered_by: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Statements of which it cannot be told whether they belong here, for lack of a ``field``.

    ``query`` finds them, written in the place of the filter; it is None where no filter left them out.
    ``matching`` are those that are on it.
    """

    field: str
    statements: tuple[str, ...]
    matching: tuple[str, ...]
    query: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the facts as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Silence(Tabular):
    """Who spoke on something, who spoke and not on it, who did not speak, each by name.

    ``absent`` is empty unless it was asked for. ``groups`` are those on behalf of which statements on it were
    given, and those of a list that gave one themselves. ``others`` are the statements of speakers who are not
    of the kind that was looked at.
    """

    understood: str
    spoke: tuple[Presence, ...]
    silent: tuple[Presence, ...]
    absent: tuple[Presence, ...]
    groups: tuple[str, ...]
    others: tuple[str, ...]
    unknown: tuple[Undetermined, ...]

    def __iter__(self) -> Iterator[Presence]:
        yield from self.spoke
        yield from self.silent
        yield from self.absent

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, ready for JSON."""
        return asdict(self)

    def table(self) -> Table:
        """Return everyone as a table, those who spoke on it first."""
        columns = (
            *(Column("status"), Column("name"), Column("code")),
            *(Column(name, number=True) for name in ("statements", "of_statements", "paragraphs")),
            *(Column("address"), Column("covered_by")),
        )
        rows = (
            (
                *(_STATUS[one.status], one.name, one.code),
                *(one.statements, one.of_statements, one.paragraphs),
                *(one.first or one.statement, ", ".join(one.covered_by) or None),
            )
            for one in self
        )
        return Table(columns, tuple(rows))

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return everyone as plain data, ready for JSON, those who spoke on it first."""
        return [one.as_dict() for one in self]

    def _repr_html_(self) -> str:
        """Show everyone in a notebook."""
        who = f"{len(self.spoke):,} on it, {len(self.silent):,} not on it"
        absent = f", {len(self.absent):,} did not speak" if self.absent else ""
        return self.table().in_a_notebook(caption=f"{who}{absent}, for {self.understood}")

    def _frame(self) -> Frame:
        return Frame.of(self, fields_of(Presence))

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known of the lists, a sentence each."""
        notes = []
        if self.groups:
            notes.append(
                f"Also spoken for on it: {', '.join(self.groups)}; that is no statement of a member."
            )
        for one in self.unknown:
            how_many = counted(len(one.statements), "statement")
            sought = f"; they are found by {one.query}" if one.query else ""
            notes.append(
                f"Apart stand {how_many} whose {one.field} is not known or not precise enough,"
                f" {len(one.matching):,} of them on it{sought}."
            )
        if self.others:
            notes.append(f"{counted(len(self.others), 'statement')} of other speakers not counted.")
        return tuple(notes)


def silence(backend: Backend, text: str | Query, *, among: Among, absent: bool, options: Options) -> Silence:
    """Say who spoke on something and who did not (`Index.silence`)."""
    return silence_on(backend, Request.of(text, **options), among=among, absent=absent)


def silence_on(backend: Backend, request: Request, *, among: Among, absent: bool) -> Silence:
    """Say who spoke on what a request asks for and who did not."""
    if isinstance(among, str) and among not in _KINDS:
        raise QueryError(f'"{among}" is no kind of speakers; write delegations or persons.', query=among)
    question, within, understood = request.read(backend)
    given = sorted(backend.statements(question, within=within, request=request), key=lambda one: one.place)
    wanted = [one for one in given if _key(one, among) is not None]
    nobody = [one for one in given if not (one.code or one.speaker)]
    groups = tuple(_spoken_for(given, among))
    present = _present(wanted, among, groups)
    return Silence(
        understood=understood,
        spoke=tuple(one for one in present if one.status == "spoke"),
        silent=tuple(one for one in present if one.status == "silent"),
        absent=tuple(_absent(present, among, groups, years=_years(request, given))) if absent else (),
        groups=groups,
        others=tuple(one.statement for one in given if one not in nobody and _key(one, among) is None),
        unknown=(
            *([_undetermined("speaker", nobody, None)] if nobody else []),
            *_left_out(backend, request, question, {one.statement for one in given}),
        ),
    )


def read_among(path: Path | str) -> dict[str, tuple[str, ...]]:
    """Read a list of delegations, a line each: its name or code, and behind semicolons the groups it is in.

    Raises `QueryError` for a name that the register does not have.
    """
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} cannot be read; give a list of delegations.", query=str(path)) from error
    listed: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, 1):
        name, *groups = [part.strip() for part in line.split(";")]
        if not name or name.startswith("#"):
            continue
        known = delegation_named(name) or delegation_by_code(name)
        if known is None:
            raise QueryError(
                f'{path}, line {number}: the register has no delegation "{name}"; write it as a search does.',
                query=name,
            )
        listed[known.code] = tuple(filter(None, groups))
    return listed


def key_among(code: str | None, speaker: str | None, among: Among) -> str | None:
    """Return what tells a speaker of the kind that is looked at from others; None of another kind."""
    if among == "persons":
        return None if code else speaker
    if isinstance(among, str):
        return code
    return code if code in among else None


def _key(one: GivenStatement, among: Among) -> str | None:
    return key_among(one.code, one.speaker, among)


def _present(given: Sequence[GivenStatement], among: Among, groups: Iterable[str]) -> list[Presence]:
    """Put the statements of each together, in the order of names."""
    of_each: dict[str, list[GivenStatement]] = {}
    for one in given:
        of_each.setdefault(str(_key(one, among)), []).append(one)
    present = [_presence(statements, among, groups) for statements in of_each.values()]
    return sorted(present, key=lambda one: one.name)


def _presence(statements: Sequence[GivenStatement], among: Among, groups: Iterable[str]) -> Presence:
    on_it = [one for one in statements if one.paragraphs]
    first, last = (on_it or statements)[0], statements[-1]
    return Presence(
        status="spoke" if on_it else "silent",
        name=last.speaker or last.code or "",
        code=last.code,
        statements=len(on_it),
        of_statements=len(statements),
        paragraphs=sum(one.paragraphs for one in on_it),
        first=first.address,
        statement=first.statement,
        covered_by=() if on_it else _covering(last.code, among, groups),
    )


def _spoken_for(given: Iterable[GivenStatement], among: Among) -> dict[str, None]:
    """Return for whom it was spoken: statements are given on behalf of a group, or by the group itself."""
    listed = () if isinstance(among, str) else (group for groups in among.values() for group in groups)
    named = {_same_group(group) for group in listed}
    found: dict[str, None] = {}
    for one in given:
        if one.paragraphs and one.on_behalf_of:
            found[one.on_behalf_of] = None
        if one.paragraphs and one.speaker and named & {one.code, one.speaker.casefold()}:
            found[one.speaker] = None
    return found


def _covering(code: str | None, among: Among, groups: Iterable[str]) -> tuple[str, ...]:
    """Return the groups that a delegation is in, and that were spoken for."""
    if isinstance(among, str) or code is None:
        return ()
    own = {_same_group(group) for group in among[code]}
    return tuple(group for group in groups if _same_group(group) in own)


def _same_group(name: str) -> str:
    known = delegation_named(name)
    return known.code if known else name.casefold()


def _absent(
    present: Iterable[Presence], among: Among, groups: Iterable[str], *, years: range
) -> Iterator[Presence]:
    """Yield those of whom there is no statement, in the order of names."""
    if among == "persons":
        return
    there = {one.code for one in present}
    named = {fold(one.name) for one in present}
    expected: dict[str, Delegation | None] = {}
    if isinstance(among, str):
        for year in years:
            expected |= {state.code: state for state in states_in(year)}
    else:
        expected = {code: delegation_by_code(code, year=years[-1] if years else None) for code in among}
    missing = [
        Presence("absent", one.name if one else code, code, covered_by=_covering(code, among, groups))
        for code, one in expected.items()
        if code not in there and not (one and fold(one.name) in named)
    ]
    yield from sorted(missing, key=lambda one: one.name)


def _years(request: Request, given: Sequence[GivenStatement]) -> range:
    """Return the years that a question is put to: of its bounds, else of the statements that are there."""
    dates = [PartialDate.parse(one.date) for one in given if one.date]
    first = (
        PartialDate.parse(request.since).year if request.since else min((d.year for d in dates), default=1)
    )
    last = (
        PartialDate.parse(request.until).last.year
        if request.until
        else max((date.last.year for date in dates), default=first)
    )
    return range(first, last + 1) if dates or (request.since and request.until) else range(0)


def _left_out(backend: Backend, request: Request, question: Query, given: set[str]) -> Iterator[Undetermined]:
    """Yield what each filter leaves out because it is not known, whatever it is about."""
    everything = request._replace(text=Every(), limit=0)
    _, within, _ = everything.read(backend)
    if within is None:
        return
    answer = backend.answer(Every(), within=within, request=everything)
    for lacking in answer.unknown():
        dated = lacking.filter in ("date", "day")
        freed = {"since": None, "until": None} if dated else {lacking.filter: ()}
        rest = request._replace(**freed)
        _, others, _ = rest.read(backend)
        field = read_query(lacking.query, lexicon=backend.lexicon).query
        narrowed = field if others is None else _both(field, others)
        left_out = [
            one
            for one in backend.statements(question, within=narrowed, request=request)
            if one.statement not in given
        ]
        if left_out:
            yield _undetermined("date" if dated else lacking.filter, left_out, lacking.query)


def _both(one: Query, other: Query) -> Query:
    from whoosh.query import And

    return And([one, other])


def _undetermined(field: str, statements: Sequence[GivenStatement], query: str | None) -> Undetermined:
    in_order = sorted(statements, key=lambda one: one.place)
    matching = tuple(one.statement for one in in_order if one.paragraphs)
    return Undetermined(field, tuple(one.statement for one in in_order), matching, query)
