"""The register: who speaks and where, under every name they are known by."""

from __future__ import annotations

from onrecord.indexer.register.delegations import (
    Delegation,
    delegation_by_code,
    delegation_named,
    delegation_of_adjective,
    find_delegations,
    states_in,
)
from onrecord.indexer.register.forums import (
    Forum,
    find_forum_words,
    find_forums,
    forum_named,
    forum_names,
)
from onrecord.indexer.register.names import Mention, NameTable
from onrecord.indexer.register.places import find_places, place_names

__all__ = [
    "Delegation",
    "Forum",
    "Mention",
    "NameTable",
    "delegation_by_code",
    "delegation_named",
    "delegation_of_adjective",
    "find_delegations",
    "find_forum_words",
    "find_forums",
    "find_places",
    "forum_named",
    "forum_names",
    "place_names",
    "states_in",
]
