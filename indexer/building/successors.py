"""Successors: what becomes of each address that an update gives up.

At the end of an update the statements that were deleted are matched with those that were written: one whose
file was renamed, moved, corrected or edited has a successor, and its address goes on leading there. What has
none is remembered as gone, with a hash of its words, and is known again when they come back.

Equal words are the best witness, in the same file first; but "Thank you." is said a hundred times a day. So
between different files a short text counts only where speaker, forum and date are the same too, as far as
an address says them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from types import MappingProxyType

import numpy as np

from onrecord.indexer.address import readable_part
from onrecord.indexer.errors import IndexDamaged
from onrecord.indexer.fingerprint import fingerprint, words_hash, words_of
from onrecord.indexer.segments.layout import SHORTEST_SKETCHED
from onrecord.indexer.segments.records import StatementRecord
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.store.former_addresses import Former, FormerAddresses, KnownAddress
from onrecord.indexer.store.store import StoreWriter

__all__ = ["addresses_after"]


def addresses_after(
    writer: StoreWriter, *, moved: Mapping[str, str], brought: Sequence[KnownAddress] = ()
) -> FormerAddresses | None:
    """Return the former addresses after what a writer has done; None where they are as before.

    ``moved`` has the keys of files that were found again elsewhere by those that they had, ``brought`` are
    the addresses that another index gave. What a rebuild cannot read of the index that stood has none.
    """
    gone = [_Statement(segment, number) for segment, numbers in writer.given_up() for number in numbers]
    if not (gone or brought or writer.previous.generation.addresses):
        return None
    before = writer.former_addresses()
    written = _Statements(writer.standing(written=True), moved)
    found = _found(gone, written, writer)
    after = _with_found(before, found, number=writer.number)
    after = _with_returned(after, written, {new for _, new in found if new}, number=writer.number)
    if brought:
        every = _Statements([*writer.standing(written=True), *writer.standing(written=False)])
        after = _with_brought(after, brought, every, number=writer.number)
    return None if after == before else after


class _Statement:
    """A statement of a segment, and what it is known again by."""

    def __init__(self, segment: Segment, number: int) -> None:
        self.segment = segment
        self.number = number

    @cached_property
    def slug(self) -> str:
        return self.segment.statements.slug(self.number).decode()

    @property
    def digest(self) -> bytes:
        """What is equal where words and facts are."""
        return bytes(self.segment.statements.digests[self.number])

    @cached_property
    def record(self) -> StatementRecord:
        return self.segment.statements.record(self.number)

    @cached_property
    def source(self) -> int:
        """The number of its file in the segment, counted from 1."""
        return int(self.segment.sources.of_statements[self.number])

    @cached_property
    def key(self) -> str:
        return self.segment.sources.keys[self.source - 1].decode() if self.source else ""

    @cached_property
    def content_hash(self) -> str:
        return self.segment.sources.record(self.source - 1).content_hash if self.source else ""

    @cached_property
    def texts(self) -> list[str]:
        paragraphs = self.segment.statements.paragraphs(self.number)
        return [self.segment.paragraphs.text(paragraph) for paragraph in paragraphs]

    @cached_property
    def words(self) -> str:
        return words_hash(self.texts)

    @property
    def is_long(self) -> bool:
        """Whether nobody else says the same by chance: it has the words that a sketch takes."""
        return int(self.segment.statements.lengths[self.number]) >= SHORTEST_SKETCHED

    def says_what(self, other: _Statement) -> bool:
        """Tell whether two statements have the same words."""
        return self.digest == other.digest or self.words == other.words

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for text in self.texts for word in words_of(text))

    def is_akin_to(self, other: _Statement) -> bool:
        """Tell whether half of the different words of either are in both: one may be the other, edited."""
        one, another = self._vocabulary, other._vocabulary
        return 2 * len(one & another) >= min(len(one), len(another))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Statement) and self.slug == other.slug and self.segment is other.segment

    def __hash__(self) -> int:
        return hash(self.slug)


class _Statements:
    """The live statements of some segments; ``moved`` says where files lie now, by their keys before."""

    def __init__(self, segments: Sequence[Segment], moved: Mapping[str, str] = MappingProxyType({})) -> None:
        self._segments = segments
        self._moved = moved

    def __iter__(self) -> Iterator[_Statement]:
        for segment in self._segments:
            for number in segment.statements.live.nonzero()[0].tolist():
                yield _Statement(segment, number)

    def named(self, slug: str) -> _Statement | None:
        for segment in self._segments:
            number = segment.statements.named(slug)
            if number is not None:
                return _Statement(segment, number)
        return None

    def of_file(self, key: str) -> list[_Statement]:
        """Return the statements of a file, which may lie elsewhere now."""
        now = self._moved.get(key, key)
        return [
            _Statement(segment, number)
            for segment in self._segments
            for number in segment.sources.statements(now)
        ]

    def holding(self, content_hash: str) -> list[_Statement]:
        """Return the statements of a file that holds the same."""
        return self.of_file(self._keys[content_hash]) if content_hash in self._keys else []

    def by_digest(self, digests: Iterable[bytes]) -> dict[bytes, _Statement]:
        """Find statements of which words and facts are known."""
        wanted = set(digests)
        found: dict[bytes, _Statement] = {}
        for segment in self._segments if wanted else ():
            # The first eight bytes of each as a number: all are compared at once, and the few that fit whole.
            rows = np.ascontiguousarray(segment.statements.digests)
            begins = np.frombuffer(b"".join(digest[:8] for digest in wanted), np.uint64)
            fits = np.isin(rows[:, :8].copy().view(np.uint64).ravel(), begins) & segment.statements.live
            for number in np.flatnonzero(fits).tolist():
                if (row := bytes(rows[number])) in wanted:
                    found.setdefault(row, _Statement(segment, number))
        return found

    @cached_property
    def _keys(self) -> dict[str, str]:
        keys: dict[str, str] = {}
        for segment in self._segments:
            for key in segment.sources.live_keys():
                record = segment.sources.find(key)
                if record is not None:
                    keys.setdefault(record.content_hash, key)
        return keys


Found = list[tuple[_Statement, _Statement | None]]


def _found(gone: Sequence[_Statement], written: _Statements, writer: StoreWriter) -> Found:
    """Find the successors; a rebuild goes on without those of segments that are damaged."""

    def stood() -> _Statements:
        return _Statements(writer.standing(written=False))

    try:
        return _matched(gone, written, stood)
    except IndexDamaged:
        if not writer.fresh:
            raise
    segments = {one.segment for one in gone}
    damaged = {segment for segment in segments if any(segment.container.verify())}
    with suppress(IndexDamaged):
        return _matched([one for one in gone if one.segment not in damaged], written, stood)
    return []


def _matched(gone: Sequence[_Statement], written: _Statements, stood: Callable[[], _Statements]) -> Found:
    """Find the successor of each statement that was deleted, None where it has none."""
    found: Found = []
    left = []
    for old in gone:
        new = written.named(old.slug)
        if new is not None and old.says_what(new):
            found.append((old, new))
        else:
            left.append(old)
    if not left:
        return found
    taken = {new for _, new in found if new is not None}
    for match in (_in_their_files, _by_whole_file, _by_words, _in_its_place, _by_slug, _by_paragraphs):
        some = match(left, written, taken)
        found += some.items()
        taken.update(some.values())
        left = [old for old in left if old not in some]
    for stand in (written, stood()) if left else ():
        copies = stand.by_digest(old.digest for old in left)
        found += [(old, copies[old.digest]) for old in left if old.digest in copies]
        left = [old for old in left if old.digest not in copies]
    return [*found, *((old, None) for old in left)]


Matches = dict[_Statement, _Statement]


def _in_their_files(left: Sequence[_Statement], written: _Statements, taken: set[_Statement]) -> Matches:
    """Match by words with what the file of each statement holds now, or a file that holds what it held."""
    found: Matches = {}
    for key, olds in _by_file(left).items():
        news = [*written.of_file(key), *written.holding(olds[0].content_hash)]
        said = _said(news)
        free = {new for new in news if new not in taken}
        for old in olds:
            alike = said.get(old.words, [])
            if alike:
                # What is said twice is matched in its order, and what is left of two leads to the one.
                found[old] = next((new for new in alike if new in free), alike[0])
                free.discard(found[old])
    return found


def _in_its_place(left: Sequence[_Statement], written: _Statements, taken: set[_Statement]) -> Matches:
    """Match with what its file says now: by the identifier of the source, by address, by place.

    A text that has nothing in common with the one before is no edit of it.
    """
    found: Matches = {}
    for key, olds in _by_file(left).items():
        news = written.of_file(key)
        free = {new for new in news if new not in taken}
        slugs = {new.slug: new for new in news}
        ids = {new.record.source_id: new for new in news if new.record.source_id}
        places = _places(olds, news)
        for candidates in (
            {old: ids.get(old.record.source_id or "") for old in olds},
            {old: _akin(old, slugs.get(old.slug)) for old in olds},
            {old: _akin(old, places.get(old)) for old in olds},
        ):
            for old, candidate in candidates.items():
                if candidate is not None and old not in found and candidate in free:
                    found[old] = candidate
                    free.discard(candidate)
    return found


def _akin(old: _Statement, new: _Statement | None) -> _Statement | None:
    return new if new is not None and old.is_akin_to(new) else None


def _by_file(statements: Sequence[_Statement]) -> dict[str, list[_Statement]]:
    files: defaultdict[str, list[_Statement]] = defaultdict(list)
    for statement in statements:
        files[statement.key].append(statement)
    return files


def _places(olds: Sequence[_Statement], news: Sequence[_Statement]) -> Matches:
    """Match by place in the file, where it has as many statements as before."""
    if not olds:
        return {}
    numbers = _numbers(olds[0])
    if len(numbers) != len(news):
        return {}
    return {old: news[numbers.index(old.number)] for old in olds}


def _numbers(statement: _Statement) -> list[int]:
    """Return the numbers of all statements of a statement's file."""
    sources: list[int] = (statement.segment.sources.of_statements == statement.source).nonzero()[0].tolist()
    return sources


