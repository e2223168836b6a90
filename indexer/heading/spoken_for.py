"""For whom someone speaks: the delegations among the words that name a speaker.

A state that is named is not always the state that speaks. It may be part of a person's name
("Mr. Chad Morrow") or of an association's ("Beekeepers' Union of Ireland"), the state that someone
was minister of once, is posted to or speaks about ("Envoy for Yemen"), or where the city lies. So a
state counts only where it is all that is said, or stands behind "of", or beside a post or a mission.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from onrecord.indexer.heading.person import read_person
from onrecord.indexer.heading.wording import (
    ASSOCIATION,
    BEHALF,
    ENVOY,
    FORMER,
    HONORIFIC,
    LOCAL_OFFICE,
    OF_A_STATE,
    OWN_BODY,
    PORTFOLIO,
    POST,
    POSTED,
    REALM,
    SENT_FOR,
    STATEMENT,
)
from onrecord.indexer.register import Delegation, Mention, find_delegations, find_places
from onrecord.indexer.register.names import KEPT

__all__ = [
    "GROUP_NAME",
    "POSTED_TO",
    "delegation_of",
    "is_joint",
    "is_of_countries",
    "others_named",
    "spoken_for",
]

# A group of states that no list has: "Visegrad Group", "Group of 15".
GROUP_NAME = re.compile(
    r"(?:[^\W\d_][\w’'-]*\s+){1,3}Group$|(?:Group|Groupe|Grupo|Gruppe|Gruppo)\s+(?:of|des?|del|der|dei)\s+(?:(?:Friends|Amis|Amigos|Amici|Freunde)\b.*|\d+)$"
)
_COUNTRIES = re.compile(
    r"\b(?:countries|states|pays|[ée]tats|pa[íi]ses|estados|länder\w*|staaten|paesi|стран\w*|دول)$",
    re.IGNORECASE,
)

POSTED_TO = re.compile(
    rf"\b{POSTED}\s+"
    r"(?:the\s+|d[eu]\s+|la\s+|l['’]|el\s+|der\s+|[àa]s?\s+|il\s+|situation\s+in\s+)*$",
    re.IGNORECASE,
)
# "Envoy for Yemen": sent to, or speaking about, a state.
_SENT_FOR = re.compile(
    rf"\b(?:{ENVOY})\b[^,;]*\b{SENT_FOR}\s+(?:the\s+|la\s+|le\s+|l['’]|el\s+)?$",
    re.IGNORECASE,
)
_FORMER = re.compile(rf"(?<![\w’'])(?:{FORMER})[\s-][^,;]*$", re.IGNORECASE)
# Not "Council of Ministers of Italy": the state's own.
_ASSOCIATION = re.compile(
    rf"(?<![\w-])(?:{ASSOCIATION})s?(?!\s+(?:of\s+)?(?:Ministers|State|Ministri|Ministres|Ministros|министров))(?:['’]s?)?"
    r"(?=\s)[^,;]*$",
    re.IGNORECASE,
)
# "Bishop of Niger", "Governor of the State of Georgia"; the "Governor for Niger" is a bank's or a fund's.
_LOCAL = re.compile(
    rf"\b(?!governor\s+for\b){LOCAL_OFFICE}\s+(?:{OF_A_STATE}\b|d['’]|dell['’])[^,;]*$", re.IGNORECASE
)
_OWN = re.compile(rf"\b(?:{POST}|{OWN_BODY})\b[^,;]*$", re.IGNORECASE)
_OF = re.compile(
    rf"(?:\b{OF_A_STATE}\s+|\b(?:d|l|dell|all)['’]\s*)"
    r"(?:(?:the|la|le|les|el|los|las|il|lo|i|os|as|der|die|das)\s+|l['’]\s*)?"
    rf"(?:(?:[\w-]+\s+)?{REALM}\s+(?:of|de|du|d['’]|del|di|da|do|der)?\s*(?:the\s+|la\s+|l['’])?)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(rf"\.?\s*+(?:['’]s?)?\s*+(?:(?i:{POST})\b|(?i:mission|delegation|government|embassy)\b)")
_BODY = re.compile(r"\s+(?:mission|delegation|government|embassy)\b", re.IGNORECASE)
_ALONE_BEFORE = re.compile(
    r"\W*(?:(?:the|la|le|les|el|los|las|der|die|das|il|lo)\s+|l['’]\s*)?(?:permanent\s+(?=$))?"
    r"(?:(?:permanent\s+)?(?:republic|kingdom|state|government|commonwealth|principality|delegation|mission|people)\s+of\s+(?:the\s+)?"
    r"|(?:r[ée]publique|rep[úu]blica|repubblica|gouvernement|gobierno|governo|d[ée]l[ée]gation|delegaci[óo]n)\s+d[eu]l?\s*(?:la\s+|l['’])?)*"
    r"(?:(?i:members?|member\s+states|states\s+members|group)\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_ALONE_AFTER = re.compile(
    rf"\s*(?:$|[,;:()\[\]/|–—-]|['’]s?(?=\W|$)|\b(?i:and|et|y|e|und|och|{STATEMENT}|by|par|por)\b)"
)
# "Ministro de Asuntos Exteriores, Unión Europea y Cooperación".
_OF_PORTFOLIO = re.compile(rf"\s+(?:and|et|y|e|und)\s+{PORTFOLIO}\b", re.IGNORECASE)
_SEGMENT = re.compile(r"[,;:()|–—]|\s-\s|/")
_TITLED = re.compile(rf"\W*(?:(?:{HONORIFIC})\s|{POST}\s)", re.IGNORECASE)
_NOT_LATIN = re.compile(r"[\u0400-\u06ff\u3400-\u9fff]")
_AND = re.compile(
    r"(?:\s|,|/|&|\band\b|\bet\b|\by\b|\bund\b|\bоch\b|\bи\b|\bthe\b|\bla\b|\ble\b)*", re.IGNORECASE
)
_LISTED = re.compile(r"(?:,|and|,\s*and|et|y|&)(?:\s*the)?")


@lru_cache(maxsize=KEPT)
def spoken_for(printed: str) -> tuple[Mention[Delegation], ...]:
    """Return the delegations that the words naming a speaker say he or she speaks for.

    >>> [found.value.code for found in spoken_for("Mr. Chad Morrow, Permanent Representative of Barbados")]
    ['BRB']
    >>> spoken_for("Special Envoy for Yemen"), spoken_for("Union of Beekeepers of Ireland")
    ((), ())
    """
    mentions = find_delegations(printed)
    if not mentions:
        return ()
    person = read_person(printed)
    inside = [found for found in mentions if not (person.name and _overlaps(found, person.start, person.end))]
    kept: list[Mention[Delegation]] = []
    refused: Mention[Delegation] | None = None
    for found in inside:
        if (refused and _AND.fullmatch(printed[refused.end : found.start])) or _is_about(
            printed[: found.start]
        ):  # "on Israel/Palestine"
            refused = found
        elif not _is_in_portfolio(printed, found) and _speaks(
            printed, found, until=person.start if person.name else len(printed)
        ):
            kept.append(found)
    return tuple(kept)


def others_named(printed: str, *, code: str | None) -> bool:
    """Tell whether another delegation than that of ``code`` stands in the words that name a speaker."""
    return any(found.value.code != code for found in find_delegations(printed))


def delegation_of(printed: str) -> Mention[Delegation] | None:
    """Return the one delegation a speaker is of, or None: no one, or several together.

    Of two in one phrase the last is meant: "Minister of CARICOM Relations of Suriname".
    """
    mentions = spoken_for(printed)
    if not mentions or is_joint(printed, mentions):
        return None
    first = mentions[0]
    same = [found for found in mentions if not re.search(r"[,;]", printed[first.end : found.start])]
    return same[-1]


def is_of_countries(group: Mention[Delegation]) -> bool:
    """Tell whether states listed behind a group's name are those in it: "the Nordic countries, Denmark"."""
    return group.value.kind == "organisation" and _COUNTRIES.search(group.text) is not None


