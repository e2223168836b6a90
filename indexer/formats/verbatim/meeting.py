"""The first page of a verbatim record: which body met, when, where, and who was in the chair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.indexer.dates import PartialDate
from onrecord.indexer.numbers import ordinal
from onrecord.indexer.register import find_delegations, find_places
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.statement import Confidence, Finding, Metadata, Speaker

__all__ = ["Meeting", "is_change_of_chair", "is_running_line", "read_meeting", "symbol_in"]

_SYMBOL = re.compile(
    r"(?<![\w/])(?P<symbol>(?P<body>S|A|CD|T|E|ENDC|DC|NPT|TD)(?P<parts>(?:/[A-Z0-9][A-Z0-9.-]*)*)"
    r"/PV\.[ ]?(?P<meeting>\d+))(?P<resumed>[ ]?\([^()]{3,20}\))?(?![\w/])"
)
_WEEKDAY = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche"
    r"|Lunes|Martes|Miércoles|Jueves|Viernes|Sábado|Domingo)\b",
    re.IGNORECASE,
)
_CHAIR = re.compile(
    r"^\s*(?:(?:Temporary |Acting )?President|Chair(?:man|person|woman)?|Président(?:e)?|President[ea])"
    r"\s*:\s*(?P<name>[^()\s][^()]*?)[.… ]*(?:\((?P<country>[^()]+)\)?)?\.?\s*$"
)
# The words of an office may break at their hyphen: "Vice-" and "President, took the Chair".
_TOOK_CHAIR = re.compile(
    r"(?:(?:In the absence of the (?:President|Chair\w*)|En l[’']absence d(?:u|e la) Présidente?"
    r"|En ausencia de(?:l| la) President[ea]),\s+)?(?:[Ee]l\s|[Ll]a\s)?"
    r"(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prince|Sheikh\w*|M|Mme|Sr|Sra)\b\.?\s[^(),]{2,60}?)"
    r"\s*(?:\([^()]+\))?,?\s+"
    r"(?:Acting\s|Temporary\s)?(?:(?:Vice-\s?)?(?:President|Chair\w*|Présidente?)|Vicepresident[ea])?,?\s*"
    r"(?:(?:took|in|assumed) the Chair|(?:prend|assume|assure|occupe) la présidence"
    r"|(?:ocupa|asume) la Presidencia)",
)
# Where the first page runs together: "Official Records President: Ms. A . . . . (Bahrain) The meeting was".
_CHAIR_INSIDE = re.compile(
    r"\b(?:President|Chair(?:man|person|woman)?|Président(?:e)?|President[ea])\s?:\s*"
    r"(?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prince|Sheikha?|M|Mme|Sr|Sra)\b\.?\s[^().:…]{2,60}?)"
    r"\s*(?:(?:\.\s*){3,}|…\s*)\((?P<country>[^()]{2,60})\)"
)
_RETURNED = re.compile(
    r"The (?:President|Chair\w*) (?:returned to|resumed|took|in) the Chair"
    r"|L[ea] Présidente? (?:reprend|regagne|prend|assume) (?:la présidence|le fauteuil)"
    r"|(?:El|La) President[ea] (?:vuelve a ocupar|reanuda|ocupa|asume) la Presidencia"
)
# One name in the chair is a fact; "Mr. A, later Mr. B" leaves open who spoke when.
_SEVERAL = re.compile(r"/|\blater\b|\bthen\b|\band\b", re.IGNORECASE)
_COMMITTEES = {
    "C.1": "First Committee", "C.2": "Second Committee", "C.3": "Third Committee", "C.4": "Fourth Committee",
    "C.5": "Fifth Committee", "C.6": "Sixth Committee", "SPC": "Special Political Committee",
    "BUR": "General Committee",
}  # fmt: skip
_ES = re.compile(r"ES-(\d+)|S-(\d+)")
_ADDRESS = re.compile(r"(?:^|: )(?=(?:Address|Statement) (?:by|of)\b|Allocution d|Discurso d)", re.IGNORECASE)
_MOST_LINES, _LONGEST, _LONGEST_HEAD = 300, 400, 60
_JOB = re.compile(
    r"\d{1,3}/\d{1,3}\s+\d\d-\d{5}(?:\s*\([A-Z]\))?|\d\d-\d{5}\s*(?:\([A-Z]\))?(?:\s+\d{1,3}(?:/\d{1,3})?)?"
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its facts, and who is in the chair at this point of it."""

    facts: Metadata
    president: Finding[str] | None = None
    chair: Finding[str] | None = None

    @property
    def symbol(self) -> str | None:
        """The symbol under which the record was published."""
        return self.facts.document_symbol.value if self.facts.document_symbol else None

    @property
    def year(self) -> int | None:
        """The year, in which delegations have the names of their time."""
        return self.facts.date.value.year if self.facts.date else None

    def after(self, told: str) -> Meeting:
        """Return the meeting after what the record tells: someone else may have taken the chair."""
        if _RETURNED.match(told):
            return replace(self, chair=self.president)
        taken = _TOOK_CHAIR.match(told)
        if taken is None:
            return self
        return replace(self, chair=Finding(" ".join(taken["name"].split()), " ".join(taken[0].split())))

    def addressing(self, speaker: Finding[Speaker], title: str | None) -> Finding[Speaker]:
        """Give a head of state the country that the title of the address names."""
        person = speaker.value.person
        if speaker.value.delegation or person is None or title is None or not _ADDRESS.search(title):
            return speaker
        title = _ADDRESS.split(title)[-1]
        mentions = find_delegations(title)
        if person.split()[-1].casefold() not in title.casefold() or not mentions:
            return speaker
        delegation = mentions[-1].value
        named = replace(speaker.value, delegation=delegation.name, code=delegation.code)
        return Finding(named, f"{speaker.evidence}; {title}")