def _by_words(left: Sequence[_Statement], written: _Statements, taken: set[_Statement]) -> Matches:
    """Match with what says the same in any file."""
    said = _said(new for new in written if new not in taken) if left else {}
    found: Matches = {}
    for old in left:
        new = _chosen(old.slug, said.get(old.words, ()))
        if new is not None:
            found[old] = new
    return found


def _by_whole_file(left: Sequence[_Statement], written: _Statements, taken: set[_Statement]) -> Matches:
    """Match the statements of a file with those of the one file that says the same throughout.

    That is a file that was renamed and lost a correction by that: in some fact at least the two agree.
    """
    saying: defaultdict[tuple[str, ...], list[list[_Statement]]] = defaultdict(list)
    if left:
        for news in _by_file([new for new in written if new not in taken]).values():
            saying[tuple(new.words for new in news)].append(news)
    found: Matches = {}
    for olds in _by_file(left).values() if saying else ():
        alike = saying.get(tuple(old.words for old in olds), [])
        if len(alike) == 1 and len(_numbers(olds[0])) == len(olds):
            found |= {old: new for old, new in zip(olds, alike[0], strict=True) if _agree(old, new)}
    return found


def _agree(old: _Statement, new: _Statement) -> bool:
    """Tell whether two statements have a speaker, a forum or a date in common."""
    facts = ((getattr(old.record, name), getattr(new.record, name)) for name in ("speaker", "forum", "date"))
    return any(before is not None and before == after for before, after in facts)


