"""What is known of a paragraph for a citation, and what is not; nothing is made up for what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, Self

from onrecord.indexer.address import letters_of
from onrecord.indexer.analysis.words import words
from onrecord.indexer.dates import PartialDate
from onrecord.indexer.numbers import ordinal

__all__ = ["Citable", "Facts", "Kind", "Place", "without_controls"]

# fmt: off
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)
# fmt: on
# Languages as English names them; another one is told by its code.
_LANGUAGES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mt": "Maltese",
    "nb": "Norwegian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}  # fmt: skip
_UNKNOWN_LANGUAGE = "und"
# Bodies whose records a bibliography calls hearings, where members of a parliament speak in them.
_COMMITTEE = re.compile(
    r"\b(?:sub)?(?:committee|commission|comité|comisión|comissão|commissione|ausschuss|komitee|utskott|udvalg)\b",
    re.IGNORECASE,
)
# Controls, line ends, marks of direction, halves of surrogate pairs, and what is no character at all.
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + "]+"
)
_NUMBER_SIGNS = " .)("
# Formats in which a page of the source is a page that is printed.
_PAGED = (".pdf",)


class Citable(Protocol):
    """What a citation needs to know of a paragraph (`search.results.hits.Hit`)."""

    @property
    def address(self) -> str:
        """The address of the paragraph."""

    @property
    def lasting_address(self) -> str:
        """The address with the fingerprint of the words."""

    @property
    def statement(self) -> str:
        """The statement, as addresses name it."""

    @property
    def number(self) -> int:
        """The place in the statement, counted from 1."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def forum(self) -> str | None:
        """Where it was said, as a body."""

    @property
    def speaker(self) -> str | None:
        """The delegation or the person that spoke."""

    @property
    def date(self) -> str | None:
        """The day, as precise as the source."""

    @property
    def place(self) -> str | None:
        """The city."""

    @property
    def language(self) -> str | None:
        """The language of the paragraph (ISO 639-1)."""

    @property
    def title(self) -> str | None:
        """The title of the statement."""

    @property
    def source(self) -> str:
        """The file, below the folder that was indexed."""

    @property
    def printed_number(self) -> str | None:
        """The number printed before the paragraph."""

    @property
    def person(self) -> str | None:
        """The person who spoke for a delegation."""

    @property
    def post(self) -> str | None:
        """The post of that person."""

    @property
    def speaker_role(self) -> str | None:
        """As what someone spoke."""

    @property
    def original_language(self) -> str | None:
        """The language spoken, of a translation."""

    @property
    def page(self) -> str | None:
        """The page or the column of the source."""

    @property
    def document_symbol(self) -> str | None:
        """The symbol under which its record was published."""


