"""Words with wildcards inside a quotation: patterns that stand for few enough forms each.

Where words stand side by side, Lucene takes a pattern for the forms that it stands for, one after the other,
and refuses one of more than 1,024. Such a pattern is parted by the next letter of its forms, until each part
stands for fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whoosh import query

from onrecord.search.query.expansion import fits

__all__ = ["MOST_FORMS", "parted"]

#: As many as Lucene takes, where nobody has told it otherwise.
MOST_FORMS = 1024


def parted(pattern: str, forms: Sequence[str], *, most: int = MOST_FORMS) -> Iterator[str]:
    """Yield patterns that together stand for the forms that one stands for, each for ``most`` at most.

    >>> list(parted("mi*s", ["mines", "miss", "peace"], most=1))
    ['min*s', 'mis*s']
    """
    fitting = list(filter(fits(query.Wildcard("text", pattern)), forms))
    wildcard = re.search(r"\*+|\?", pattern)
    if len(fitting) <= most or wildcard is None:
        if fitting:
            yield pattern
        return
    head, rest = pattern[: wildcard.start()], pattern[wildcard.end() :]
    letters = sorted({form[len(head)] for form in fitting if len(form) > len(head)})
    star = "" if wildcard[0] == "?" else "*"
    for part in ([head + rest] if star else []) + [f"{head}{letter}{star}{rest}" for letter in letters]:
        yield from parted(part, fitting, most=most)
