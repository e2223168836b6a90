"""Ask an index: keywords, exact phrases, filters; exact totals, quotable hits.

>>> from search import open_index
"""

from search.engine.rank import Sort
from search.index import Index, open_index
from search.language import Mode
from search.results.hits import Count, Facets, Folded, Hit, Passage, Results, Status

__all__ = [
    "Count",
    "Facets",
    "Folded",
    "Hit",
    "Index",
    "Mode",
    "Passage",
    "Results",
    "Sort",
    "Status",
    "open_index",
]
