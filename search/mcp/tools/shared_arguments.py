"""Arguments that several tools take."""

from __future__ import annotations

from onrecord.search.language import Mode
from onrecord.search.mcp import arguments as take

__all__ = ["FORUM", "MODE", "OFFSET", "QUERY", "SINCE", "SPEAKER", "UNTIL"]

#: How a question is written.
QUERY = (
    'In the query language: words (all must occur), "an exact phrase", OR, -word, (brackets), prefix*, '
    '"two words"~5 (near each other), speaker:japan, forum:"security council", date:2019..2021.'
)
SPEAKER = take.names("speaker", "Only these delegations or persons, under any of their names.")
FORUM = take.names("forum", "Only statements before these forums.")
SINCE = take.date("since", "From this date on: 2019, 2019-09 or 2019-09-20, that date included.")
UNTIL = take.date("until", "Up to this date, that date included.")
MODE = take.choice(
    "mode",
    "exact: words as written; normal: their inflections and spellings too; broad: acronyms and other names"
    " of bodies and treaties too.",
    [mode.value for mode in Mode],
    default=Mode.NORMAL.value,
)
OFFSET = take.number("offset", "How many to pass over.", most=1_000_000_000, default=0)
