"""Several segments into one, by arrays: the surviving statements as if they had been written anew.

A segment is a stretch of text that was inverted before. So its lists are moved to where
their paragraphs now stand, and merged as a writer merges stretches; only what is stored
once a statement or once a term passes through Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.columns.names import Value
from onrecord.indexer.segments.columns.terms import TermList
from onrecord.indexer.segments.container import Array, write_container
from onrecord.indexer.segments.layout import COLUMNS, Ints, paragraph_starts
from onrecord.indexer.segments.segment import Segment
from onrecord.indexer.segments.writing.belonging import Belonging, belonging_arrays
from onrecord.indexer.segments.writing.facts import ParagraphFacts, StatementFacts
from onrecord.indexer.segments.writing.inversion import Run, run_of
from onrecord.indexer.segments.writing.postings import form_arrays, group_arrays

__all__ = ["merge_segments"]

# The number of what occurs no more.
_GONE = np.uint64(0xFFFFFFFF)


def merge_segments(segments: Sequence[Segment], path: Path) -> int:
    """Write what is not deleted into a new segment, in the order given, and return its size in bytes."""
    return write_container(path, _arrays(segments).items())


def _arrays(segments: Sequence[Segment]) -> dict[str, Array | bytes]:
    survivors = _survivors(segments)
    lengths = np.concatenate([np.zeros(0, np.uint32), *(part.lengths for part in survivors)])
    words = [part.segment.words for part in survivors]
    groups = _Renumbered.of([part.by_group() for part in survivors], [table.groups for table in words])
    forms = _Renumbered.of([part.by_form() for part in survivors], [table.forms for table in words])
    return {
        **belonging_arrays(groups.terms, _belonging(survivors, forms, groups), forms=len(forms.terms)),
        **group_arrays(groups.terms, groups.runs, lengths),
        **form_arrays(forms.terms, forms.runs, lengths),
        **_paragraph_arrays(survivors),
        **_statement_arrays(segments),
    }


@dataclass(frozen=True, slots=True)
class _Survivors:
    """The paragraphs of a segment that are not deleted, and where they come to stand."""

    segment: Segment
    live: npt.NDArray[np.bool_]  #: of each paragraph
    paragraph: int  #: the number that the first of them comes to have
    position: int  #: and its first position

    @property
    def lengths(self) -> Ints:
        """Words in each of them."""
        return self.segment.paragraphs.lengths[self.live]

    def by_form(self) -> Run:
        """Return the positions of each form."""
        segment = self.segment
        new_starts = np.zeros(len(segment), np.int64)
        new_starts[self.live] = paragraph_starts(self.lengths)[:-1] + self.position
        shift = (new_starts - segment.paragraphs.starts).astype(np.uint32)  # modulo 2³², as it is added
        positions = segment.words.positions.all()
        paragraphs = segment.words.paragraphs_of(positions)
        positions += shift[paragraphs]
        forms = np.repeat(np.arange(len(segment.words.forms), dtype=np.uint32), segment.words.form_frequency)
        if segment.statements.deleted:
            live = self.live[paragraphs]
            forms, positions = forms[live], positions[live]
        return run_of(forms, positions)

    def by_group(self) -> Run:
        """Return the paragraphs of each group, and how often it stands there."""
        segment = self.segment
        numbers = np.zeros(len(segment), np.uint32)
        numbers[self.live] = np.arange(self.paragraph, self.paragraph + len(self.lengths))
        groups = np.repeat(
            np.arange(len(segment.words.groups), dtype=np.uint32), segment.words.group_paragraphs
        )
        paragraphs = segment.words.documents.all()
        frequencies = segment.words.all_frequencies()
        if segment.statements.deleted:
            live = self.live[paragraphs]
            groups, paragraphs, frequencies = groups[live], paragraphs[live], frequencies[live]
        return run_of(groups, numbers[paragraphs], frequencies)


def _survivors(segments: Sequence[Segment]) -> list[_Survivors]:
    survivors = []
    paragraph = position = 0
    for segment in segments:
        live = segment.statements.live[segment.paragraphs.statement_of]
        part = _Survivors(segment, live, paragraph=paragraph, position=position)
        survivors.append(part)
        paragraph += len(part.lengths)
        position += int(paragraph_starts(part.lengths)[-1])
    return survivors


@dataclass(frozen=True, slots=True)
class _Renumbered:
    """The terms of several lists that still occur, sorted, and the runs with their numbers there.

    ``numbers`` has the new number of each term of each list, `_GONE` for one that occurs no more.
    """

    terms: list[bytes]
    runs: list[Run]
    numbers: list[npt.NDArray[np.uint64]]

    @classmethod
    def of(cls, runs: Sequence[Run], lists: Sequence[TermList]) -> _Renumbered:
        """Give the terms of the lists common numbers."""
        named = [[terms[key] for key in run.keys.tolist()] for run, terms in zip(runs, lists, strict=True)]
        union = sorted(set().union(*named))
        number = {term: at for at, term in enumerate(union)}
        numbers, renumbered = [], []
        for run, terms, those in zip(runs, lists, named, strict=True):
            new = np.full(len(terms), _GONE)
            new[run.keys] = [number[term] for term in those]
            numbers.append(new)
            renumbered.append(Run(new[run.keys].astype(np.uint32), run.lengths, run.columns))
        return cls(union, renumbered, numbers)


def _belonging(survivors: Sequence[_Survivors], forms: _Renumbered, groups: _Renumbered) -> Belonging:
    """Say which of what occurs belongs together: what did so before, and still stands in one paragraph."""
    pairs = [np.zeros(0, np.uint64)]
    written: dict[bytes, int] = {}
    for part, new_forms, new_groups in zip(survivors, forms.numbers, groups.numbers, strict=True):
        table = part.segment.words.belonging
        of = np.repeat(np.arange(len(new_forms)), np.diff(table.forms_at))
        together = (new_forms[of] != _GONE) & (new_groups[table.of_forms] != _GONE)
        if part.segment.statements.deleted:
            together &= _still_together(part, of, table.of_forms)
        pairs.append(new_forms[of[together]] << np.uint64(32) | new_groups[table.of_forms[together]])
        for word, group in zip(table.written, table.of_written.tolist(), strict=True):
            if new_groups[group] != _GONE:
                written[word] = int(new_groups[group])
    return Belonging(np.unique(np.concatenate(pairs)), written)


def _still_together(part: _Survivors, forms: npt.NDArray[np.intp], groups: Ints) -> npt.NDArray[np.bool_]:
    """Tell which pairs of a form and a group stand in one paragraph that is not deleted.

    Where a form has one group it stands for that one wherever it stands.
    """
    words = part.segment.words
    several = np.bincount(forms, minlength=len(words.forms)) > 1
    together = np.ones(len(forms), bool)
    for place in np.flatnonzero(several[forms]).tolist():
        positions = words.positions.array(int(forms[place]))
        common = np.intersect1d(words.paragraphs_of(positions), words.documents.array(int(groups[place])))
        together[place] = bool(part.live[common].any())
    return together


def _paragraph_arrays(survivors: Sequence[_Survivors]) -> dict[str, Array | bytes]:
    facts = ParagraphFacts()
    for part in survivors:
        printed = ["", *map(bytes.decode, part.segment.paragraphs.printed_numbers)]
        languages = ["", *map(bytes.decode, part.segment.paragraphs.language_codes)]
        facts.add(
            roles=part.segment.paragraphs.roles[part.live].tolist(),
            printed=[printed[value] for value in part.segment.paragraphs.printed[part.live].tolist()],
            languages=[languages[value] for value in part.segment.paragraphs.languages[part.live].tolist()],
        )
        facts.add_texts(compress(part.segment.paragraphs.texts.all(), part.live.tolist()))
    return facts.arrays()


def _statement_arrays(segments: Sequence[Segment]) -> dict[str, Array | bytes]:
    facts = StatementFacts()
    for segment in segments:
        keys = [key.decode() for key in segment.sources.keys]
        for number in np.flatnonzero(segment.sources.live).tolist():
            facts.add_source(keys[number], segment.sources.records[number])
        owners = [None, *keys]
        paragraphs = np.diff(segment.statements.first_paragraphs)
        slugs = segment.statements.slug_ranks
        days = np.stack([segment.statements.first_days, segment.statements.last_days], axis=1)
        names = _names(segment)
        for statement in np.flatnonzero(segment.statements.live).tolist():
            facts.add(
                segment.statements.slugs[int(slugs[statement])],
                record=segment.statements.records[statement],
                paragraphs=int(paragraphs[statement]),
                days=tuple(days[statement].tolist()),
                names=names[statement],
                source=owners[int(segment.sources.of_statements[statement])],
                digest=segment.statements.digests[statement].tobytes(),
            )
        facts.add_sketches(segment.statements.sketches[segment.statements.live[segment.statements.sketched]])
    return facts.arrays()


def _names(segment: Segment) -> list[dict[str, Value]]:
    """Return what each statement has in each column."""
    columns = []
    for name in COLUMNS:
        column = segment.statements.column(name)
        values: list[Value] = [(), *column.values]
        columns.append([values[number] for number in column.of.tolist()])
    return [dict(zip(COLUMNS, values, strict=True)) for values in zip(*columns, strict=True)]
