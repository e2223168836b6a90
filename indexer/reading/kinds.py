"""Kinds of evidence in words, for whoever checks what was understood.

What a heading says is of the kinds that its table of evidence has (`indexer.heading.evidence`); ``kinds.csv``
has the others: where a value is declared, and what the reader of a format reads it from.
"""

from __future__ import annotations

from functools import cache

from onrecord.indexer.register.tables import rows

__all__ = ["kind_in_words"]

# The facts whose kinds stand in the table of evidence under other names: who speaks is decided with groups.
_DECIDED_AS = {"speaker": ("speaker", "group"), "on_behalf_of": ("group",), "delivered_by": ("speaker",)}


def kind_in_words(fact: str, kind: str) -> str:
    """Say what a kind of evidence for a fact is.

    >>> kind_in_words("speaker", "delivered by"), kind_in_words("date", "sidecar")
    ('who is named behind "delivered by"', 'declared in a YAML file beside the text')
    """
    headings = _kinds_of_headings()
    for field in _DECIDED_AS.get(fact, (fact,)):
        if (field, kind) in headings:
            return headings[field, kind]
    return _other_kinds().get(kind, f"what the file says, read as {kind}")


@cache
def _kinds_of_headings() -> dict[tuple[str, str], str]:
    from onrecord.indexer.heading.evidence import read_table_of_evidence  # it loads the patterns of headings

    return {(row["field"], row["kind"]): row["what"] for row in read_table_of_evidence()}


@cache
def _other_kinds() -> dict[str, str]:
    return {row["kind"]: row["what"] for row in rows("kinds.csv", beside=__file__)}
