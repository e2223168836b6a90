"""What must hold of the arrays of a segment before any of them is used as a number of something else.

The container vouches that a file is as it was written (`indexer.segments.container`), not that an
honest writer wrote it. So a segment from a stranger is checked where that is cheap: when it is
opened, that every array is there, of its kind and as long as those beside it (from the directory,
nothing is read); when an array is first asked for, that its numbers lie inside what they number;
and when a list is first decoded, that it holds as many as promised, rising, none too large.
What is wrong is one `IndexDamaged` that names the file. What a false index can still do is lie.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from onrecord.indexer.segments.container import Array, Container
from onrecord.indexer.segments.layout import (
    BINS,
    COLUMNS,
    DIGEST_SIZE,
    FORWARD_FORMS,
    SLOT,
    Ints,
    slots_taken,
)

__all__ = [
    "are_offsets",
    "check_counts",
    "check_paragraphs",
    "check_shape",
    "checked_below",
    "is_ascending",
]

# Positions are doubled to be sorted, in 32 bits.
_MOST_POSITIONS = 1 << 31
_ANY_NUMBER = ("u1", "u2", "u4")

#: An array: its name, the kinds it may have, and how long it must be.
_Shape = tuple[str, tuple[str, ...], int]


def check_shape(container: Container) -> None:
    """Refuse a segment whose arrays are not all there, each as its neighbours need it (`IndexDamaged`)."""
    for name, kinds, count in _shapes(container):
        if container.kind(name) not in kinds or len(container.paged(name)) != count:
            raise container.damaged(name)
    if len(container.paged("forward")) > _MOST_POSITIONS:
        raise container.damaged("forward")


def _shapes(container: Container) -> Iterator[_Shape]:
    def count(name: str, without: int = 0) -> int:
        return len(container.paged(name)) - without

    paragraphs, statements = count("lengths"), count("statement.paragraphs", 1)
    forms, groups, sources = count("forms.at", 1), count("groups.at", 1), count("sources.keys.at", 1)
    yield "statement.paragraphs", ("u4",), max(statements, 0) + 1
    for name, kinds in (
        ("lengths", ("u4",)),
        ("statement", ("u4",)),
        ("roles", ("u1",)),
        ("printed", _ANY_NUMBER),
        ("languages", _ANY_NUMBER),
    ):
        yield name, kinds, paragraphs
    for name in ("first", "last", "rank", "order", "source"):
        yield f"statement.{name}", ("u4",), statements
    yield "statement.digest", ("u1",), statements * DIGEST_SIZE
    yield "sketches", ("u1",), count("sketches") // BINS * BINS
    yield "forms.frequency", ("u4",), forms
    yield "forms.paragraphs", ("u4",), forms
    yield "groups.paragraphs", ("u4",), groups
    yield "groups.peak", ("f4",), groups
    yield "forms.groups", ("u4",), count("forms.groups")
    yield "forms.groups.at", ("u4",), forms + 1
    yield "lemmas.groups", ("u4",), count("lemmas.groups")
    yield "lemmas.groups.at", ("u4",), count("lemmas.at")
    yield "written.groups", ("u4",), count("written.at", 1)
    yield "forward", ("u1",), count("forward") // SLOT * SLOT
    yield "forward.forms", ("u4",), min(forms, FORWARD_FORMS)
    yield "forward.rest", _ANY_NUMBER, max(forms - FORWARD_FORMS, 0)
    yield "forward.others", ("u1",), count("forward.others")
    yield "forward.rare", _ANY_NUMBER, count("forward.rare")
    for name, lists in (("positions", forms), ("documents", groups)):
        yield name, ("u4",), count(name)
        yield f"{name}.at", ("u4",), lists + 1
    yield "frequencies", ("u1",), count("frequencies")
    yield "frequencies.at", ("u4",), groups + 1
    yield "frequencies.large.at", ("u4",), groups + 1
    yield "frequencies.large", ("u4",), count("frequencies.largest")
    yield "frequencies.largest", ("u4",), count("frequencies.largest")
    yield from _term_shapes(container)
    yield "slugs.at", ("u4",), statements + 1
    for name, records in (("text", paragraphs), ("records", statements), ("sources", sources)):
        yield from _block_shapes(container, name, records)
    for name in COLUMNS:
        yield f"{name}.of", ("u4",), statements
        yield f"{name}.values", ("u1",), count(f"{name}.values")
        yield f"{name}.places.at", ("u4",), count(f"{name}.words.at")
        yield f"{name}.places", ("u4",), count(f"{name}.places") & ~1


def _term_shapes(container: Container) -> Iterator[_Shape]:
    columns = (f"{name}.words" for name in COLUMNS)
    for name in (
        "forms",
        "groups",
        "lemmas",
        "written",
        "slugs",
        "printed.values",
        "languages.values",
        "sources.keys",
        *columns,
    ):
        yield name, ("u1",), len(container.paged(name))
        yield f"{name}.at", ("u4",), max(len(container.paged(f"{name}.at")), 1)
        yield f"{name}.slots", ("u4",), len(container.paged(f"{name}.slots"))


def _block_shapes(container: Container, name: str, records: int) -> Iterator[_Shape]:
    blocks = max(len(container.paged(f"{name}.at")), 1)
    yield name, ("u1",), len(container.paged(name))
    yield f"{name}.at", ("u8",), blocks
    yield f"{name}.first", ("u4",), blocks
    yield f"{name}.offsets", ("u2",), records
    yield f"{name}.sample", ("u1",), len(container.paged(f"{name}.sample"))


def check_paragraphs(
    container: Container, lengths: Ints, *, first_paragraphs: Ints, statement_of: Ints
) -> None:
    """Refuse statements that do not share out the paragraphs, paragraphs that do not fill the positions."""
    statements = np.arange(len(first_paragraphs) - 1, dtype=np.uint32)
    if not are_offsets(first_paragraphs, len(lengths)):
        raise container.damaged("statement.paragraphs")
    if not np.array_equal(statement_of, np.repeat(statements, np.diff(first_paragraphs))):
        raise container.damaged("statement")
    if int(slots_taken(lengths).sum(dtype=np.int64)) * SLOT != len(container.paged("forward")):
        raise container.damaged("lengths")


def check_counts(container: Container, *, words: int) -> None:
    """Refuse lists that promise more than there are words.

    Each is of one form and of one group, and may begin a compound, which is of a group too.
    """
    frequency, paragraphs = container["forms.frequency"], container["forms.paragraphs"]
    groups = container["groups.paragraphs"]
    if int(frequency.sum(dtype=np.int64)) != words or not frequency.all():
        raise container.damaged("forms.frequency")
    if (paragraphs > frequency).any() or not paragraphs.all():
        raise container.damaged("forms.paragraphs")
    if int(groups.sum(dtype=np.int64)) > 2 * words or not groups.all():
        raise container.damaged("groups.paragraphs")


def are_offsets(at: npt.NDArray[np.unsignedinteger], end: int) -> bool:
    """Tell whether numbers say where items begin that follow each other and end at ``end``."""
    return len(at) > 0 and int(at[0]) == 0 and int(at[-1]) == end and bool((at[1:] >= at[:-1]).all())


def is_ascending(values: npt.NDArray[np.unsignedinteger], below: int) -> bool:
    """Tell whether numbers rise, each above the last, and stay below a bound."""
    return not len(values) or (int(values[-1]) < below and bool((values[1:] > values[:-1]).all()))


def checked_below(container: Container, name: str, bound: int) -> Array:
    """Return an array whose numbers are below a bound (`IndexDamaged`)."""
    values = container[name]
    if len(values) and int(values.max()) >= bound:
        raise container.damaged(name)
    return values
