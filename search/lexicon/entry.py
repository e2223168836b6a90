"""An entry of the lexicon: what is one thing under all its names, and what guards its short ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.indexer.analysis.inflection import acronym_group, is_acronym_shaped
from onrecord.indexer.analysis.words import fold

__all__ = ["LANGUAGES", "Entry", "Guard", "form_key", "is_acronym", "is_short"]

#: The languages that an entry has names in, ISO 639-1.
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


@dataclass(frozen=True, slots=True)
class Guard:
    """What keeps the short forms of an entry, which are one word each, from being taken for other words."""

    capitals: tuple[str, ...] = ()  #: acronyms that have to be typed in capitals to be meant
    beside: tuple[str, ...] = ()  #: words of which the paragraph has to hold one
    since: int | None = None  #: the first year of the statement
    until: int | None = None  #: the last
    not_in: tuple[str, ...] = ()  #: languages in which the form is another word

    @property
    def years(self) -> str:
        """The years as they are written in the table; "" where there are none."""
        return "" if self.since is self.until is None else f"{self.since or ''}..{self.until or ''}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One body, treaty, meeting or term.

    ``forms`` are its acronyms and names with the language of each, acronyms first. ``source`` says what the
    entry rests on, "general knowledge" where on nothing else, and behind a source the languages of which
    that is so.
    """

    code: str
    kind: str
    forms: tuple[tuple[str, str], ...]  #: language and form
    since: int | None = None  #: the year from which there is such a thing
    until: int | None = None
    guard: Guard = Guard()
    source: str = ""

    @property
    def name(self) -> str:
        """The name in full: the first in English that is no acronym, else the first of any."""
        long = [form for _, form in self.forms if not is_short(form)]
        return next(iter([*long, *(form for _, form in self.forms)]), self.code)

    def in_language(self, language: str) -> tuple[str, ...]:
        """Return the forms in one language."""
        return tuple(form for code, form in self.forms if code == language)

    def languages_of(self, form: str) -> tuple[str, ...]:
        """Return the languages that have a form, however it is written."""
        return tuple(code for code, one in self.forms if form_key(one) == form_key(form))

    def without(self, forms: Iterator[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Entry:
        """Return the entry without some of its forms."""
        left_out = {(language, form_key(form)) for language, form in forms}
        kept = tuple(one for one in self.forms if (one[0], form_key(one[1])) not in left_out)
        return replace(self, forms=kept)

    def as_dict(self) -> dict[str, object]:
        """Return the entry as plain data, ready for JSON."""
        return {
            "code": self.code,
            "kind": self.kind,
            "name": self.name,
            "since": self.since,
            "until": self.until,
            "forms": {language: list(self.in_language(language)) for language in LANGUAGES},
            "capitals": list(self.guard.capitals),
            "beside": list(self.guard.beside),
            "years": self.guard.years,
            "not_in": list(self.guard.not_in),
            "source": self.source,
        }


def is_acronym(form: str) -> bool:
    """Tell whether a form is an acronym, which is looked for in capitals alone.

    >>> [is_acronym(form) for form in ("NPT", "SDGs", "ДНЯО", "PrepCom", "P5", "New START")]
    [True, True, True, False, False, False]
    """
    return is_acronym_shaped(form)


def is_short(form: str) -> bool:
    """Tell whether a form is one word, which is all that a guard looks at.

    >>> is_short("NPT"), is_short("Daesh"), is_short("Arms Trade Treaty"), is_short("艾滋病")
    (True, True, False, False)
    """
    return " " not in fold(form)


def form_key(form: str) -> str:
    """Return what is the same for two ways to write a form: ``SDG`` and ``SDGs``, ``non-`` and ``non ``."""
    return acronym_group(form) if is_acronym(form) else fold(form)
