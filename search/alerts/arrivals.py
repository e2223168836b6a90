"""What a saved search finds today, set against what was delivered of it.

Statements that say what they said and are found as they were are passed over unread: their digests tell. Of
the others the paragraphs found are read, and paired with those that were delivered: first by the same words,
in the statement that has the address today or has come out of the one that had it; then by words that are
much alike; then by the number. What is found and in no pair is new, whenever it arrived and whenever it was
said. So a rebuild, a moved folder, a renamed file or a copy that takes the place of another is no news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from onrecord.search.alerts.ledger import Delivered, Ledger, Paragraphs, hash_of
from onrecord.search.alerts.news import Changed, News, Withdrawn
from onrecord.search.alerts.saved_searches import Saved
from onrecord.search.alerts.word_difference import alike, words_in
from onrecord.search.index import Index
from onrecord.search.results.hits import Answer, Hit

__all__ = ["news"]

# The part of their words that two versions of a paragraph have in common, wherever they stand.
_ALIKE = 0.5
# Numbers that lie further apart are not compared: a record of a thousand paragraphs may change as a whole.
_FAR = 100


def news(index: Index, saved: Saved, ledger: Ledger, *, today: date | None = None) -> News:
    """Return what is new, changed or withdrawn of a saved search; the ledger stays as it is.

    ``News.delivered`` is what goes into the ledger once all of it was delivered
    (`Ledger.with_delivered`). ``today`` is the day from which relative dates count. Raises `QueryError` or
    `DateError` for a question that cannot be meant.
    """
    return _Comparison(index, saved, ledger.of(saved.name), today or date.today()).news()


@dataclass(slots=True)
class _Former:
    """A paragraph that was delivered and is not known to stand as it did."""

    slug: str
    number: int
    text: str
    stands_in: tuple[str, ...] = ()  #: the statements in which it is looked for

    @property
    def address(self) -> str:
        return f"{self.slug}#{self.number}"


@dataclass(slots=True)
class _Outcome:
    """What has been found out so far: ``whole`` are statements that stand as they were, ``texts`` others."""

    changed: list[Changed] = field(default_factory=list)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    whole: dict[str, Paragraphs] = field(default_factory=dict)
    texts: defaultdict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    digests: dict[str, bytes] = field(default_factory=dict)

    def keep(self, slug: str, number: int, text: str, digest: bytes) -> None:
        """Count a paragraph as delivered."""
        if slug in self.whole:
            self.texts[slug].update(self.whole.pop(slug).texts)
        self.texts[slug][number] = text
        self.digests[slug] = digest

    def held(self, slug: str) -> Mapping[int, str]:
        """Return what counts as delivered of a statement."""
        return self.whole[slug].texts if slug in self.whole else self.texts.get(slug, {})

    def statements(self) -> dict[str, Paragraphs]:
        """Return all that counts as delivered."""
        others = {slug: Paragraphs(self.digests[slug], texts) for slug, texts in self.texts.items()}
        return dict(sorted((self.whole | others).items()))


class _Comparison:
    """One saved search, today and when it was last delivered."""

    def __init__(self, index: Index, saved: Saved, former: Delivered | None, today: date) -> None:
        self._index = index
        self._saved = saved
        self._first = former is None
        self._question = {name: value for name, value in saved.as_dict().items() if name != "name"}
        self._former = former or Delivered(self._question)
        self._other_question = _asked(self._former.question) != _asked(self._question)
        request = saved.request(today)
        self._results = index.ask(request._replace(fold=False))
        self._answer: Answer = self._results.answer
        self._found = {one.slug: one for one in self._answer.standing()}
        # What a date that moves has left behind is no news: it stands where it stood.
        self._lasting = self._found
        if saved.moves and self._former.statements:
            lasting = index.ask(saved.unmoving(today)._replace(fold=False)).answer
            self._lasting = {one.slug: one for one in lasting.standing()}
        self._folded = index.ask(request).answer if request.fold else None
        self._outcome = _Outcome(before=dict(self._former.before))
        self._whole: dict[str, tuple[Hit, ...]] = {}
        self._owners: dict[str, str] = {}

    def news(self) -> News:
        lost = self._carry_what_stands()
        open_hits = self._open_hits()
        lost = self._carry_same_words(lost, open_hits)
        if lost:
            self._tell_what_became_of(lost, open_hits)
        new = self._not_folded([hit for hits in open_hits.values() for hit in hits])
        for hit in new:
            self._deliver(hit)
        outcome = self._outcome
        return News(
            saved=self._saved,
            understood=self._results.understood,
            total=self._results.total if self._folded is None else self._folded.total,
            new=tuple(sorted(new, key=_place)),
            changed=tuple(sorted(outcome.changed, key=lambda one: _place(one.hit))),
            withdrawn=tuple(sorted(outcome.withdrawn, key=lambda one: _parted(one.address))),
            delivered=Delivered(self._question, outcome.statements(), outcome.before),
            first=self._first,
            other_question=self._other_question,
        )

    def _carry_what_stands(self) -> list[_Former]:
        """Take over the paragraphs of statements that say what they said; return the rest."""
        lost = []
        for slug, held in self._former.statements.items():
            standing = self._lasting.get(slug)
            if standing is not None and standing.digest and standing.digest == held.digest:
                stays = held.texts.keys() & set(standing.numbers)
                if len(stays) == len(held.texts):
                    self._outcome.whole[slug] = held
                    continue
            else:
                stays = set()
            for number, text in held.texts.items():
                if number in stays:
                    self._outcome.keep(slug, number, text, held.digest)
                else:
                    lost.append(_Former(slug, number, text))
        return lost

    def _open_hits(self) -> dict[str, list[Hit]]:
        """Read what is found and not taken over yet, by statement; nothing of statements without it."""
        wanted = {
            slug: numbers
            for slug, one in self._found.items()
            if (numbers := set(one.numbers) - self._outcome.held(slug).keys())
        }
        hits: dict[str, list[Hit]] = {}
        if wanted:
            for hit in self._answer.among(wanted).stream():
                if hit.number in wanted[hit.statement]:
                    hits.setdefault(hit.statement, []).append(hit)
        return hits

    def _carry_same_words(self, lost: list[_Former], hits: dict[str, list[Hit]]) -> list[_Former]:
        """Take over paragraphs whose words are found in what their statement is today; return the rest."""
        if not lost:
            return []
        today = self._index.shown_as({one.slug for one in lost})
        rest = []
        for slug, held in _by_statement(lost).items():
            statements = sorted(today[slug], key=lambda one: -_in_common(held, hits.get(one, ())))
            for former in held:
                former.stands_in = tuple(statements)
                same = _nearest(
                    former,
                    (hit for one in statements for hit in hits.get(one, ()) if hit.text == former.text),
                )
                if same is None:
                    rest.append(former)
                else:
                    hits[same.statement].remove(same)
                    self._moved(former, same)
                    self._deliver(same)
                    self._owners[same.address] = former.slug
        return rest

    def _tell_what_became_of(self, lost: list[_Former], hits: dict[str, list[Hit]]) -> None:
        """Settle what was delivered and is not found with its words."""
        claimed: set[str] = set()
        rest = []
        for former in lost:
            standing = [
                hit
                for hit in self._statements(former.stands_in)
                if hit.text == former.text and hit.address not in claimed
            ]
            same = _nearest(former, [hit for hit in standing if not self._is_known(hit)])
            if same is not None:
                claimed.add(same.address)
                self._stands_and_is_not_found(former, same)
            elif any(self._owner_of(hit) != former.slug for hit in standing):
                self._count(former.text)  # two statements were delivered that have become one
            else:
                rest.append(former)
        for former, hit in self._pairs(rest, hits, claimed):
            if hit is None:
                self._withdraw(former, stands=False)
            else:
                self._change(former, hit, hits)

    def _stands_and_is_not_found(self, former: _Former, hit: Hit) -> None:
        lasting = self._lasting.get(hit.statement)
        if lasting is not None and hit.number in lasting.numbers:
            self._moved(former, hit)
            self._outcome.keep(hit.statement, hit.number, hit.text, lasting.digest)
        elif self._other_question:
            self._count(former.text)
        else:
            self._withdraw(_Former(hit.statement, hit.number, former.text), stands=True)

    def _pairs(
        self, lost: list[_Former], hits: Mapping[str, list[Hit]], claimed: set[str]
    ) -> Iterator[tuple[_Former, Hit | None]]:
        """Pair paragraphs whose words are gone with what is most like them there now, or has their number."""
        for held in _by_statement(lost).values():
            found = {hit.address: hit for one in held[0].stands_in for hit in hits.get(one, ())}
            there = [
                found.get(hit.address, hit)
                for hit in self._statements(held[0].stands_in)
                if hit.address not in claimed and not self._is_known(hit)
            ]
            words = [words_in(hit.text) for hit in there]
            likeness = sorted(
                (-alike(own, other), abs(former.number - there[place].number), at, place)
                for at, former in enumerate(held)
                for own in (words_in(former.text),)
                for place, other in enumerate(words)
                if abs(former.number - there[place].number) <= _FAR
            )
            pairs: dict[int, int] = {}
            taken: set[int] = set()
            for like, apart, at, place in likeness:
                same_number = apart == 0 and there[place].address in found
                if (-like >= _ALIKE or same_number) and at not in pairs and place not in taken:
                    pairs[at] = place
                    taken.add(place)
            for at, former in enumerate(held):
                hit = there[pairs[at]] if at in pairs else None
                if hit is not None:
                    claimed.add(hit.address)
                yield former, hit

    def _change(self, former: _Former, hit: Hit, hits: dict[str, list[Hit]]) -> None:
        open_hits = hits.get(hit.statement, [])
        found = any(one.address == hit.address for one in open_hits)
        self._count(former.text)
        if not found and self._other_question:
            return
        self._outcome.changed.append(Changed(hit, former.text, former.address, found=found))
        if not found:
            self._count(hit.text)
        else:
            hits[hit.statement] = [one for one in open_hits if one.address != hit.address]
            self._deliver(hit)

    def _withdraw(self, former: _Former, *, stands: bool) -> None:
        self._count(former.text)
        self._outcome.withdrawn.append(Withdrawn(former.address, former.text, stands=stands))

    def _count(self, text: str) -> None:
        """Count that a paragraph of these words is delivered no longer, or has another address.

        It may come back, or another may come to its address, and be news under a name of its own.
        """
        key = hash_of(text)
        self._outcome.before[key] = self._outcome.before.get(key, 0) + 1

    def _moved(self, former: _Former, hit: Hit) -> None:
        if former.address != hit.address:
            self._count(former.text)

    def _deliver(self, hit: Hit) -> None:
        digest = self._found[hit.statement].digest
        self._outcome.keep(hit.statement, hit.number, hit.text, digest)

    def _owner_of(self, hit: Hit) -> str:
        """Return the slug under which a paragraph that counts as delivered was delivered."""
        return self._owners.get(hit.address, hit.statement)

    def _is_known(self, hit: Hit) -> bool:
        return hit.number in self._outcome.held(hit.statement)

    def _statements(self, slugs: Iterable[str]) -> Iterator[Hit]:
        """Yield all paragraphs of some statements."""
        for slug in slugs:
            if slug not in self._whole:
                self._whole[slug] = tuple(self._index.show(slug, context=0))
            yield from self._whole[slug]

    def _not_folded(self, hits: list[Hit]) -> list[Hit]:
        """Leave out statements that are nearly the same as one that was delivered or is shown for them."""
        if self._folded is None or not hits:
            return hits
        alike_to = {
            hit.statement: hit.also_as for hit in self._folded.among({hit.statement for hit in hits}).stream()
        }
        known = self._outcome.whole.keys() | self._outcome.texts.keys()
        return [
            hit
            for hit in hits
            if hit.statement in known
            or (hit.statement in alike_to and not known.intersection(alike_to[hit.statement]))
        ]


def _asked(question: Mapping[str, object]) -> dict[str, object]:
    """Return what of a question decides what it finds."""
    return {name: value for name, value in question.items() if name not in ("name", "grammar")}


def _by_statement(formers: Iterable[_Former]) -> dict[str, list[_Former]]:
    grouped: defaultdict[str, list[_Former]] = defaultdict(list)
    for former in formers:
        grouped[former.slug].append(former)
    return dict(grouped)


def _in_common(held: Iterable[_Former], hits: Iterable[Hit]) -> int:
    texts = {hit.text for hit in hits}
    return sum(former.text in texts for former in held)


def _nearest(former: _Former, hits: Iterable[Hit]) -> Hit | None:
    """Return the hit whose number is nearest; of the first statement that has one."""
    return min(hits, key=lambda hit: (abs(hit.number - former.number), hit.number), default=None)


def _parted(address: str) -> tuple[str, int]:
    slug, _, number = address.rpartition("#")
    return slug, int(number)


def _place(hit: Hit) -> tuple[str, int]:
    return hit.statement, hit.number
