"""The words with which a verbatim record gives the floor: ``Mr. X (Country) (spoke in French):``.

English, French and Spanish records are known, and the capitals and paragraph numbers of
those before 1976. What has no name and no country before its colon gives no one the floor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.indexer.formats.debates.language_codes import language_named
from onrecord.indexer.register import Delegation, delegation_by_code, delegation_named, find_delegations
from onrecord.indexer.register.offices import is_chair
from onrecord.indexer.statement import Confidence, Finding, Party, Speaker, SpeakerRole

__all__ = ["Floor", "group_in", "is_language_aside", "language_in", "part_from_group", "speaks_from"]

_OFFICE = (
    r"(?:The|Le|La|L[’']|El)[ ]?(?:[A-Z][\w-]*[ ]){0,2}"
    r"(?:President|PRESIDENT|Pr[ée]sident[e]?|PR[ÉE]SIDENT[E]?|Presidenta|Vice-President|Speaker|Moderator"
    r"|Chair(?:man|woman|person)?|CHAIRMAN|Vice-Chair(?:man|person)?|Co-Chair(?:man|person)?"
    r"|Presiding[ ]Officer|(?:Deputy[ ])?Secretary(?:-General)?|SECRETARY-GENERAL"
    r"|Secr[ée]taire[ ]g[ée]n[ée]ral|Secretario[ ]General|Under-Secretary-General)"
)
_RANK = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Messrs|Sir|Dame|Lord|Lady|Baroness|Baron|Count|Sheikha?|Shaikha?|Sayyid|Prince(?:ss)?"
    r"|Crown[ ]Prince|King|Queen|Emir|Amir|Sultan|Emperor|Grand[ ]Duke|Archbishop|Bishop|Cardinal|Monsignor"
    r"|Msgr|Mgr|Father|Sister|Reverend|Rev|Pope|General|Lieutenant[ ]General|Major[ ]General|Lieutenant"
    r"|Brigadier|Colonel|Captain|Admiral|Field[ ]Marshal|President|Prime[ ]Minister|Vice[ -]President"
    r"|Chancellor|Minister|Judge|Justice|Ambassador|Professor|Prof|Begum|Datuk|Dato['’]?|Tan[ ]Sri|Tun"
    r"|Pehin|Chief|Nana|Ato|U|Daw|Haji|M|MM|Mme|Mlle|Sr|Sra|Srta|Don|Doña|MR|MRS|MISS|SIR|DR|LORD|PRINCE|KING|GENERAL|MME"
    r"|SR|SRA)"
)
_PARTICLE = (
    r"(?:de|da|di|do|du|del|della|dos|das|van|von|der|den|ter|ten|la|le|el|al|bin|bint|ben|ibn|y|e|i|zu|af|av|of"
    r"|the|and|abu|ould|mint|d[’'][A-Z]\S*|al-\S+|el-\S+|l[’'][A-Z]\S*)"
)
_WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž’'ʻ‘][^\s():]*)"
_NAME = rf"{_RANK}\.?(?:[ ](?:{_PARTICLE}|{_WORD})){{1,9}}\)?"
# Scanning loses a bracket now and then: the second one here, the first one in `_without_bracket`.
_ASIDE = r"(?:[ ]*\([^():]{2,110}\)?)"
# What someone is besides: ", Rapporteur of the Third Committee", ", speaking on behalf of the Group".
_BESIDES = (
    r"(?:,[ ](?:(?:the|la|le|el|and|et|y|[Aa]cting|[Dd]eputy|[Vv]ice|[Cc]o"
    r"|[Ff]irst|[Ss]pecial|[Pp]ermanent|[Hh]igh)[ -])*"
    r"(?:[Rr]apporteu(?:r|se)|[Rr]elator[a]?|[Pp]r[ée]sident[ae]?|[Cc]hair\w*|[Vv]ice-\w+|[Ff]acilitator"
    r"|[Cc]o-?[Cc]hair\w*"
    r"|[Cc]oordinator|[Cc]oordonnat\w+|[Cc]oordinador[a]?|[Rr]epresentative|[Rr]epr[ée]sentant[e]?|[Rr]epresentante"
    r"|[Cc]ommissioner|[Ee]nvoy|[Aa]dviser|[Mm]inist\w+|[Ss]ecretar\w+|[Ss]ecr[ée]taire|[Uu]nder-\w+"
    r"|[Dd]irect\w+|[Hh]ead"
    r"|[Pp]rosecutor|[Jj]udge|[Mm]ember|[Oo]bserver|[Mm]oderator|speaking|introducing|presenting"
    r"|on[ ]behalf|in[ ]\w+[ ]capacity"
    r"|parlant|s[’']exprimant|au[ ]nom|en[ ]sa[ ]qualité|hablando|en[ ]nombre|en[ ]su[ ]calidad)"
    r"\b[^:;.?!()]{0,140})"
)
_OPENING = re.compile(
    rf"\s*(?:(?P<number>\d{{1,3}}\.)\s+)?"
    rf"(?P<words>(?P<name>{_OFFICE}|{_NAME})(?:[ ]?:(?=[ ]?\([^():]{{2,60}}\)[^:]{{0,60}}:))?"
    rf"(?P<asides>{_ASIDE}{{0,3}})"
    rf"(?P<besides>{_BESIDES}?)(?P<later>{_ASIDE}{{0,2}}))[ ]?:(?:\s+|$)"
)
# Whom the Secretariat sends is an official, whatever stands in the brackets.
_OFFICIAL = re.compile(
    r"\b(?:Secretary(?:-General)?|Secr[ée]taire|Secretari[oa]|Representative|Commissioner|Director|Coordinator"
    r"|Administrator|Prosecutor|President|Registrar|Adviser|Envoy|Chef[ ]de[ ]Cabinet|Controller|Rapporteur"
    r"|Chair\w*|Counsel|Head|Officer|Mediator|Ombudsperson|Comptroller|Force[ ]Commander|Special|Directeur"
    r"|Directrice|Director[a]?|Alto)\b"
)
_TONGUE = re.compile(
    r"\(?(?:spoke|continued|speaking|interpretation|translated|original|interpreted|parle|habla|continue|continúa"
    r"|poursuit|interprétation|traduit|interpretación|l[’']orat(?:eur|rice)[ ]parle|el[ ]orador[ ]habla)"
    r"[ ](?:in|from|en|d[eu]|del|de[ ]l[’']|of)[ ]?(?P<language>[^\W\d_]+)[^()]*\)?",
    re.IGNORECASE,
)
# Someone who is addressed, at the beginning of a speech, has no floor.
_ADDRESSED = re.compile(
    r"(?:Mr|Mrs|Ms|Madam|M|Mme|Sr|Sra|MR)\.?[ ](?:Acting[ ]|Vice-)?(?:President|Chair\w*"
    r"|Secretary(?:-General)?|Speaker|Pr[ée]sident\w*|Moderator|Secr[ée]taire.*|Secretario.*|PRESIDENT|CHAIRMAN)",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"(?:speaking|on[ ]behalf|parlant|s[’']exprimant|au[ ]nom|hablando|en[ ]nombre|in[ ]|en[ ])"
)
# Whom someone speaks for: a delegation or a group of the register, or what calls itself one.
_SPOKEN_FOR = re.compile(
    r"[,\s]*(?<!\w)(?:(?:who[ ]is[ ])?speaking|parlant|s[’']exprimant|qui[ ]parle|hablando|falando|parlando)?"
    r"[ ]?"
    r"(?:on[ ]behalf[ ]of|au[ ]nom[ ]d(?:es?|u)?|en[ ]nombre[ ]del?|em[ ]nome[ ]d(?:[ao]s?|e)|a[ ]nome[ ]d\w+"
    r"|im[ ]Namen[ ](?:de[rs]|von)|от[ ]имени)"
    r"(?:[ ]|(?=[’']))(?:(?:the|la|les?|los|las|el)[ ]|(?:l|d)?[’'])?(?P<whom>[^,:;()]+)",
    re.IGNORECASE,
)
_SPEAKS_FOR = re.compile(r"behalf|nom|namen|имени", re.IGNORECASE)
_GROUP = re.compile(r"\b(?:group\w*|groupe|grupo|states|countries|members)\b", re.IGNORECASE)
# States and entities that have, or had, the standing of an observer.
_OBSERVERS = frozenset({"VAT", "PSE"})
_BODY = re.compile(
    r"\b(?:Union|League|Organi[sz]ation|Committee|Order|Community|Fund|Agency|Bank|Commission|Secretariat|Observer"
    r"|Movement|Conference|Federation|Tribunal|Court|University|Programme|Institute|Association|Assembly|Office)\b"
)


@dataclass(frozen=True, slots=True)
class Floor:
    """Someone who is given the floor, and how many characters the words that do so take.

    ``presides`` tells that the record names no one but the chair; ``number`` is the number
    printed before the paragraph. ``on_behalf_of`` is whom he or she speaks for besides.
    """

    speaker: Finding[Speaker]
    role: Finding[SpeakerRole]
    original_language: Finding[str] | None
    length: int
    presides: bool = False
    number: str | None = None
    on_behalf_of: Finding[Party] | None = None


def speaks_from(text: str, *, year: int | None = None) -> Floor | None:
    """Read the words at the beginning of a paragraph that give someone the floor.

    >>> floor = speaks_from("Mr. Dupont (Panama) (spoke in Spanish): The canal is ours.")
    >>> str(floor.speaker.value), floor.role.value.value, floor.original_language.value
    ('Panama (Mr. Dupont (Panama))', 'delegation', 'es')
    >>> speaks_from("Mr. President: The canal is ours.") is None
    True
    """
    match = _OPENING.match(text)
    if match is None or _ADDRESSED.fullmatch(match["name"]):
        return None
    words = " ".join(match["words"].split())
    told = match["asides"] + match["later"]
    tongue = _TONGUE.search(told)
    asides = _TONGUE.sub("", told)
    original = (
        Finding(language_named(tongue["language"]) or "und", tongue[0].strip("() ")) if tongue else None
    )
    # Tabs and wide gaps stand between the words of a name where a record was set in columns.
    name, country, besides = (" ".join(one.split()) for one in (match["name"], asides, match["besides"]))
    country = country.strip(" ()")
    if is_chair(name):
        chair = Finding(Speaker(name), words), Finding(SpeakerRole.CHAIR, words)
        return Floor(*chair, original, match.end(), presides=True, number=match["number"])
    given = (name, country) if country else _without_bracket(name)
    named = _speaker(*given, words, besides=besides.strip(", "), year=year)
    group = group_in(besides, words)
    return Floor(*named, original, match.end(), number=match["number"], on_behalf_of=group)


def part_from_group(label: str) -> tuple[str, str]:
    """Part the words that name a speaker from those at their end that say for whom.

    >>> part_from_group("Ms. Lind (Sweden), on behalf of the European Union")
    ('Ms. Lind (Sweden)', 'on behalf of the European Union')
    """
    if not _SPEAKS_FOR.search(label):  # one in a hundred labels does, and every line may begin with one
        return label, ""
    match = next((one for one in _SPOKEN_FOR.finditer(label) if not label[one.end() :].strip(" ,")), None)
    return (label[: match.start()], label[match.start() :].strip(" ,")) if match else (label, "")


def group_in(besides: str, words: str) -> Finding[Party] | None:
    """Return the delegation or the group for which someone is said to speak; ``words`` are the evidence.

    >>> group_in("speaking on behalf of the European Union", "").value
    Party(name='European Union', code='EU')
    """
    match = _SPOKEN_FOR.search(besides)
    if match is None:
        return None
    whom = match["whom"].strip()
    known = delegation_named(whom) or next(
        (one.value for one in find_delegations(whom) if not one.start), None
    )
    if known is not None:
        return Finding(Party(known.name, known.code), words)
    return Finding(Party(whom), words) if _GROUP.search(whom) else None


def is_language_aside(line: str) -> bool:
    """Recognise a line that says only in which language someone goes on.

    >>> is_language_aside("(spoke in English)")
    True
    """
    text = line.strip()
    return text.startswith("(") and _TONGUE.fullmatch(text) is not None


def language_in(asides: Iterable[str]) -> Finding[str] | None:
    """Return the language that was spoken, where one of the words in brackets says it.

    >>> language_in(["Chad", "spoke in French"])
    Finding(value='fr', evidence='spoke in French', confidence=<Confidence.HIGH: 'high'>)
    """
    told = next(filter(None, (_TONGUE.fullmatch(aside) for aside in asides)), None)
    return Finding(language_named(told["language"]) or "und", told[0]) if told else None


def _without_bracket(name: str) -> tuple[str, str | None]:
    """Part a name from the country that follows it where the bracket between them was lost."""
    if not name.endswith(")"):
        return name, None
    mention = next((one for one in find_delegations(name) if one.end == len(name) - 1), None)
    return (name[: mention.start].rstrip(" ("), mention.text) if mention else (name, None)


def _speaker(
    name: str, country: str | None, words: str, *, besides: str, year: int | None
) -> tuple[Finding[Speaker], Finding[SpeakerRole]]:
    post = None if not besides or _ON_BEHALF.match(besides) else besides
    if country is None:
        name, _, behind = name.partition(", ")
        besides, post = besides or behind, post or behind or None
        printed = f"{name}, {besides}" if besides else name
        guest = Finding(SpeakerRole.GUEST, words, Confidence.LOW)
        return Finding(Speaker(printed, person=name, post=post), words), guest
    printed = f"{name} ({country})" + (f", {besides}" if besides else "")
    delegation = _delegation(country, year)
    if delegation is None and _OFFICIAL.search(country):
        official = Speaker(printed, person=name, post=country)
        return Finding(official, words), Finding(SpeakerRole.GUEST, country)
    if delegation is None:
        speaker = Speaker(printed, delegation=country, person=name, post=post)
        observes = _BODY.search(country) is not None
        role = SpeakerRole.OBSERVER if observes else SpeakerRole.DELEGATION
        return Finding(speaker, words, Confidence.LOW), Finding(role, country, Confidence.LOW)
    observes = delegation.kind == "organisation" or delegation.code in _OBSERVERS
    speaker = Speaker(printed, delegation=delegation.name, code=delegation.code, person=name, post=post)
    role = SpeakerRole.OBSERVER if observes else SpeakerRole.DELEGATION
    return Finding(speaker, words), Finding(role, country)


@cache
def _delegation(country: str, year: int | None) -> Delegation | None:
    """Return the delegation under the name it had in that year."""
    named = delegation_named(country)
    if named is None or year is None:
        return named
    return delegation_by_code(named.code, year=year) or named
