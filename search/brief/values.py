"""What a brief says, as values that outlive the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.search.research.silence import Presence, Silence

__all__ = ["Made", "Quotation", "TopicBrief"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a speaker said on a topic, exact at their address.

    ``address`` is the lasting one, with the fingerprint of the words. ``citation`` is the footnote as the
    United Nations write it. ``recognised`` tells that the words were read off a picture, so that any may be
    wrong. ``speaker`` and ``code`` are those of the `Presence` that it belongs to.
    """

    speaker: str
    code: str | None
    text: str
    address: str
    citation: str
    language: str | None
    recognised: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class TopicBrief:
    """What is said on one topic, and by whom.

    ``query`` is the question as typed, None of a query tree, ``understood`` what it was taken for.
    ``paragraphs`` and ``statements`` are those on it, ``of_…`` all that pass the filters. ``found_by`` are
    the commands behind the figures, by their names: "search", "count" and "silence". ``fields`` narrow the
    question to one speaker: with one of them, by the code or else the name, it finds what the row of that
    speaker counts (`query_of`). ``not_quoted`` are the first addresses of those on it of whom no sentence
    can be quoted so that it reads back the same.
    """

    name: str
    query: str | None
    mode: str
    understood: str
    paragraphs: int
    statements: int
    of_paragraphs: int
    of_statements: int
    silence: Silence
    quotations: tuple[Quotation, ...]
    not_quoted: tuple[str, ...]
    found_by: Mapping[str, str]
    fields: Mapping[str, str]
    narrowed: Mapping[str, str]

    def field_of(self, one: Presence) -> str | None:
        """Return the field that finds the statements of a speaker."""
        return self.fields.get(one.code or one.name)

    def query_of(self, one: Presence) -> str | None:
        """Return the question that finds what a speaker said on it, asked with the filters and the mode."""
        return self.narrowed.get(one.code or one.name)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain data, ready for JSON."""
        return {
            "topic": self.name,
            "query": self.query,
            "mode": self.mode,
            "understood": self.understood,
            "paragraphs": self.paragraphs,
            "statements": self.statements,
            "of_paragraphs": self.of_paragraphs,
            "of_statements": self.of_statements,
            "found_by": dict(self.found_by),
            **{
                status: [{**one.as_dict(), "query": self.query_of(one)} for one in some]
                for status, some in (
                    ("spoke", self.silence.spoke),
                    ("silent", self.silence.silent),
                    ("absent", self.silence.absent),
                )
            },
            "groups": self.silence.groups,
            "others": self.silence.others,
            "unknown": [one.as_dict() for one in self.silence.unknown],
            "quotations": [one.as_dict() for one in self.quotations],
            "not_quoted": self.not_quoted,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """What has to be the same for the same brief to be made again.

    ``command`` makes it, None where topics are no file or a query is a tree. ``filters`` are the options of
    the questions; ``versions`` and ``fingerprint`` tell the program and the index, as in a run record.
    """

    command: str | None
    filters: Mapping[str, Any]
    silence: bool
    absent: bool
    quotes: int
    versions: Mapping[str, Any]
    fingerprint: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return {
            "command": self.command,
            "filters": dict(self.filters),
            "silence": self.silence,
            "absent": self.absent,
            "quotes": self.quotes,
            "versions": dict(self.versions),
            "index": {"fingerprint": self.fingerprint},
        }
