"""Which groups the forms of a segment belong to, so that no dictionary is asked about a word that it has.

Three tables say it:

- of each form, the groups for which it stands somewhere in the segment;
- of each lemma that shares a group with another or with a compound, these groups (of every other lemma
there is
  one group, and that has its name); a compound leads to its groups likewise, by its name behind a ``~``;
- of words as written whose form does not tell the group, the group. These are the spellings of a form that
has
  several in a language, each with a zero byte and the language; and stressed words in capitals
  (`onrecord.indexer.analysis.capitals`) that the dictionary has, with another zero byte behind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.indexer.analysis.inflection import compound_of, lemmas_of
from onrecord.indexer.segments.columns.terms import term_arrays
from onrecord.indexer.segments.container import Array
from onrecord.indexer.segments.layout import starts_of

__all__ = ["Belonging", "belonging_arrays"]

_LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to what, by number; ``pairs`` rise, a form in the upper 32 bits, a group in the lower."""

    pairs: npt.NDArray[np.uint64]
    written: dict[bytes, int]


def belonging_arrays(
    groups: Sequence[bytes], belonging: Belonging, *, forms: int
) -> dict[str, Array | bytes]:
    """Pack what belongs to what, of so many forms and of sorted groups."""
    lemmas: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if b"," in group or b"~" in group:
            name = group.decode()
            for lemma in lemmas_of(name):
                lemmas[lemma.encode()].append(number)
            if compound := compound_of(name):
                lemmas[f"~{compound}".encode()].append(number)
    shared, written = sorted(lemmas), sorted(belonging.written)
    counts = np.bincount((belonging.pairs >> np.uint64(32)).astype(np.intp), minlength=forms)
    return {
        "forms.groups": (belonging.pairs & _LOW).astype(np.uint32),
        "forms.groups.at": starts_of(counts.astype(np.uint32)).astype(np.uint32),
        **term_arrays("lemmas", shared),
        "lemmas.groups": np.array([number for lemma in shared for number in lemmas[lemma]], np.uint32),
        "lemmas.groups.at": np.cumsum([0, *(len(lemmas[lemma]) for lemma in shared)], dtype=np.uint32),
        **term_arrays("written", written),
        "written.groups": np.array([belonging.written[name] for name in written], np.uint32),
    }
