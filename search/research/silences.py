"""Who spoke and who was silent on several topics: one table, a row for each speaker on each topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.search.backend import Backend
from onrecord.search.request import Options
from onrecord.search.research.counts.cells import TOPIC
from onrecord.search.research.counts.counting import Questions, requests_of
from onrecord.search.research.silence import Among, Silence, silence_on
from onrecord.search.research.tables import Column, Table

__all__ = ["Silences", "silences"]


@dataclass(frozen=True, eq=False)
class Silences(Mapping[str, Silence]):
    """Who spoke on each of some topics, who spoke and not on it, who did not speak: a `Silence` by name."""

    topics: Mapping[str, Silence]

    def __getitem__(self, name: str) -> Silence:
        return self.topics[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.topics)

    def __len__(self) -> int:
        return len(self.topics)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data by topic, ready for JSON."""
        return {name: silence.as_dict() for name, silence in self.topics.items()}

    def as_dicts(self) -> list[dict[str, Any]]:
        """Return every row as plain data, topic by topic."""
        return [{TOPIC: name, **one.as_dict()} for name, silence in self.topics.items() for one in silence]

    def table(self) -> Table:
        """Return the rows of all topics as one table, with the topic before each."""
        tables = {name: silence.table() for name, silence in self.topics.items()}
        columns = next(iter(tables.values())).columns
        rows = ((name, *row) for name, table in tables.items() for row in table.rows)
        return Table((Column(TOPIC), *columns), tuple(rows))

    def _repr_html_(self) -> str:
        """Show everyone in a notebook."""
        return self.table().html()


def silences(
    backend: Backend, questions: Questions, *, among: Among, absent: bool, options: Options
) -> Silences:
    """Say of each of some topics who spoke on it and who did not (`Index.silence`)."""
    requests = requests_of(questions, options)
    return Silences(
        {
            str(name): silence_on(backend, request, among=among, absent=absent)
            for name, request in requests.items()
        }
    )
