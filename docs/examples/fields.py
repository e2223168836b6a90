"""The fields of what is answered in JSON: their types from the types, their meaning from the docstrings."""

from __future__ import annotations

import re
import types
from collections.abc import Sequence
from dataclasses import is_dataclass
from typing import Any, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from onrecord.search.results.hits import Hit
from onrecord.search.web import answers

__all__ = ["described", "named", "rows"]

_PLAIN = {str: "text", int: "number", float: "number", bool: "true or false", type(None): "null", Any: "any"}
_SENTENCE = re.compile(r"(?<=[.:])\s+(?=[A-Z`])")
_OF_HITS = ("HitAnswer", "StatementFacts")
# What a field is wherever it has this name, and no docstring says more.
_EVERYWHERE = {
    "address": "The address: it leads back to the same words.",
    "code": "The code of a delegation (ISO 3166-1 alpha-3 for a state), null for a person.",
    "date": "The date, as precise as the source has it; null where it is not known.",
    "delivered_by_code": "The code of the state that gave a group's statement.",
    "facts": "What is known of the statement.",
    "field": "The field of the query language that it may be meant for.",
    "form": "A form or spelling of it that was found.",
    "forum": "The body, meeting or conference, as it was called then; null where it is not known.",
    "forums": "By forum.",
    "generation": "The number of the commit that the answer is from.",
    "language": "The language, by its code; null where it is not known.",
    "languages": "By language.",
    "lasting_address": "The address with the fingerprint of the words: it leads to them wherever they move.",
    "name": "The name.",
    "notes": "What has to be known to read the numbers, in sentences.",
    "on_behalf_of_code": "The code of the state that a statement is given for.",
    "paragraphs": "How many paragraphs.",
    "place": "Where it was said; null where it is not known.",
    "query": "The question that finds these.",
    "role": "What a paragraph does in its statement: greeting, body, closing or note.",
    "score": "How well it matches, to be compared within one answer alone.",
    "speaker": "The delegation under the name it had then, or the person; null where that is not known.",
    "statement": "The address of its statement.",
    "statements": "How many statements.",
    "title": "The title that the source gives, or null.",
    "understood": "How the question was read, in words.",
    "url": "Where it is read, relative to this answer.",
    "word": "The word.",
    "words": "How many words.",
}


def described() -> list[type]:
    """Return all types of the answers, each before those that are named in it."""
    found: list[type] = []
    for name in answers.__all__:
        _gather(getattr(answers, name), found)
    return found


def named(kind: type) -> str:
    """Return what a type is called in the description of the interface."""
    return kind.__name__


def rows(kind: type) -> list[tuple[str, str, str]]:
    """Return each field of a type with its own type and its meaning, empty where no docstring says it."""
    hints = get_type_hints(kind, include_extras=True)
    return [(name, _shown(hint), _meaning(kind, name)) for name, hint in hints.items() if name[0] != "_"]


def _gather(hint: Any, found: list[type]) -> None:
    for part in get_args(hint):
        _gather(part, found)
    if isinstance(hint, type) and (is_typeddict(hint) or is_dataclass(hint)) and hint not in found:
        found.append(hint)
        for inner in get_type_hints(hint).values():
            _gather(inner, found)


def _shown(hint: Any) -> str:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is NotRequired:
        return f"{_shown(parts[0])}, where there is one"
    if origin in (Union, types.UnionType):
        return " or ".join(map(_shown, parts))
    if origin in (list, tuple) or origin is Sequence:
        inner = [part for part in parts if part is not Ellipsis]
        return "list of " + " or ".join(dict.fromkeys(map(_shown, inner)))
    if origin is dict or hint is dict:
        return "object"
    if hint in _PLAIN:
        return _PLAIN[hint]
    return f"[{hint.__name__}](#{hint.__name__.lower()})" if isinstance(hint, type) else "any"


def _meaning(kind: type, name: str) -> str:
    """Return what the docstring of a type says of a field; those of hits are the fields of `Hit`."""
    said = " ".join(f"{kind.__doc__ or ''} {Hit.__doc__ if kind.__name__ in _OF_HITS else ''}".split())
    for sentence in _SENTENCE.split(said):
        if f"``{name}``" in sentence:
            return sentence.replace("``", "`").replace("|", "\\|")
    return _EVERYWHERE.get(name, "")