class Kind(Enum):
    """What a bibliography calls a statement; the values are types of CSL."""

    SPEECH = "speech"  #: it was given at a meeting
    HEARING = "hearing"  #: in a committee of a parliament
    DOCUMENT = "document"  #: no meeting is known


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph in its statement: the number printed before it, else its place."""

    printed: str | None
    number: int

    @classmethod
    def of(cls, hit: Citable) -> Self:
        """Take it from a hit."""
        printed = _clean(hit.printed_number)
        return cls(printed.strip(_NUMBER_SIGNS) or None if printed else None, hit.number)

    def written(self, sign: str = "para. ") -> str:
        """Write it down, a printed number behind a sign.

        >>> Place("29", 4).written(), Place(None, 5).written(), Place(None, 31).written()
        ('para. 29', 'fifth paragraph', '31st paragraph')
        """
        if self.printed:
            return f"{sign}{self.printed}"
        named = _ORDINALS[self.number - 1] if self.number <= len(_ORDINALS) else ordinal(self.number)
        return f"{named} paragraph"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is cited: one statement, and those of its paragraphs that are meant, or none for all of it."""

    kind: Kind
    key: str
    speaker: str | None
    person: str | None
    post: str | None
    title: str | None
    forum: str | None
    place: str | None
    date: PartialDate | None
    symbol: str | None
    page: str | None
    language: str | None
    spoken: str | None  #: in which language, of a translation
    paragraphs: tuple[Place, ...]
    addresses: tuple[str, ...]
    urls: tuple[str, ...]
    quotations: tuple[str, ...]
    accessed: PartialDate | None = None

    @classmethod
    def of(
        cls,
        hits: list[Citable],
        *,
        whole: bool = False,
        base_url: str | None = None,
        quote: bool = False,
        accessed: PartialDate | None = None,
    ) -> Self:
        """Take them from some paragraphs of one statement; ``whole`` cites all of it."""
        hit = hits[0]
        addresses = (hit.statement,) if whole else tuple(one.lasting_address for one in hits)
        speaker, person = _clean(hit.speaker), _clean(hit.person)
        paged = bool(hit.document_symbol) or hit.source.lower().endswith(_PAGED)
        return cls(
            kind=_kind(hit),
            key=_key(hit),
            speaker=speaker,
            person=person if person != speaker else None,
            post=_clean(hit.post),
            title=_clean(hit.title),
            forum=_clean(hit.forum),
            place=_clean(hit.place),
            date=PartialDate.parse(hit.date) if hit.date else None,
            symbol=_clean(hit.document_symbol),
            page=_clean(hit.page) if paged and not whole else None,
            language=hit.language,
            spoken=_spoken_in(hit.original_language),
            paragraphs=() if whole else tuple(map(Place.of, hits)),
            addresses=addresses,
            urls=tuple(f"{base_url.rstrip('/')}/{address}" for address in addresses) if base_url else (),
            quotations=tuple(without_controls(one.text) for one in hits) if quote and not whole else (),
            accessed=accessed,
        )

    @property
    def named(self) -> str:
        """The title, or what the statement is called where it has none."""
        if self.title:
            return self.title
        return f"Statement to {with_article(self.forum)}" if self.forum else "Statement"

    @property
    def delivered_by(self) -> str | None:
        """The person who spoke for a delegation, with the post."""
        if self.person is None:
            return None
        return f"{self.person}, {self.post}" if self.post else self.person

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not known and is left out."""
        facts = {"speaker": self.speaker, "forum": self.forum, "place": self.place, "date": self.date}
        return tuple(name for name, value in facts.items() if value is None)

    @property
    def note(self) -> str:
        """What bibliographies have no field for: paragraphs, who delivered it, translation, address."""
        parts = [
            "; ".join(place.written() for place in self.paragraphs),
            f"delivered by {self.delivered_by}" if self.delivered_by else "",
            self.spoken or "",
            *self.addresses,
        ]
        return "; ".join(filter(None, parts))


def with_article(forum: str) -> str:
    """Put the article before the name of a forum, which an English sentence wants.

    >>> with_article("General Assembly"), with_article("The Hague Conference")
    ('the General Assembly', 'The Hague Conference')
    """
    return forum if forum.lower().startswith("the ") else f"the {forum}"


def without_controls(text: str) -> str:
    r"""Make one line of a text, without control characters and marks that turn the direction of writing.

    >>> without_controls(" two\nlines\u202e ")
    'two lines'
    """
    return " ".join(_CONTROLS.sub(" ", text).split())


def _clean(value: str | None) -> str | None:
    return without_controls(value) or None if value else None


def _kind(hit: Citable) -> Kind:
    if not hit.forum:
        return Kind.DOCUMENT
    is_hearing = hit.speaker_role == "member" and _COMMITTEE.search(hit.forum)
    return Kind.HEARING if is_hearing else Kind.SPEECH


def _key(hit: Citable) -> str:
    """Make the key of an entry: who, when, and the letters of the slug, which no other statement has."""
    ascii_words = (word for word in words(hit.speaker or "") if word.isascii())
    who = next((word for word in ascii_words if word.isalnum() and not word.isdigit()), "statement")
    year = hit.date[:4] if hit.date else ""
    letters = letters_of(hit.statement) or "".join(filter(str.isalnum, hit.statement))[-8:]
    return f"{who}{year}{letters}"


def _spoken_in(code: str | None) -> str | None:
    """Say of a translation which language was spoken."""
    if code is None:
        return None
    if code == _UNKNOWN_LANGUAGE:
        return "translation"
    return f"spoken in {_LANGUAGES.get(code, f'another language ({code})')}; translation"
