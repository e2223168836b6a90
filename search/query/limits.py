"""What a question may ask at most: limits with names, for typed questions and for given trees alike.

Within them the worst question that we know takes seconds on the 336,584 paragraphs of the
General Debate; ``docs/limits.md`` has the measurements.
"""

from __future__ import annotations

from whoosh import query

from onrecord.indexer.errors import Limit, QueryError
from onrecord.search.query import Inflected, Near, OtherForms, Quotation

__all__ = [
    "DEPTH",
    "ENTRIES",
    "FUZZY_DISTANCE",
    "FUZZY_LENGTH",
    "LENGTH",
    "LIMITS",
    "NEARNESS",
    "NEAR_GROUPS",
    "OPEN_PATTERNS",
    "PATTERNS",
    "TIME",
    "WORDS",
    "QueryLimit",
    "check_limits",
]


class QueryLimit(Limit):
    """A limit of a question."""

    __slots__ = ()

    def error(self, typed: str, position: int | None = None) -> QueryError:
        """Return the error that refuses a question."""
        return QueryError(self.sentence, query=typed, position=position, limit=self.name)


#: A page of text pasted by mistake is longer.
LENGTH = QueryLimit("LENGTH", 10_000, "The query is longer than 10,000 characters; ask with fewer words.")
#: Whoosh evaluates up to 1,024 alternatives one by one.
WORDS = QueryLimit("WORDS", 1_000, "The query has more than 1,000 words; ask with fewer words.")
#: Groups and NOTs in each other; nobody reads deeper ones, and recursion ends somewhere.
DEPTH = QueryLimit("DEPTH", 50, "Groups stand in each other more than 50 deep; take some apart.")
#: Up to 60 ms each: a prefix of one letter stands for 3,500 words.
PATTERNS = QueryLimit(
    "PATTERNS", 50, "The query has more than 50 words with *, ? or ~; ask with fewer of them."
)
#: Up to 600 ms each: such a word is held against every word of the index.
OPEN_PATTERNS = QueryLimit(
    "OPEN_PATTERNS", 5, "More than 5 words of the query begin with * or ?; write the first letter of some."
)
#: Held against each word of about its length, in the time of the square of it.
FUZZY_LENGTH = QueryLimit(
    "FUZZY_LENGTH", 50, "A word with ~ has more than 50 letters; write its beginning and a * instead."
)
FUZZY_DISTANCE = QueryLimit(
    "FUZZY_DISTANCE", 2, "A word with ~ is looked for more than 2 letters away; ask for 1 or 2."
)
#: Up to 3.3 seconds each, for three of the commonest words.
NEAR_GROUPS = QueryLimit(
    "NEAR_GROUPS", 10, "The query has more than 10 groups of words near each other; ask with fewer of them."
)
NEARNESS = QueryLimit(
    "NEARNESS", 9_999, "Words are near each other with at most 9,999 others among them; ask for fewer."
)
#: Up to 30 phrases each, one a form.
ENTRIES = QueryLimit(
    "ENTRIES",
    50,
    "The query names more than 50 entries of the lexicon; ask for fewer of them, or in normal mode.",
)
#: Trees of other nodes than those of our language are answered paragraph by paragraph, in Python.
TIME = QueryLimit(
    "TIME", 30, "Whoosh computes more than 30 seconds for this tree; ask for less, or in the query language."
)

#: Every limit, in the order of the documents.
LIMITS = (
    LENGTH,
    WORDS,
    DEPTH,
    PATTERNS,
    OPEN_PATTERNS,
    FUZZY_LENGTH,
    FUZZY_DISTANCE,
    NEAR_GROUPS,
    NEARNESS,
    ENTRIES,
    TIME,
)

# A group becomes at most so many nodes in each other, and a word so many in all: what a date is, say, is a
# filter of two bounds.
_NODES_A_GROUP, _NODES_A_WORD = 2, 5
_WILDCARDS = ("*", "?")


def check_limits(tree: query.Query, *, typed: str) -> None:
    """Raise the `QueryError` of a limit that a tree goes beyond; it may be of any depth, and hold itself."""
    nodes = words = patterns = opened = nears = entries = 0
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if depth > _NODES_A_GROUP * DEPTH.most:
            raise DEPTH.error(typed)
        if nodes > _NODES_A_WORD * WORDS.most:
            raise WORDS.error(typed)
        children = () if isinstance(node, Inflected | OtherForms) else node.children()
        deeper = [(child, depth + 1) for child in children]
        words += 0 if deeper else _words(node)
        if isinstance(node, query.MultiTerm):
            patterns += 1
            opened += _is_open(node)
            _hold_fuzzy(node, typed)
        if isinstance(node, Quotation):
            patterns += len(node.patterns)
            opened += sum(map(_is_open, node.patterns))
        entries += isinstance(node, OtherForms)
        if isinstance(node, Near):
            nears += 1
            if node.within > NEARNESS.most:
                raise NEARNESS.error(typed)
        waiting += deeper
    counts = (
        *((WORDS, words), (PATTERNS, patterns), (OPEN_PATTERNS, opened)),
        *((NEAR_GROUPS, nears), (ENTRIES, entries)),
    )
    for limit, count in counts:
        if count > limit.most:
            raise limit.error(typed)


def _words(node: query.Query) -> int:
    """Count the words of a node without others in it."""
    if isinstance(node, query.Phrase | Near | Quotation):
        return len(node.words)
    return 0 if isinstance(node, query.NumericRange) else 1


def _is_open(node: query.Query) -> bool:
    """Tell whether a pattern says nothing of how its words begin."""
    match node:
        case query.FuzzyTerm():
            return not node.prefixlength
        case query.Prefix() | query.Wildcard():
            return str(node.text).startswith(_WILDCARDS)
    return isinstance(node, query.MultiTerm)


def _hold_fuzzy(node: query.MultiTerm, typed: str) -> None:
    if isinstance(node, query.FuzzyTerm):
        if len(node.text) > FUZZY_LENGTH.most:
            raise FUZZY_LENGTH.error(typed)
        if node.maxdist > FUZZY_DISTANCE.most:
            raise FUZZY_DISTANCE.error(typed)
