"""The words of the interface, a table a language, and which language a reader has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from onrecord.search.web.parameters import Kind, Parameter
from onrecord.search.web.resource import Asked

__all__ = ["LANGUAGES", "LANGUAGE_PARAMETER", "Wording", "language_of", "wording"]

#: The languages of the interface, each by its own name: those of the United Nations.
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
}
#: What a URL says of the language.
LANGUAGE_PARAMETER = Parameter("lang", "the language of the page", Kind.CHOICE, tuple(LANGUAGES))
_TABLES = Path(__file__).parent / "words"
_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*", re.ASCII
)
# What stands between the thousands of a number.
_THOUSANDS = {"fr": "\u202f", "es": "\u202f", "ru": "\u202f"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language."""

    code: str
    words: Mapping[str, str]

    @property
    def direction(self) -> str:
        """Where its lines begin."""
        return "rtl" if self.code == "ar" else "ltr"

    def __call__(self, key: str, **values: Any) -> str:
        """Return the words of a key, numbers in them as people write them.

        Words are ``one|many`` where the first number changes them. What is put in is escaped as they are.
        """
        said = self.words[key]
        if "|" in said:
            one, many = said.split("|")
            number = next(value for value in values.values() if isinstance(value, int))
            said = one if number == 1 or (number == 0 and self.code == "fr") else many
        if not values:
            return said
        return Markup(said).format(**{name: self.shown(value) for name, value in values.items()})

    def shown(self, value: Any) -> Any:
        """Write a number with its thousands apart; what is none stays as it is."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        return f"{value:,}".replace(",", _THOUSANDS.get(self.code, ","))


@cache
def wording(code: str) -> Wording:
    """Read the words of a language."""
    import yaml  # no page is made before the first

    table = yaml.safe_load((_TABLES / f"{code}.yaml").read_text("utf-8"))
    return Wording(code, table)


def language_of(asked: Asked) -> str:
    """Choose the language of a page: that of the URL, else what a reader would rather have, else English."""
    named = next((value for name, value in asked.typed if name == "lang" and value in LANGUAGES), None)
    return named or _wanted(asked.languages)


@lru_cache(maxsize=256)  # what clients send is bounded
def _wanted(header: str) -> str:
    best, most = "en", 0.0
    for one in header[:500].split(","):
        if (found := _RANGE.fullmatch(one)) is None or found[1].lower() not in LANGUAGES:
            continue
        quality = 1.0 if found[2] is None else float(found[2])
        if quality > most:
            best, most = found[1].lower(), quality
    return best
