"""One level of brackets: what stands side by side, what has OR between, and the fields that narrow all of it.

A field narrows the whole of its level, wherever it stands beside words. Fields with ``OR`` between them are
alternatives to each other; one that stands alone on its side of an ``OR`` is an alternative to what is on
the other. Brackets with nothing but fields in them are a field. So ``a OR b speaker:x`` is
``(a OR b) speaker:x``, and ``a speaker:x OR speaker:y`` is ``a (speaker:x OR speaker:y)``.

While the tree grows, ``Not`` marks what is to be left out. The finished tree has
none: stock Whoosh gives deleted documents back for a ``Not`` that stands alone and
adds 1 to the score for one in an ``And``. What is left out becomes a `Without`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from whoosh import query

from onrecord.indexer.errors import QueryError
from onrecord.search.language.tokens import Token
from onrecord.search.query import AnyOf, Either, Without

__all__ = ["Part", "any_of_chains", "joined", "left_out", "positive"]


class Part(NamedTuple):
    """A word, a phrase, a field or a group, with its minus."""

    tree: query.Query
    token: Token  #: its first
    field: str | None = None  #: the name of a field, "(" for brackets with nothing but fields in them


def joined(alternatives: Sequence[Sequence[Part]]) -> tuple[query.Query, bool]:
    """Put together what stands on one level, and tell whether all of it is fields."""
    only_fields = all(part.field for parts in alternatives for part in parts)
    if len(alternatives) == 1:
        return _all_of([part.tree for part in alternatives[0]]), only_fields
    sides = [_Side.of(parts) for parts in alternatives]
    joined_sides = sides[:1]
    for side in sides[1:]:
        last = joined_sides[-1]
        if last.chains[-1:] and side.chains[:1] and last.ends_in_field and side.begins_with_field:
            joined_sides[-1] = last.with_fields_of(side)
        else:
            joined_sides.append(side)
    return _narrowed(joined_sides), only_fields


def any_of_chains(chains: Sequence[Sequence[Part]]) -> list[Part]:
    """Put words side by side together as any of them; fields and what is left out narrow them all.

    What has AND between it is a chain, and stands for one word.
    """
    words, narrowing = list[Part](), list[Part]()
    for chain in chains:
        wanted = [part for part in chain if not (part.field or isinstance(part.tree, query.Not))]
        narrowing += [part for part in chain if part not in wanted]
        if wanted:
            tree = _all_of([part.tree for part in wanted])
            parted = tree.subqueries if isinstance(tree, AnyOf) and tree.run is None else [tree]
            words += [Part(one, wanted[0].token) for one in parted]
    if len(words) > 1:
        words = [Part(AnyOf([part.tree for part in words]), words[0].token)]
    return [*words, *narrowing]


class _Side(NamedTuple):
    """What stands between two ORs: words, and chains of fields that are alternatives to each other."""

    words: list[Part]
    chains: list[list[Part]]
    begins_with_field: bool
    ends_in_field: bool

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Side:
        words = [part for part in parts if not part.field]
        chains = [[part] for part in parts if part.field]
        return cls(words, chains, bool(parts[0].field), bool(parts[-1].field))

    def with_fields_of(self, other: _Side) -> _Side:
        """Join two sides whose OR has a field on each side of it."""
        before, behind = self.chains[-1][-1], other.chains[0][0]
        one_name = before.field == behind.field
        several = len(self.chains) > 1 or len(other.chains) > 1
        if (self.words and other.words) or (several and not one_name):
            raise _unclear(behind.token)
        chains = [*self.chains[:-1], [*self.chains[-1], *other.chains[0]], *other.chains[1:]]
        return _Side(self.words or other.words, chains, self.begins_with_field, other.ends_in_field)


def _narrowed(sides: Sequence[_Side]) -> query.Query:
    """Make alternatives of the words, and narrow them by the fields beside any of them."""
    words: list[query.Query] = []
    narrowing: list[tuple[int, list[Part]]] = []
    for number, side in enumerate(sides):
        if side.words:
            words.append(_all_of([part.tree for part in side.words]))
            narrowing += [(number, chain) for chain in side.chains]
        elif len(side.chains) == 1:
            words.append(_any_of([part.tree for part in side.chains[0]]))
        elif len(sides) == 1:
            narrowing += [(number, chain) for chain in side.chains]
        else:
            raise _unclear(side.chains[1][0].token)
    fields = _once(narrowing)
    return _all_of([*([_any_of(words)] if words else []), *fields])


def _once(narrowing: Sequence[tuple[int, list[Part]]]) -> list[query.Query]:
    """List what narrows a level; one field with different values on two sides of an OR is refused."""
    trees: list[query.Query] = []
    sides: dict[str | None, int] = {}
    for number, chain in narrowing:
        tree = _any_of([part.tree for part in chain])
        if tree in trees:
            continue
        name = chain[0].field
        if name != "(" and not isinstance(tree, query.Not) and sides.setdefault(name, number) != number:
            raise _unclear(chain[0].token)
        trees.append(tree)
    return trees


def _unclear(token: Token) -> QueryError:
    return token.error(
        "A field narrows the whole of its brackets, so what OR joins here is not clear; put each side in"
        " brackets, as in (mines speaker:japan) OR (bombs speaker:chile)."
    )


def left_out(tree: query.Query) -> query.Query:
    """Mark what is to be left out; what is left out twice is not."""
    return tree.query if isinstance(tree, query.Not) else query.Not(tree)


def positive(tree: query.Query) -> query.Query:
    """Turn what is to be left out into every paragraph without it."""
    return Without(query.Every(), tree.query) if isinstance(tree, query.Not) else tree


def _any_of(parts: Sequence[query.Query]) -> query.Query:
    if len(parts) == 1:
        return parts[0]
    return Either(_flat(map(positive, parts), Either))


def _all_of(parts: Sequence[query.Query]) -> query.Query:
    if len(parts) == 1:
        return parts[0]
    wanted = _flat((part for part in parts if not isinstance(part, query.Not)), query.And)
    left = _flat((part.query for part in parts if isinstance(part, query.Not)), Either)
    everything = query.And(wanted) if len(wanted) > 1 else wanted[0] if wanted else query.Every()
    if not left:
        return everything
    return Without(everything, Either(left) if len(left) > 1 else left[0])


def _flat(parts: Iterable[query.Query], kind: type[query.CompoundQuery]) -> list[query.Query]:
    """List the parts, with the parts of those that are of this kind in their place."""
    return [inner for part in parts for inner in (part.subqueries if type(part) is kind else [part])]