def is_joint(printed: str, mentions: Sequence[Mention[Delegation]] | None = None) -> bool:
    """Tell whether several delegations speak together: "Poland, Sweden and Switzerland"."""
    mentions = spoken_for(printed) if mentions is None else mentions
    between = (printed[first.end : second.start].strip().casefold() for first, second in pairwise(mentions))
    return any(_LISTED.fullmatch(words) for words in between)


def _overlaps(found: Mention[Delegation], start: int, end: int) -> bool:
    return found.start < end and start < found.end


def _is_about(before: str) -> bool:
    """Tell whether what stands before a state makes it one that is spoken about, sent to, or left."""
    return bool(POSTED_TO.search(before) or _SENT_FOR.search(before) or _FORMER.search(before))


def _is_in_portfolio(printed: str, found: Mention[Delegation]) -> bool:
    """Tell whether an organisation is of what a minister is for: "Asuntos, Unión Europea y Cooperación"."""
    listed = printed[: found.start].rstrip().endswith(",")
    return listed and _OF_PORTFOLIO.match(printed, found.end) is not None


def _speaks(printed: str, found: Mention[Delegation], *, until: int) -> bool:
    """Tell whether a delegation stands where the one who speaks is named.

    What is printed ``until`` a person's name counts: "President of Mongolia Bat Erdene" is of Mongolia.
    """
    before, after = printed[: found.start], printed[found.end : until if until >= found.end else None]
    cuts = [cut.end() for cut in _SEGMENT.finditer(before)]
    segment = before[cuts[-1] :] if cuts else before
    if _NOT_LATIN.search(found.text):
        return not _ASSOCIATION.search(segment)
    if found.value.kind in ("organisation", "agency") and _ALONE_BEFORE.fullmatch(segment):
        return True
    association = _ASSOCIATION.search(segment)
    if association and not _OWN_BEHIND.search(segment, association.start()):
        return False
    if _LOCAL.search(segment) or _is_region(before, segment):
        return False
    if _ALONE_BEFORE.fullmatch(segment):
        return bool(_ALONE_AFTER.match(after) or _OWNED.match(after))
    if _OF.search(segment):
        return bool(_ALONE_AFTER.match(after) or _OWNED.match(after) or not _goes_on_as_name(after))
    if _OWNED.match(after):
        return not (_BODY.match(after) and _ends_as_name(segment)) or _TITLED.match(segment) is not None
    if _TITLED.match(
        segment
    ):  # "Minister Holland": a name's, unless it is a genitive: "Bundeskanzler Österreichs"
        return (
            found.text.endswith("s")
            and not found.value.name.endswith("s")
            and not _ENGLISH_TITLE.match(segment)
        )
    if _OWN.search(segment) or not segment.strip():
        return True
    return segment.rstrip()[-1:].islower() and not _ends_as_name(segment)