def _by_slug(left: Sequence[_Statement], written: _Statements, taken: set[_Statement]) -> Matches:
    """Match with what has the address in another file, and much of the text."""
    new_of = {old: new for old in left if (new := _akin(old, written.named(old.slug))) is not None}
    return {old: new for old, new in new_of.items() if new not in taken}


def _by_paragraphs(left: Sequence[_Statement], written: _Statements, taken: set[_Statement]) -> Matches:
    """Match with what shares half of its words at least, paragraph by paragraph."""
    shared: defaultdict[str, list[_Statement]] = defaultdict(list)
    for new in written if left else ():
        if new not in taken:
            for words in {*map(fingerprint, new.texts)}:
                shared[words].append(new)
    found: Matches = {}
    for old in left if shared else ():
        common: Counter[_Statement] = Counter()
        for text in old.texts:
            for new in shared.get(fingerprint(text), ()):
                common[new] += len(text)
        whole = sum(map(len, old.texts))
        chosen = _chosen(old.slug, [new for new, size in common.most_common() if 2 * size >= whole])
        if chosen is not None:
            found[old] = chosen
    return found


def _said(statements: Iterable[_Statement]) -> dict[str, list[_Statement]]:
    said: defaultdict[str, list[_Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.words].append(statement)
    return said


def _chosen(slug: str, alike: Sequence[_Statement]) -> _Statement | None:
    """Choose among statements of other files: of short ones only one with the same facts is the same."""
    same = [new for new in alike if readable_part(new.slug) == readable_part(slug)]
    return next(iter([*same, *(new for new in alike if new.is_long)]), None)


def _with_found(before: FormerAddresses, found: Found, *, number: int) -> FormerAddresses:
    """Add what became of the statements that were deleted."""
    ends: list[Former] = []
    edited = dict(before.edited)
    for old, _ in found:
        edited.pop(old.slug, None)
    for old, new in found:
        last_edit = before.edited.get(old.slug, 0)
        if new is None:
            ends.append(Former(old.slug, None, old.key, number, old.words, last_edit))
            continue
        if new.slug != old.slug:
            ends.append(Former(old.slug, new.slug, old.key, number))
        if not old.says_what(new):
            edited[new.slug] = number
        elif last_edit:
            edited.setdefault(new.slug, last_edit)
    return before.with_ends(ends, edited)


def _with_returned(
    after: FormerAddresses, written: _Statements, taken: set[_Statement], *, number: int
) -> FormerAddresses:
    """Let what was gone lead to what was written, where its words are there again."""
    if all(one.now is not None for one in after.former):
        return after
    said = _said(new for new in written if new not in taken)
    ends: dict[Former, Former] = {}
    edited = dict(after.edited)
    for one in after.former:
        new = None if one.now is not None else _chosen(one.slug, said.get(one.words, ()))
        if new is not None:
            ends[one] = Former(one.slug, new.slug, one.source, number)
            if one.edited:
                edited.setdefault(new.slug, one.edited)
    if not ends:
        return after
    still = FormerAddresses(tuple(one for one in after.former if one not in ends), edited)
    return still.with_ends(ends.values(), edited)


def _with_brought(
    after: FormerAddresses, brought: Sequence[KnownAddress], every: _Statements, *, number: int
) -> FormerAddresses:
    """Add the addresses that another index gave: each leads to its words, or is known to be gone."""
    said = _said(every)
    edited = dict(after.edited)
    live = {one.address: one for one in brought if one.now == one.address}
    ends: list[Former] = []
    for one in brought:
        origin = live.get(one.now, one) if one.now else one
        new = _chosen(one.now or one.address, said.get(origin.words, ()))
        standing = every.named(one.now) if one.now else None
        if standing is not None and (new is None or standing.words == origin.words):
            new = standing
        if new is None:
            ends.append(Former(one.address, None, one.source, 0, origin.words, origin.edited or 0))
            continue
        if origin.edited or (origin.words and new.words != origin.words):
            edited.setdefault(new.slug, number)
        known = [after.last(end).now for end in after.of(one.address)]
        if new.slug not in (one.address, *known):
            ends.append(Former(one.address, new.slug, one.source, number))
    return after.with_ends(dict.fromkeys(ends), edited)
