"""The words that headings are made of, in English, French and Spanish."""

from __future__ import annotations

import re

from indexer.register import find_delegations, find_forum_words, find_places
from indexer.written_dates import find_dates

__all__ = [
    "HONORIFIC",
    "NOTICE",
    "POST",
    "STATEMENT",
    "is_statement_word",
    "names_only_delegation",
    "names_only_place",
    "says_something",
]

STATEMENT = (
    r"(?:statements?|address|remarks|speech|intervention|presentation|message|keynote|reply|explanation\s+of\s+vote|"
    r"press\s+elements|"
    r"d[ée]claration|discours|allocution|expos[ée]|propos|"
    r"declaraci[óo]n|discurso|intervenci[óo]n|palabras|mensaje|alocuci[óo]n|exposici[óo]n|participaci[óo]n|ponencia|"
    r"anf[öo]rande|tal|uttalande|linjetal|rede|discorso|pronunciamento|intervento)"
)
HONORIFIC = (
    r"(?:(?:H\.?\s?E\.?|S\.?\s?E\.?(?:M\.?)?|S\.A\.S\.|H\.R\.H\.|H\.M\.|His|Her|Their|Your)\s*(?:Excellenc(?:y|ies)|Majesty|"
    r"Royal\s+Highness|Serene\s+Highness|Holiness|Eminence)?|"
    r"(?:Son|Sa)\s+(?:Excellence|Majest[ée]|Altesse)|(?:Su|S\.)\s+Excelencia|"
    r"Excelent[íi]sim[oa]|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Sheikh|Hon(?:ou?rable|\.)?|"
    r"Rt\.?|Right|The\s+(?:Right\s+)?Hon(?:ou?rable|\.)?|Amb(?:assador|\.)|Ambassadeur|Ambassadrice|Embajador[a]?|"
    r"Monsieur|Madame|Mme|M\.|Se[ñn]or[a]?|Sr\.?|Sra\.?|Don|Do[ñn]a|Ministers?(?=\s+(?-i:[A-Z][a-zé]+\s+[A-Z]))|Excmo\.?|Excma\.?)"
)
POST = (
    r"(?:(?:Deputy|Vice|Acting|First|Second|Senior|State|Assistant|Under|Prime|Permanent|Alternate|Special|Honou?rable|"
    r"Federal|Foreign|Union)[\s-]+)*"
    r"(?:President|Prime\s+Minister|Minister|Secretary|Ambassador|Representative|Delegate|Head|Chargé|Charge|Counsell?or|"
    r"Chancellor|Director|Chair(?:man|person|woman)?|Commissioner|High\s+Commissioner|Attach[ée]|Adviser|Advisor|Expert|"
    r"Envoy|Governor|King|Queen|Prince|Princess|Sultan|Emir|Foreign\s+Minister|Member\s+of|Leader|Officer|"
    r"Pr[ée]sidente?|Premi[èe]re?\s+Ministre|Ministre|Ambassadeur|Ambassadrice|Repr[ée]sentante?|Chef|Cheffe|Secr[ée]taire|"
    r"Conseill[eè]re?|Charg[ée]e?|Directeur|Directrice|D[ée]l[ée]gu[ée]e?|Haut|"
    r"Presidenta|Ministr[oa]|Embajador[a]?|Jefe|Jefa|Secretari[oa]|Consejer[oa]|Canciller|Directora|Encargad[oa]|"
    r"Delegad[oa]|Primer[a]?\s+Ministr[oa]|Vicepresident[ea]|Viceministr[oa]|Subsecretari[oa]|Bundesminister(?:in)?)"
)
NOTICE = (
    r"(?:check(?:ed)?\s+against\s+delivery|as\s+(?:delivered|prepared(?:\s+for\s+delivery)?)|seul\s+le\s+prononc[ée]|"
    r"le\s+prononc[ée]\s+fait\s+foi|[àa]\s+v[ée]rifier|v[ée]rifier\s+au\s+prononc[ée]|cotejar|verificar\s+contra|"
    r"(?:unofficial|provisional|courtesy)\s+translation|original\s*:|traduction|traducci[óo]n|"
    r"det\s+talade\s+ordet|es\s+gilt\s+das|page\s+\d+|p\.\s?\d+\s*$|official(?:\s+sensitive)?\s*$|unclassified\s*$|"
    r"embargo|please\s+check|\d{1,2}[:.]\d\d\b(?!\.\d)|https?://|www\.)"
)
_STATEMENT_LINE = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_TITLED_LINE = re.compile(rf"\W*(?:{HONORIFIC}\s|{POST}\b)", re.IGNORECASE)
_NOTICE_LINE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"\b(?:permanent\s+mission|mission\s+permanente|misi[óo]n\s+permanente|delegation|d[ée]l[ée]gation|"
    r"delegaci[óo]n|embassy|ministry|minist[èe]re|ministerio)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\W*(?:the|la|le|les|l|el|los|las|republic\s+of)?\W*", re.IGNORECASE)


def is_statement_word(text: str) -> bool:
    """Tell whether a line says "statement", "discours", "intervención" or the like."""
    return _STATEMENT_LINE.search(text) is not None


def names_only_delegation(text: str) -> bool:
    """Tell whether a line is a delegation's name and nothing else."""
    mentions = find_delegations(text)
    return len(mentions) == 1 and _is_all_but_article(text, mentions[0].start, mentions[0].end)


def names_only_place(text: str) -> bool:
    """Tell whether a line begins with a city and goes on, if at all, with what lies around it."""
    mentions = find_places(text)
    return bool(mentions) and not text[: mentions[0].start].strip(" (") and len(text.split()) <= 6


def says_something(text: str) -> bool:
    """Tell whether a line says one of the things that headings say."""
    return bool(
        is_statement_word(text)
        or _TITLED_LINE.match(text)
        or _NOTICE_LINE.match(text)
        or _LETTERHEAD.search(text)
        or find_forum_words(text)
        or find_dates(text)
        or names_only_delegation(text)
        or names_only_place(text)
    )


def _is_all_but_article(text: str, start: int, end: int) -> bool:
    return _ARTICLE.fullmatch(text[:start]) is not None and not text[end:].strip(" .,:;)")
