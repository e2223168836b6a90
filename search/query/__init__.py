"""The query nodes of our own, beside those of Whoosh.

Whoosh's search and ours both evaluate them. Where stock Whoosh already has the
node, ours is a subclass that keeps a rule the stock one breaks:

- `Constant` gives each match exactly its score. Stock ``ConstantScoreQuery`` scores
  1 where 0 was asked for, and the child's own score when terms are recorded.
- `Filter` is a `Constant` that scores 0: it says which statements, not how good.
- `Either` keeps a match that scores 0. Stock ``Or`` drops it in segments of up to
  5,000 paragraphs.
- `Without` leaves out always. Stock ``AndNot`` gives the first match of a segment back
  unchecked where what is to be left out begins earlier, and fails at a segment's end.
- `Inflected` is a word in all its forms, and remembers which word.
- `AnyOf` is any of the words side by side, where any will do.
- `Compound` is a word that was typed in parts: in one, or in parts side by side.
- `ExactPhrase` scores how often the phrase stands there. Stock ``Phrase`` scores its words wherever
  they stand.
- `AlsoAs` is what was typed or the same thing under another form, `OtherForms` these forms as one term,
  `Guarded` one of them that has to stand among some words, in some language or year.
- `Apart` is a phrase where it does not end a longer one.
- `ShownAs` finds statements by the one name they are shown under. A phrase finds any of their names.
- `Near` finds words close together in any order. Stock slop counts from word to word.
- `Quotation` is a phrase with patterns among its words, and with gaps. Stock Whoosh has none.
"""

from __future__ import annotations

from onrecord.search.query.logic import AnyOf, Compound, Constant, Either, Filter, Inflected, Without
from onrecord.search.query.other_forms import AlsoAs, Guarded, OtherForms
from onrecord.search.query.proximity import Apart, ExactPhrase, Near
from onrecord.search.query.quotation import Quotation
from onrecord.search.query.shown import ShownAs

__all__ = [
    "AlsoAs",
    "AnyOf",
    "Apart",
    "Compound",
    "Constant",
    "Either",
    "ExactPhrase",
    "Filter",
    "Guarded",
    "Inflected",
    "Near",
    "OtherForms",
    "Quotation",
    "ShownAs",
    "Without",
]
