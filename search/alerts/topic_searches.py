"""The topics of a file as saved searches: one each, by the name of the file and that of the topic."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Unpack

from onrecord.indexer.errors import AlertError
from onrecord.search.alerts.saved_searches import Saved
from onrecord.search.request import Filters
from onrecord.search.research.topics import name_of_topics, read_topics

__all__ = ["searches_of_topics"]

_NO_LETTER = re.compile(r"[^\w.]+")


def searches_of_topics(path: Path | str, **filters: Unpack[Filters]) -> tuple[Saved, ...]:
    """Return a saved search for each topic of a file, all with the same filters (`QueryError`, `AlertError`).

    The mode of a topic goes before that of all.

    >>> [one.name for one in searches_of_topics("lancet")]
    ['lancet.climate', 'lancet.health']
    """
    file = Path(name_of_topics(path)).stem
    named: dict[str, Saved] = {}
    for topic, asked in read_topics(path).items():
        name = _NO_LETTER.sub("-", f"{file}.{topic}").strip("-")
        if name.casefold() in named:
            raise AlertError(
                f'{path}: "{topic}" and another topic both become {name}; give one another name.',
                path=Path(path),
            )
        own = filters.copy()
        if asked.mode is not None:
            own["mode"] = asked.mode
        named[name.casefold()] = Saved.of(name, asked.query, **own)
    return tuple(named.values())
