"""Tokens to a query tree, by recursive descent.

::

    either   = together { OR together }
    together = single { [AND] single }
    single   = (NOT | "-") single | "(" either ")" | FIELD value | WORD | PHRASE

While the tree grows, ``Not`` marks what is to be left out. The finished tree has
none: stock Whoosh gives deleted documents back for a ``Not`` that stands alone and
adds 1 to the score for one in an ``And``. What is left out becomes a `Without`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whoosh import query

from onrecord.indexer.errors import QueryError
from onrecord.search.language.fields import field_query
from onrecord.search.language.operands import Mode, phrase_query, word_query
from onrecord.search.language.tokens import Kind, Token
from onrecord.search.query import Either, Without
from onrecord.search.query.limits import DEPTH

__all__ = ["build_query"]

_ENDS = frozenset((Kind.OR, Kind.CLOSE, Kind.END))
_JOINTS = frozenset((Kind.AND, Kind.OR))


def build_query(tokens: list[Token], *, mode: Mode, languages: Sequence[str]) -> query.Query:
    """Build the query that the tokens of a whole question mean."""
    return _Parser(tokens, mode=mode, languages=languages).parse()


class _Parser:
    def __init__(self, tokens: list[Token], *, mode: Mode, languages: Sequence[str]) -> None:
        self._tokens = tokens
        self._at = 1  # the first token is START
        self._mode = mode
        self._languages = languages

    def parse(self) -> query.Query:
        tree = self._either(0)
        if self._next.kind is Kind.CLOSE:
            raise self._stray()
        return _positive(tree)

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _either(self, depth: int) -> query.Query:
        alternatives = [self._together(depth)]
        while self._next.kind is Kind.OR:
            self._take()
            alternatives.append(self._together(depth))
        if len(alternatives) == 1:
            return alternatives[0]
        return Either(_flat(map(_positive, alternatives), Either))

    def _together(self, depth: int) -> query.Query:
        parts = [self._single(depth)]
        while self._next.kind not in _ENDS:
            if self._next.kind is Kind.AND:
                self._take()
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else _all_of(parts)

    def _single(self, depth: int) -> query.Query:
        token = self._take()
        if depth > DEPTH.most:
            raise DEPTH.error(token.typed, token.position)
        if token.kind is Kind.WORD:
            return word_query(token, mode=self._mode, languages=self._languages)
        if token.kind is Kind.PHRASE:
            return phrase_query(token)
        if token.kind is Kind.FIELD:
            return field_query(token.text, self._take())
        if token.kind is Kind.NOT:
            return _without(self._single(depth + 1))
        if token.kind is Kind.OPEN:
            return self._group(token, depth + 1)
        self._at -= 1
        raise self._nothing()

    def _group(self, opening: Token, depth: int) -> query.Query:
        if self._next.kind is Kind.END:
            raise _unclosed(opening)
        tree = self._either(depth)
        if self._take().kind is not Kind.CLOSE:
            raise _unclosed(opening)
        return tree

    def _nothing(self) -> QueryError:
        """Say what is wrong where a word should stand: here is an operator, a closing bracket or the end."""
        before, here = self._tokens[self._at - 1], self._next
        if here.kind in _JOINTS:
            return _one_sided(here)
        if before.kind in _JOINTS:
            return _one_sided(before)
        if before.kind is Kind.NOT:
            return before.error("NOT has nothing behind it; write what to leave out, or take it out.")
        if before.kind is Kind.OPEN:
            return before.error("There is nothing between these brackets; write words, or take them out.")
        if here.kind is Kind.CLOSE:
            return self._stray()
        return QueryError("There is no word in this query; write one, such as landmine.", query=here.typed)

    def _stray(self) -> QueryError:
        return self._next.error("This closing bracket was never opened; write ( before it, or take it out.")


def _one_sided(operator: Token) -> QueryError:
    return operator.error(
        f"{operator.text} stands between two words;"
        f' write one on each side, or "{operator.text}" for the word itself.'
    )


def _unclosed(opening: Token) -> QueryError:
    return opening.error("This bracket is never closed; write ) after the last word in it, or take it out.")


def _without(tree: query.Query) -> query.Query:
    return tree.query if isinstance(tree, query.Not) else query.Not(tree)


def _positive(tree: query.Query) -> query.Query:
    """Turn what is to be left out into every paragraph without it."""
    return Without(query.Every(), tree.query) if isinstance(tree, query.Not) else tree


def _all_of(parts: list[query.Query]) -> query.Query:
    wanted = _flat((part for part in parts if not isinstance(part, query.Not)), query.And)
    left_out = _flat((part.query for part in parts if isinstance(part, query.Not)), Either)
    everything = query.And(wanted) if len(wanted) > 1 else wanted[0] if wanted else query.Every()
    if not left_out:
        return everything
    return Without(everything, Either(left_out) if len(left_out) > 1 else left_out[0])


def _flat(parts: Iterable[query.Query], kind: type[query.CompoundQuery]) -> list[query.Query]:
    """List the parts, with the parts of those that are of this kind in their place."""
    return [inner for part in parts for inner in (part.subqueries if type(part) is kind else [part])]
