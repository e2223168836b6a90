"""Who a label names: person, post and delegation, and as what they speak."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.indexer.formats.verbatim.floor import group_in, language_in
from onrecord.indexer.register import Delegation, delegation_by_code
from onrecord.indexer.register.offices import is_chair
from onrecord.indexer.statement import Confidence, Finding, Party, Speaker, SpeakerRole
from onrecord.indexer.turns.kinds import Kind
from onrecord.indexer.turns.label import Label
from onrecord.indexer.turns.words import is_any

__all__ = ["LABEL", "group_of", "role_of", "speaker_of"]

#: The kind of evidence that a label is.
LABEL = "label of a turn"
_NOBODY = frozenset({Kind.ASKS, Kind.SEVERAL})
_GUESSED = frozenset({Kind.BARE, Kind.DELEGATION, Kind.BRACKET})
_OBSERVERS = frozenset({"VAT", "PSE"})


def speaker_of(label: Label, *, year: int | None = None) -> Finding[Speaker] | None:
    """Name the speaker of a turn, under the name that a delegation had in that year."""
    if label.kind in _NOBODY:
        return None
    confidence = Confidence.LOW if label.kind in _GUESSED else Confidence.HIGH
    delegation = _in_year(label.delegation, year)
    speaker = Speaker(
        _printed(label),
        delegation=delegation.name if delegation else None,
        code=delegation.code if delegation else None,
        person=label.person,
        post=label.post,
    )
    return Finding(speaker, label.words, confidence, LABEL)


def group_of(label: Label) -> Finding[Party] | None:
    """Return for whom a speaker says the words besides, where the label tells it."""
    said = (label.besides, *label.asides)
    found = next(filter(None, (group_in(words, label.words) for words in said if words)), None)
    return found and replace(found, kind=LABEL)


def role_of(label: Label, *, presided: bool) -> Finding[SpeakerRole] | None:
    """Say as what someone speaks, where the label says it: in the chair, or for a delegation."""
    if label.kind is Kind.CHAIR:
        return Finding(SpeakerRole.CHAIR, label.words, kind=LABEL) if presided else None
    delegation = label.delegation
    if delegation is None:
        return None
    if presided and label.post and _chairs(label.post):
        return Finding(SpeakerRole.CHAIR, label.words, kind=LABEL)
    observes = delegation.kind == "organisation" or delegation.code in _OBSERVERS
    return Finding(SpeakerRole.OBSERVER if observes else SpeakerRole.DELEGATION, label.words, kind=LABEL)


def _chairs(post: str) -> bool:
    """Tell whether who is there for a delegation presides: "(Ghana), Chair", and not the chair of a group."""
    return is_chair(post) and not is_any(re.split(r"[\s-]", post)[0], "modifier")


def _in_year(delegation: Delegation | None, year: int | None) -> Delegation | None:
    if delegation is None or year is None:
        return delegation
    return delegation_by_code(delegation.code, year=year) or delegation


def _printed(label: Label) -> str:
    """Return the label as printed, less the language that was spoken and the time."""
    told = [aside for aside in label.asides if any(map(str.isalpha, aside)) and not language_in((aside,))]
    asides = [f"({aside})" for aside in told]
    name, post = label.name, ""
    if label.behind:
        name, post = name.removesuffix(f", {label.behind}"), f", {label.behind}"
    named = " ".join([name, *asides]) + post
    return f"{named}, {label.besides}" if label.besides else named