# A post between an association and the state: "Union … and Minister of".
_OWN_BEHIND = re.compile(rf"\b{POST}\s+(?:of|de|du|des|der|del|di|do|da)\b[^,;]*$", re.IGNORECASE)
_ENGLISH_TITLE = re.compile(r"\W*(?:mr|mrs|ms|miss|dr|sir|minister|president|ambassador)\b", re.IGNORECASE)


def _ends_as_name(before: str) -> bool:
    """Tell whether a state stands behind a name that is no person's post: "Children First Denmark"."""
    words = before.split()
    return (
        bool(words)
        and words[-1][0].isupper()
        and not words[-1].isupper()
        and not re.fullmatch(
            rf"(?:{POST}|{HONORIFIC}|{OWN_BODY}|{REALM}|(?:the|la|le|el|der|die))\.?",
            words[-1],
            re.IGNORECASE,
        )
    )


def _goes_on_as_name(after: str) -> bool:
    """Tell whether a word with a capital follows, so that the state's name is part of a longer name."""
    match = re.match(r"\s+(?P<word>[^\W\d_]+)", after)
    return (
        match is not None
        and match["word"][0].isupper()
        and not re.match(rf"(?i:{POST}|{HONORIFIC}|{BEHALF})\b", match["word"])
    )


def _is_region(before: str, segment: str) -> bool:
    """Tell whether a city with its comma stands before, whose country this is: "New York, USA"."""
    if segment.strip() or not before.rstrip().endswith(","):
        return False
    cities = find_places(before)
    return bool(cities) and not before[cities[-1].end :].strip(" ,")
