"""Tokens to a query tree, by recursive descent.

::

    either   = together { OR together }
    together = single { [AND] single }
    single   = (NOT | "-") single | "(" either ")" | FIELD values | WORD | PHRASE
    values   = value | "(" value { OR value } ")"
    value    = WORD | PHRASE

What one level of brackets comes to, and what a field on it narrows, is said in `search.language.brackets`.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoosh import query

from onrecord.indexer.errors import QueryError
from onrecord.search.language.brackets import Part, any_of_chains, joined, left_out, positive
from onrecord.search.language.fields import any_field_query
from onrecord.search.language.operands import Match, Reading, phrase_query, word_query
from onrecord.search.language.tokens import Kind, Token
from onrecord.search.query.limits import DEPTH

__all__ = ["build_query"]

_ENDS = frozenset((Kind.OR, Kind.CLOSE, Kind.END))
_JOINTS = frozenset((Kind.AND, Kind.OR))
_VALUES = frozenset((Kind.WORD, Kind.PHRASE))
_LISTED = {
    "speaker": 'speaker:(japan OR "republic of korea")',
    "person": 'person:(annan OR "Ban Ki-moon")',
    "post": 'post:(minister OR "prime minister")',
    "behalf": 'behalf:(eu OR "African Group")',
    "delivered": "delivered:(finland OR sweden)",
    "forum": 'forum:(ccm OR "security council")',
    "place": 'place:(geneva OR "new york")',
    "title": 'title:(water OR "general debate")',
    "language": "language:(en OR fr)",
    "date": "date:(2019 OR 2021)",
}


def build_query(tokens: list[Token], reading: Reading) -> query.Query:
    """Build the query that the tokens of a whole question mean."""
    return _Parser(tokens, reading).parse()


class _Parser:
    def __init__(self, tokens: list[Token], reading: Reading) -> None:
        self._tokens = tokens
        self._at = 1  # the first token is START
        self._reading = reading

    def parse(self) -> query.Query:
        tree, _ = self._either(0)
        if self._next.kind is Kind.CLOSE:
            raise self._stray()
        return positive(tree)

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _either(self, depth: int) -> tuple[query.Query, bool]:
        """Read a level of brackets, and tell whether it is nothing but fields."""
        alternatives = [self._together(depth)]
        while self._next.kind is Kind.OR:
            self._take()
            alternatives.append(self._together(depth))
        return joined(alternatives)

    def _together(self, depth: int) -> list[Part]:
        chains = [[self._single(depth)]]
        while self._next.kind not in _ENDS:
            if self._next.kind is Kind.AND:
                self._take()
                chains[-1].append(self._single(depth))
            else:
                chains.append([self._single(depth)])
        if self._reading.match is Match.ANY:
            return any_of_chains(chains)
        return [part for chain in chains for part in chain]

    def _single(self, depth: int) -> Part:
        token = self._take()
        if depth > DEPTH.most:
            raise DEPTH.error(token.typed, token.position)
        if token.kind is Kind.WORD:
            return Part(self._word(token), token)
        if token.kind is Kind.PHRASE:
            return Part(phrase_query(token), token)
        if token.kind is Kind.FIELD:
            return Part(any_field_query(token.text, self._values(token)), token, token.text)
        if token.kind is Kind.NOT:
            part = self._single(depth + 1)
            return Part(left_out(part.tree), token, part.field)
        if token.kind is Kind.OPEN:
            return self._group(token, depth + 1)
        self._at -= 1
        raise self._nothing()

    def _word(self, token: Token) -> query.Query:
        """Read a word, in broad mode with those behind it that make an entry of the lexicon with it."""
        if self._reading.field is not None:
            from onrecord.search.language.broad import broadened  # other modes do without the lexicon

            rest = self._tokens[self._at - 1 :]
            found = broadened(rest, self._reading, self._reading.field, most=self._run(rest))
            if found is not None:
                self._at += found.tokens - 1
                return found.tree
        return word_query(token, self._reading, alternative=self._is_beside_or())

    def _run(self, rest: Sequence[Token]) -> int:
        """Count the words from one on that may be read as one: a minus, and an AND between any, take one."""
        before = self._tokens[self._at - 2].kind
        if before is Kind.NOT or (before is Kind.AND and self._reading.match is Match.ANY):
            return 1
        count = next(number for number, token in enumerate(rest) if token.kind is not Kind.WORD)
        chained = self._reading.match is Match.ANY and rest[count].kind is Kind.AND
        return max(1, count - 1) if chained else count

    def _is_beside_or(self) -> bool:
        """Tell whether the word that was taken is an alternative to what is on the other side of an OR."""
        return self._next.kind is Kind.OR or self._tokens[self._at - 2].kind is Kind.OR

    def _group(self, opening: Token, depth: int) -> Part:
        if self._next.kind is Kind.END:
            raise _unclosed(opening)
        tree, only_fields = self._either(depth)
        if self._take().kind is not Kind.CLOSE:
            raise _unclosed(opening)
        return Part(tree, opening, "(" if only_fields else None)

    def _values(self, field: Token) -> list[Token]:
        """Read the value of a field, or several in brackets."""
        value = self._take()
        if value.kind is not Kind.OPEN:
            return [value]
        values = []
        while True:
            one = self._take()
            behind = one if one.kind is Kind.END else self._next
            if behind.kind is Kind.END:
                raise _unclosed(value)
            if one.kind not in _VALUES or behind.kind not in (Kind.OR, Kind.CLOSE):
                raise (one if one.kind not in _VALUES else behind).error(
                    f"{field.text}: takes values with OR between them, those of several words in quotation"
                    f" marks; write them so, as in {_LISTED.get(field.text, _LISTED['speaker'])}."
                )
            values.append(one)
            if self._take().kind is Kind.CLOSE:
                return values

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
