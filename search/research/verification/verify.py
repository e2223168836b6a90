"""Is this what was said? A quotation held against all statements, and graded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from onrecord.indexer.address import Address, parse_address
from onrecord.indexer.analysis.words import Word, fold, words_with_offsets
from onrecord.indexer.errors import AddressError, QueryError
from onrecord.indexer.numbers import counted
from onrecord.search.research.verification.changes import Side, as_latin, flags_of, strange_letters
from onrecord.search.research.verification.claims import Claims
from onrecord.search.research.verification.edits import changes_of, edit_of, elided_in, other_numbers
from onrecord.search.research.verification.exact_places import Place, exact_places
from onrecord.search.research.verification.near_passages import NearPassage, NearPassages
from onrecord.search.research.verification.quoted_words import Gap, QuotedWords, Reading
from onrecord.search.research.verification.verdict import Flag, Grade, Nearest, Verdict
from onrecord.search.research.verification.word_kinds import of_kind
from onrecord.search.results.hits import Hit
from onrecord.search.results.passage import Passage
from onrecord.search.results.spoken import Runs, SpokenWords

__all__ = ["Verifier"]

# Places whose texts are read to see which of them is written as the quotation is.
_MOST_READ = 1_000
# Passages among which one is looked for that bears out what is claimed.
_MOST_CLAIMED = 8
# Words of a quotation, at most: a long speech.
_LONGEST = 5_000
#: Shows what an address leads to.
Show = Callable[[str], Passage]


class _Spot(NamedTuple):
    """A stretch of a statement with its words, and the paragraphs it goes over."""

    side: Side
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Verifier:
    """Grades quotations against the statements of one generation."""

    spoken: SpokenWords
    show: Show

    def verdict(
        self, quotation: str, *, claims: Claims, address: str | None = None, nearest: int = 3
    ) -> Verdict:
        """Grade one quotation, of which ``claims`` and an address may be said."""
        quoted = QuotedWords(quotation)
        reading = quoted.literal()
        if not reading.words:
            return Verdict(quoted.text, Grade.ABSENT, notes=("It has no words.",))
        if len(reading.words) > _LONGEST:
            raise QueryError(
                f"A quotation has at most {_LONGEST:,} words and this one has {len(reading.words):,}; "
                "verify it in parts.",
                query=quotation,
            )
        cited = self._cited(address)
        places = self._exact(quoted)
        found = self._of_places(quoted, places, claims, cited) if places else None
        found = found or self._of_passages(quoted, claims, nearest)
        return _with_strange_letters(found, reading)

    def _exact(self, quoted: QuotedWords) -> list[Place]:
        """Find the places of the likeliest way to read a quotation that has any."""
        readings = [quoted.literal(), *quoted.readings()]
        for reading in dict.fromkeys(readings):
            if reading.words and (places := exact_places(self.spoken, reading)):
                return places
        return []

    def _cited(self, address: str | None) -> _Cited | None:
        """Find what an address leads to."""
        if address is None:
            return None
        try:
            passage = self.show(address)
        except AddressError as error:
            return _Cited(None, None, note=str(error))
        leads_to = parse_address(passage.address)
        return _Cited(self.spoken.named(leads_to.statement), leads_to, note=passage.note)

    def _of_places(
        self, quoted: QuotedWords, places: list[Place], claims: Claims, cited: _Cited | None
    ) -> Verdict | None:
        """Grade a quotation that was found word for word; None where its numbers are others everywhere."""
        places = self._as_written(quoted, places)
        if not places:
            return None
        runs = Runs(
            np.array([place.statement for place in places]), np.array([place.first for place in places])
        )
        addresses = self.spoken.addresses(runs)
        ranked = sorted(range(len(places)), key=lambda at: (places[at].left_out, _order(addresses[at])))
        passing = claims.passing(self.spoken, runs)
        borne = [at for at in ranked if passing[at]]
        differs, unsure, notes = list[str](), list[str](), list[str]()
        if cited is not None:
            ends = self.spoken.addresses(Runs(runs.statements, np.array([place.end - 1 for place in places])))
            here = [at for at in borne or ranked if cited.holds(addresses[at], ends[at])]
            notes += filter(None, [cited.note])
            if here:
                borne, ranked = here, [*here, *(at for at in ranked if at not in here)]
            else:
                differs.append("address")
        if claims and not borne:
            at, wrong, unsure = self._least_wrong(places, addresses, ranked, claims)
            ranked = [at, *(other for other in ranked if other != at)]
            differs += wrong
            borne = [] if wrong else [at]
        best = (borne or ranked)[0]
        others = dict.fromkeys(addresses[at] for at in (borne or ranked))
        others.pop(addresses[best])
        spot = self._read(places[best].statement, places[best].first, places[best].end)
        verdict = self._exact_verdict(quoted, places[best], spot)
        statements = {places[at].statement for at in borne or ranked}
        if differs:
            verdict = replace(verdict, grade=Grade.MISATTRIBUTED)
        elif verdict.grade is Grade.EXACT and len(statements) > 1 and not (cited and borne):
            verdict = replace(verdict, grade=Grade.SEVERAL)
        return replace(
            verdict,
            also=tuple(others),
            differs=tuple(differs),
            unsure=tuple(unsure),
            notes=(*verdict.notes, *notes),
        )

    def _as_written(self, quoted: QuotedWords, places: list[Place]) -> list[Place]:
        """Leave out the places that signs tell from the quotation: 3-5 for 3.5, brackets of the statement."""
        reading = places[0].reading
        if not reading.is_bracketed and not any(word.text.isdigit() for word in reading.words):
            return places
        side = Side(quoted.text, reading.words, None)
        return [place for place in places[:_MOST_READ] if self._is_as_written(side, place)]

    def _is_as_written(self, quoted: Side, place: Place) -> bool:
        spoken = self._read(place.statement, place.first, place.end).side
        for gap, words in zip(place.reading.gaps, place.gaps, strict=True):
            before, behind = (spoken.words[at - place.first] for at in (words.start - 1, words.stop))
            if gap is Gap.BRACKET and "[" in spoken.text[before.end : behind.start]:
                return False
        return next(other_numbers(quoted, spoken, place), None) is None

    def _least_wrong(
        self, places: list[Place], addresses: list[str], ranked: list[int], claims: Claims
    ) -> tuple[int, list[str], list[str]]:
        """Return the place that bears out most claims, those that it does not, and those it cannot tell."""
        best: tuple[int, list[str], list[str]] | None = None
        for at in ranked[:_MOST_READ]:
            place = places[at]
            wrong = claims.differing(self.spoken, place.statement, place.first)
            number = parse_address(addresses[at]).number or 1
            hit = self.spoken.hits(place.statement, range(number, number + 1))[0]
            unsure = list(claims.unsure(wrong, hit))
            wrong = [name for name in wrong if name not in unsure]
            if best is None or (len(wrong), len(unsure)) < (len(best[1]), len(best[2])):
                best = at, wrong, unsure
        assert best is not None
        return best

    def _exact_verdict(self, quoted: QuotedWords, place: Place, spot: _Spot) -> Verdict:
        reading, grade = place.reading, Grade.EXACT
        if reading.gaps:
            grade = Grade.ELIDED if Gap.ELISION in reading.gaps else Grade.BRACKETED
        elif quoted.has_partial and not reading.is_literal:
            grade = Grade.BRACKETED
        hidden = [at - place.first for gap in place.gaps for at in gap]
        denied = any(at in spot.side.negations for at in hidden) or any(
            word in of_kind("negation", spot.side.language) for word in quoted.in_brackets
        )
        notes = (_left_out_note(place, denied),) if reading.gaps else ()
        return replace(
            _located(quoted, grade, spot),
            verbatim=_is_verbatim(quoted, reading, spot),
            flags=(Flag.NEGATION,) if reading.gaps and denied else (),
            left_out=place.left_out,
            notes=notes,
        )

    def _read(self, statement: int, first: int, end: int) -> _Spot:
        """Read the paragraphs of some words of a statement; the side has just these words."""
        stretch = self.spoken.stretch(statement, first, end)
        words: list[Word] = []
        shift = 0
        for text in stretch.texts:
            words += (Word(w.text, w.start + shift, w.end + shift) for w in words_with_offsets(text))
            shift += len(text) + len(_BETWEEN)
        hits = self.spoken.hits(statement, range(stretch.number, stretch.number + len(stretch.texts)))
        begin = stretch.firsts[0]
        side = Side(_BETWEEN.join(stretch.texts), words[first - begin : end - begin], hits[0].language)
        return _Spot(side, hits)

    def _of_passages(self, quoted: QuotedWords, claims: Claims, nearest: int) -> Verdict:
        """Grade a quotation that stands nowhere word for word."""
        reading = quoted.likeliest(self.spoken.frequency)
        texts = [self._meant(word.text) for word in reading.words]
        elided = frozenset(
            at for at, gap in zip(sorted(reading.breaks), reading.gaps, strict=True) if gap is Gap.ELISION
        )
        passages = NearPassages(self.spoken, texts, gaps=elided)
        near = [
            one for one in passages.best(_MOST_CLAIMED if claims else 1) if one.matched * 3 > len(texts) * 2
        ]
        if not near:
            some = self._nearest(passages.best(nearest), texts)
            return Verdict(quoted.text, Grade.ABSENT, nearest=tuple(some))
        runs = Runs(
            np.array([one.statement for one in near]),
            np.array([one.first + one.alignment.first for one in near]),
        )
        passing = claims.passing(self.spoken, runs)
        at = int(passing.argmax())
        best = near[at]
        wrong = claims.differing(self.spoken, best.statement, best.first + best.alignment.first)
        spot = self._read_passage(best)
        also = self._also(best, spot, claims)
        unsure = list(claims.unsure(wrong, spot.hits[0]))
        return replace(
            self._altered(quoted, reading, best, spot),
            differs=tuple(name for name in wrong if name not in unsure),
            unsure=tuple(unsure),
            also=also,
        )

    def _meant(self, word: str) -> str:
        """Return the word that one with letters of another script is meant to look like."""
        if word.isascii():
            return word
        mixed = any(letter.isascii() and letter.isalpha() for letter in word)
        latin = as_latin(word)
        known = self.spoken.frequency
        return latin if mixed or (not known(word) and known(latin)) else word

    def _also(self, passage: NearPassage, spot: _Spot, claims: Claims) -> tuple[str, ...]:
        """Name the other paragraphs with the words of a passage, which are as near to the quotation."""
        runs = self.spoken.runs([word.text for word in spot.side.words])
        passing = claims.passing(self.spoken, runs)
        if passing.any():
            runs = Runs(runs.statements[passing], runs.starts[passing])
        own = spot.hits[0].address
        return tuple(sorted({*self.spoken.addresses(runs)} - {own}, key=_order))

    def _read_passage(self, passage: NearPassage) -> _Spot:
        first, end = passage.first + passage.alignment.first, passage.first + passage.alignment.end
        return self._read(passage.statement, first, max(end, first + 1))

    def _altered(self, quoted: QuotedWords, reading: Reading, passage: NearPassage, spot: _Spot) -> Verdict:
        side = Side(quoted.text, reading.words, spot.side.language)
        changes = list(changes_of(passage, reading, spot.side))
        edits = [edit_of(change, side, spot.side, at) for change, at in changes]
        flags = set(flags_of((change for change, _ in changes), side, spot.side))
        elided = sorted(elided_in(passage, reading))
        if any(at in spot.side.negations for at in elided):
            flags.add(Flag.NEGATION)
        if not edits:  # as it is with figures that are put together otherwise
            place = Place(passage.statement, (passage.first + passage.alignment.first,), reading)
            for edit, flag in other_numbers(side, spot.side, place):
                edits.append(edit)
                flags.add(flag)
        return replace(
            _located(quoted, Grade.ALTERED, spot),
            edits=tuple(edits),
            flags=tuple(flag for flag in Flag if flag in flags),
            left_out=len(elided),
        )

    def _nearest(self, passages: Iterable[NearPassage], texts: Sequence[str]) -> Iterator[Nearest]:
        for passage in passages:
            spot = self._read_passage(passage)
            yield Nearest(spot.hits[0].address, passage.matched / len(texts), _said(spot.side))


_BETWEEN = "\n\n"


@dataclass(frozen=True)
class _Cited:
    """What an address beside a quotation leads to; no statement where it leads to none."""

    statement: int | None
    leads_to: Address | None
    note: str | None = None

    def holds(self, first: str, last: str) -> bool:
        """Tell whether the paragraph that is cited is one of some, or they are of the statement that is."""
        if self.leads_to is None:
            return False
        begin, end, number = parse_address(first), parse_address(last), self.leads_to.number
        if begin.statement != self.leads_to.statement:
            return False
        return number is None or (begin.number or 0) <= number <= (end.number or 0)


def _order(address: str) -> tuple[str, int]:
    """Return what addresses are put in order by: the statement, then the number."""
    statement, _, number = address.partition("#")
    return statement, int(number)


def _said(side: Side) -> str:
    """Return the words of a side as they are written."""
    return side.text[side.words[0].start : side.words[-1].end] if side.words else ""


def _located(quoted: QuotedWords, grade: Grade, spot: _Spot) -> Verdict:
    first, last = spot.hits[0], spot.hits[-1]
    return Verdict(
        quoted.text,
        grade,
        address=first.address,
        lasting_address=first.lasting_address,
        through=last.address if last is not first else None,
        speaker=first.speaker,
        date=first.date,
        forum=first.forum,
        spoken=_said(spot.side),
    )


def _left_out_note(place: Place, denied: bool) -> str:
    note = f"{counted(place.left_out, 'word')} of the statement left out"
    return f"{note}, a negation among what was changed." if denied else f"{note}."


def _is_verbatim(quoted: QuotedWords, reading: Reading, spot: _Spot) -> bool:
    """Tell whether the characters are the same, but for the width of spaces."""
    text = " ".join(spot.side.text.split())
    if reading.is_literal or not (reading.gaps or quoted.has_brackets):
        return " ".join(quoted.text.split()) in text
    written = (quoted.text[piece[0].start : piece[-1].end] for piece in reading.pieces)
    return all(" ".join(piece.split()) in text for piece in written)


def _with_strange_letters(verdict: Verdict, reading: Reading) -> Verdict:
    """Name the letters of other scripts that stand for Latin ones, in a Latin word or in the place of one."""
    notes = []
    for word in reading.words:
        written = verdict.quotation[word.start : word.end]
        meant = as_latin(word.text)
        stands_for = meant != word.text and any(
            edit.start <= word.start < edit.end and meant in fold(edit.spoken).split()
            for edit in verdict.edits
        )
        for letter, script in strange_letters(written, whole=stands_for):
            notes.append(f'"{written}" has the {script} letter {letter} (U+{ord(letter):04X}) in it.')
    if not notes:
        return verdict
    flags = {*verdict.flags, Flag.HOMOGLYPH}
    return replace(
        verdict,
        flags=tuple(flag for flag in Flag if flag in flags),
        notes=(*verdict.notes, *dict.fromkeys(notes)),
    )
