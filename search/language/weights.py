"""How much each word of a question counts for the order: words of grammar less, beside words of content.

``the reform of the council`` is about a reform and a council. A paragraph that says "the" and "of" more often
answers it no better, so these weigh a quarter; they are looked for, counted and marked like all others. In a
question of such words alone (``to be or not to be``) each has its full weight.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoosh import query

from onrecord.search.query import Compound, Filter, Inflected, OtherForms
from onrecord.search.query.lexicon import Lexicon

__all__ = ["FUNCTION_WORD_WEIGHT", "weigh"]

#: Measured on fifteen judged collections: mean nDCG@10 0.5 points above that with full weights; at 0 they
#: would no longer tell "to be" from "to the".
FUNCTION_WORD_WEIGHT = 0.25


def weigh(tree: query.Query, lexicon: Lexicon) -> tuple[str, ...]:
    """Give the words of grammar in a question their weight, and name them; none where there is no content."""
    if isinstance(tree, Inflected):
        return ()  # as most questions are
    asked = list(_asked(tree))
    if len(asked) < 2:
        return ()
    light = [word for node in asked if (word := _function_word(node, lexicon)) is not None]
    if len(light) == len(asked):
        return ()
    for node, _ in light:
        node.boost = FUNCTION_WORD_WEIGHT
    return tuple(dict.fromkeys(word for _, word in light))


def _asked(tree: query.Query) -> Iterator[query.Query]:
    """Yield the parts of a question that score: words, phrases, patterns."""
    match tree:
        case Inflected() | Compound() | OtherForms():
            yield tree
        case Filter() | query.Every():
            return
        case query.AndNot():
            yield from _asked(tree.a)
        case query.And() | query.Or():
            for part in tree.subqueries:
                yield from _asked(part)
        case _:
            yield tree


def _function_word(node: query.Query, lexicon: Lexicon) -> tuple[Inflected | query.Term, str] | None:
    """Return a word of grammar with its node."""
    match node:
        case Inflected() if lexicon.is_grammatical(node.word, node.groups):
            return node, node.word
        case query.Term(fieldname="text") if lexicon.is_grammatical(
            node.text, lexicon.meaning(node.text).groups
        ):
            return node, node.text
    return None