def is_change_of_chair(told: str) -> bool:
    """Tell whether someone else takes the chair; whoever has the floor goes on.

    >>> is_change_of_chair("Mr. Osei (Ghana), Vice-President, took the Chair.")
    True
    """
    return (_RETURNED.match(told) or _TOOK_CHAIR.match(told)) is not None


def symbol_in(text: str) -> str | None:
    """Return the symbol of the record that stands in a text.

    >>> symbol_in("United Nations A/C.1/76/PV.2"), symbol_in("see resolution A/RES/76/47")
    ('A/C.1/76/PV.2', None)
    """
    match = _SYMBOL.search(text)
    return _document_symbol(match).value if match else None


def _document_symbol(found: re.Match[str]) -> Finding[str]:
    return Finding(found["symbol"].replace(" ", ""), found["symbol"], Confidence.CERTAIN)


def is_running_line(line: str, symbol: str | None) -> bool:
    """Recognise the head or foot of a page: the record's symbol with its subject or date, the job number."""
    text = line.strip()
    if _JOB.fullmatch(text):
        return True
    if symbol is None or not (text.startswith(symbol) or text.endswith(symbol)):
        return False
    rest = text.removeprefix(symbol).removesuffix(symbol).strip()
    return not rest or rest[-1].isdigit() or rest[0].isdigit()


def read_meeting(lines: Sequence[str], *, below: Sequence[str] = ()) -> Meeting:
    """Read the lines above the first word; a title page is short, and so are its lines.

    Of the lines ``below`` the first word those count that say a symbol, a day or a place and nothing else.
    """
    lines = [*lines, *(line for line in below if _is_head(line))]
    lines = [line[:_LONGEST] for line in lines[:_MOST_LINES]]
    text = "\n".join(lines)
    symbol = _SYMBOL.search(text)
    president = _president(lines)
    taken = _TOOK_CHAIR.search(" ".join(text.split()))
    chair = Finding(taken["name"], taken[0]) if taken else president
    facts = Metadata(
        forum=_forum(symbol) if symbol else None,
        date=_date(lines),
        place=_place(text),
        document_symbol=_document_symbol(symbol) if symbol else None,
    )
    return Meeting(facts, president, chair)


def _is_head(line: str) -> bool:
    """Tell a line that is no more than a symbol, a day or a place."""
    text = line.strip()
    if len(text) > _LONGEST_HEAD:
        return False
    places = find_places(text)
    alone = bool(places) and len(places[0].text) == len(text.rstrip("."))
    return (
        alone
        or _SYMBOL.fullmatch(text) is not None
        or (_WEEKDAY.match(text) is not None and bool(find_dates(text)))
    )


def _date(lines: Sequence[str]) -> Finding[PartialDate] | None:
    dated = [(line, dates[0].date) for line in lines if (dates := find_dates(line))]
    on_weekday = [one for one in dated if _WEEKDAY.search(one[0])]
    line, date = next(iter(on_weekday or dated), (None, None))
    return Finding(date, " ".join(line.split())) if line and date else None


def _place(text: str) -> Finding[str] | None:
    found = find_places(text)
    return Finding(found[0].value, found[0].text) if found else None


def _president(lines: Sequence[str]) -> Finding[str] | None:
    named = [match for line in lines if (match := _CHAIR.match(line))]
    named = named or list(_CHAIR_INSIDE.finditer(" ".join(lines)))
    if len(named) != 1 or _SEVERAL.search(named[0]["name"]):
        return None
    return Finding(" ".join(named[0]["name"].split()), " ".join(named[0][0].split()))


def _forum(symbol: re.Match[str]) -> Finding[str] | None:
    """Name body, session and meeting from the symbol."""
    parts, meeting = [part for part in symbol["parts"].split("/") if part], ordinal(int(symbol["meeting"]))
    session = next((f"{ordinal(int(part))} session" for part in parts if part.isdecimal()), None)
    special = next((match for part in parts if (match := _ES.fullmatch(part))), None)
    if special:
        kind = "emergency special" if special[1] else "special"
        session = f"{ordinal(int(special[1] or special[2]))} {kind} session"
    names = {
        "S": "United Nations Security Council",
        "A": "United Nations General Assembly",
        "CD": "Conference on Disarmament",
    }
    body = names.get(symbol["body"])
    committee = next((_COMMITTEES[part] for part in parts if part in _COMMITTEES), None)
    if body is None or (parts and committee is None and session is None):
        return None
    plenary = symbol["body"] != "S" and committee is None
    words = [body, committee, session, f"{meeting} {'plenary ' if plenary else ''}meeting"]
    return Finding(", ".join(filter(None, words)), symbol["symbol"], Confidence.CERTAIN)
