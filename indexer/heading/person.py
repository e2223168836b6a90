"""A person and the post, out of the words that name a speaker.

A name is a run of words with capitals. It begins behind an honorific, behind a post with
its portfolio ("Minister for Trade and Fisheries"), or at the beginning, and ends where
something stands that no name has: a comma, a post, letters such as "MP", a small word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeGuard

from onrecord.indexer.heading.wording import (
    ASSOCIATION,
    FORM,
    HONORIFIC,
    NOMINAL,
    OF_A_STATE,
    PORTFOLIO,
    POST,
    STATEMENT,
    WEEKDAY,
    names_only_delegation,
)
from onrecord.indexer.register import Delegation, find_delegations, find_forum_words
from onrecord.indexer.register.names import KEPT, Mention

__all__ = [
    "HONORIFICS",
    "LONGEST_NAME",
    "POST_FIRST",
    "PersonRead",
    "is_name",
    "person_and_post",
    "read_person",
]

HONORIFICS = re.compile(rf"^(?:(?:{HONORIFIC})(?=[\s.,]|$)[.,]?\s*)+", re.IGNORECASE)
_HONORIFIC_RUN = re.compile(rf"(?<![\w’'-])(?:(?:{HONORIFIC})(?=[\s.,]|$)[.,]?\s*)+", re.IGNORECASE)
POST_FIRST = re.compile(
    rf"(?:(?:the|la|le|el|der|die|den|dem|il|o|a)\s+)?(?P<post>{POST}(?:\s+(?:samt|och|and|et|y|e|und|и)\s+{POST})*)(?=[\s,]|$)\s*",
    re.IGNORECASE,
)
_POST_WORD = re.compile(
    rf"(?:{POST}|{HONORIFIC}|Deputy|Acting|Permanent[eo]?|Vice|Prime|Chargé|Chief|Senior)", re.IGNORECASE
)
_NO_NAME_WORD = re.compile(
    rf"(?:{POST}|{STATEMENT}|{FORM}|{WEEKDAY}|{NOMINAL}|Deputy|Acting|Prime|Foreign|Shadow|Assistant|Parliamentary|Executive|Managing|"
    r"Nacional|National[e]?|Nazionale|Federale?|G[ée]n[ée]ral[e]?|Adjoint[e]?|Adjunt[oa]|Interin[oa]|Extraordinari[oa]|Extraordinaire|Plenipotenci\w+|Plénipotentiaire|Premier|Primer|Premi[èe]re?|Excellency|Excellenc[ei]a?|Excelencia|Excelência|Eccellenza|Exzellenz|Majesty|Highness|"
    r"Honou?rable|General|Permanent[eo]?s?|Republic|Rep[úu]blica|R[ée]publique|Repubblica|Republik|Estado|[ÉE]tat|Stato|Staat|Reino|Royaume|Kingdom|State|Gobierno|Gouvernement|Governo|Regierung|Nations?|Naciones|Nações|Nazioni|Unies|Unidas|Assembly|Council|Committee|Commission|Conference|Government|Delegation|Mission|Ministry|Ministeriums?|Minist[èe]re|Minist[ée]rio|Ministero|Amt(?:e?s)?|Department|On|Of|At|To|By|And|The|For|"
    r"From|In|With|Before|During|Du|Des|Au|Aux|Sur|Lors|Under|Speaking)[.,]?",
    re.IGNORECASE,
)
_NOMINAL = re.compile(rf"(?-i:{NOMINAL})\.?\*?", re.IGNORECASE)
_ACRONYM = re.compile(r"(?-i:[A-Z]{2,8}|United Nations)(?=\s)")
_LAST_NOMINALS = re.compile(rf"(?:\s+(?-i:{NOMINAL})\.?)+$", re.IGNORECASE)
# Words of a portfolio and what stands between them; behind them may stand the minister's name.
_TOPIC = re.compile(
    rf"\s*(?:(?:{PORTFOLIO})(?=[\s,]|$)|(?:of\s+the\s+|de\s+la\s+|della\s+|da\s+|der\s+)?(?:Republic|R[ée]publique|Rep[úu]blica|Repubblica|Republik|Council|Ministers|Consiglio|Ministri|Conseil|Ministres)(?=\s)|d['’]affaires(?:\s+a\.?\s?i\.?)?(?=[\s,]|$)|(?:of|for|and|the|&|de|du|des|del|della|degli|di|la|las|los|les|l['’]|et|y|e|da|do|das|"
    rf"dos|der|für|und|des|och|иностранных|дел|в|от|an|assisting|responsible)(?=[\s’'])|,(?=\s+(?:{PORTFOLIO}|and)\b)|"
    rf"(?:{POST})(?=[\s,]|$))\s*",
    re.IGNORECASE,
)
# What may stand between a post and its holder: "federale", "of the Republic".
_QUALIFIED = re.compile(
    r"^(?:(?:of\s+the|de\s+la|della|da|der)\s+(?:Republic|R[ée]publique|Rep[úu]blica|Repubblica|Republik)\s+|"
    r"(?:(?-i:[a-zà-ÿа-я]{3,})\s+){1,2})(?=(?-i:[A-ZÀ-ÞА-Я][\w.]+\s+[A-ZÀ-ÞА-Я]))",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:of|for|de|du|des|d['’]|del|to|pour|para|der|des|für|bei|im|di|degli|della|d|da|do|dos|för|иностранных|по|при)\b",
    re.IGNORECASE,
)
# A post behind a name with nothing between them: "السيد سامح فؤاد وزير خارجية مصر".
_POST_BEHIND = re.compile(
    rf"(?<=\S)\s+(?={POST}\s+(?:of|for|de|du|des|del|do|da|di|[\u0600-\u06ff]))", re.IGNORECASE
)
# What a person is accredited to, between the state and the name: "при ООН", "to the United Nations".
_ACCREDITATION = re.compile(
    r"\s*[,]?\s*(?:(?:при|to|auprès\s+de|ante|bei|presso|junto|لدى)\s+\S+(?:\s+(?-i:[a-zà-ÿа-я]|United|Nations|Объединенных|Наций)\S*)*\s*)?[,]?\s*"
)
_ARTICLES = frozenset(("the", "le", "la", "el", "der", "die", "den", "dem", "il", "lo", "o", "a"))
# A person's name has two words at least, "Biden" after "President" aside, and hardly more than seven.
LONGEST_NAME = 7
_PARTICLES = frozenset(
    (
        "de",
        "del",
        "da",
        "dos",
        "das",
        "do",
        "di",
        "van",
        "von",
        "der",
        "al",
        "bin",
        "bint",
        "el",
        "e",
        "y",
        "la",
        "ter",
        "ten",
        "zu",
        "ibn",
        "ben",
        "af",
        "dello",
        "della",
    )
)
_TOKEN = re.compile(r"\S+")
_ARABIC_NAME = re.compile(
    r"\s(?:السيدة?|الدكتورة?|الأستاذة?)\s+(?P<name>[\u0600-\u06ff]+(?:\s[\u0600-\u06ff]+){1,3})$"
)
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_BOTH = re.compile(r"\s(?:and|et|y|e|und|och|и)\s+(?:(?:the|la|le|el|der|die|il|o|a)\s+)?", re.IGNORECASE)
_OF_FIRST = re.compile(rf"^(?:{OF_A_STATE}\s+|d['’]|dell['’])", re.IGNORECASE)
_OF_LAST = re.compile(rf"(?:\b{OF_A_STATE}\s+|\bd['’]|\bdell['’])$", re.IGNORECASE)
_AND = re.compile(r"(?:and|et|y|e|und|och|&)\s+(?P<other>.+)", re.IGNORECASE)
# Scripts whose names are found by splitting alone.
_ARABIC, _NOT_LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[\u0400-\u06ff]")


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A person's name where it stands in some words, and the post that these words give."""

    name: str | None
    post: str | None
    start: int = 0
    end: int = 0


def person_and_post(printed: str) -> tuple[str | None, str | None]:
    """Split "Mr. Taro Aso, Minister for Foreign Affairs of Japan" into the name and the post."""
    read = read_person(printed)
    return read.name, read.post


@lru_cache(maxsize=KEPT)
def read_person(printed: str) -> PersonRead:
    """Find the person that some words name, where the name stands, and the post."""
    if names_only_delegation(printed):  # "Accountability, Coherence and Transparency (ACT) Group"
        return PersonRead(None, None)
    if _names_two(printed):
        return PersonRead(None, None)
    read = _read(printed)
    # "Jane Doe, Fiji", "Jane Doe of Fiji": whom she speaks for is no post.
    if read.post and names_only_delegation(_OF_FIRST.sub("", read.post)):
        return replace(read, post=None)
    return read


def _names_two(printed: str) -> bool:
    """Tell whether words name two persons, each with a title: "President Jan Lee and Ms. Ana Lima"."""
    for both in _BOTH.finditer(printed):
        two = printed[: both.start()], printed[both.end() :]
        if all((HONORIFICS.match(one) or POST_FIRST.match(one)) and _read(one).name for one in two):
            return True
    return False


def _read(printed: str) -> PersonRead:
    bare = re.sub(r"\s\([^)]*\)", lambda match: " " * len(match[0]), printed)
    owner = _organisation_before_post(bare)
    if owner:
        read = _read(printed[owner:])
        if read.name:
            post = f"{printed[:owner]}{read.post}" if read.post else None
            return PersonRead(read.name, post, read.start + owner, read.end + owner)
    for way in (_behind_honorific, _in_front, _behind_portfolio):
        found = next(iter(way(bare)), None)
        if found:
            return found
    name, post = _split(re.sub(r"\s*\([^)]*\)", "", printed))
    if name and name in printed:
        start = printed.index(name)
        return PersonRead(name, post, start, start + len(name))
    return PersonRead(None, post)


def _organisation_before_post(printed: str) -> int:
    """Return where the post begins behind the organisation whose it is, 0 where none is named before it.

    So in "NATO Secretary General Ana Lima".
    """
    named = find_delegations(printed)[:1]
    acronym = _ACRONYM.match(printed)
    ends: list[int] = [one.end for one in named if not one.start and one.value.kind != "state"]
    if acronym:
        ends.append(acronym.end())
    for end in ends:
        post = end + len(printed[end:]) - len(printed[end:].lstrip())
        if post > end and POST_FIRST.match(printed, post):
            return post
    return 0


def _behind_honorific(printed: str) -> Iterator[PersonRead]:
    """Find a name behind "Mr.", "His Excellency", "Senator the Hon"; a post may stand between."""
    if _ARABIC.search(printed):
        return
    for match in _HONORIFIC_RUN.finditer(printed):
        if match[0].strip() == "MS" and not printed.isupper():
            continue  # "Mark Drake MS": a member's letters
        begin = match.end()
        held = ""
        leading = POST_FIRST.match(printed)
        if leading and leading.start("post") < match.start() < leading.end("post"):
            held = leading["post"]  # the "Minister" of "Deputy Prime Minister Luis Vega" is no title
        post = POST_FIRST.match(printed, begin)
        if post and (_OF.match(printed, post.end()) or _name_end(printed, post.end()) == post.end()):
            continue
        if post:
            begin, held = post.end(), post["post"]
        begin = _behind_state(printed, begin)
        end = _name_end(printed, begin)
        name = _POSSESSIVE.sub("", printed[begin:end])
        other = _AND.match(printed[end:].strip())
        if is_name(name, titled=True) and not (other and is_name(other["other"])):
            yield PersonRead(
                name, _post_around(printed, match.start(), end, held=held), begin, begin + len(name)
            )


def _behind_state(printed: str, begin: int) -> int:
    """Return where a name begins behind the state of a post without "of".

    So in "Посла Республики Беларусь И. П. Петрова".
    """
    owner = next(iter(find_delegations(printed[begin:])), None) if _NOT_LATIN.match(printed, begin) else None
    if owner is None or owner.start:
        return begin
    space = re.match(r"\s*", printed[begin + owner.end :])
    return begin + owner.end + (space.end() if space else 0)


def _post_around(printed: str, start: int, end: int, *, held: str = "") -> str | None:
    """Return the post behind a name, before it, or between an honorific and it."""
    behind = _without_nominals(printed[end:])
    before = printed[:start].strip(" ,:–—-")
    if held:
        return behind or held
    if POST_FIRST.match(behind):
        return behind
    if POST_FIRST.match(before):
        return before
    return behind or None


def _without_nominals(text: str) -> str:
    """Take what stands right behind a name off: "'s", "MP", "Q.C.", an order's letters, and the comma."""
    text = text.strip(" ,:*–—-’'")
    while (match := _NO_POST.match(text)) or _is_order(match := _ORDER.match(text)):
        text = text[match.end() :]
    return text.strip(" ,:*–—-")


def _in_front(printed: str) -> Iterator[PersonRead]:
    """Find a name that the words begin with, before a comma, a bracket or letters such as "MP"."""
    if (
        POST_FIRST.match(printed)
        or HONORIFICS.match(printed)
        or ("," not in printed and not _NOMINAL_SOMEWHERE.search(printed))
    ):
        return
    end = _name_end(printed, 0)
    name, behind = printed[:end], _without_nominals(printed[end:])
    stops = printed[end:].lstrip()[:1] in (",", "(", "") or _NOMINAL_SOMEWHERE.match(printed[end:])
    if (
        stops
        and is_name(name)
        and not find_delegations(name)
        and (len(name.split()) > 1 or POST_FIRST.match(behind))
    ):
        yield PersonRead(name, behind or None, 0, end)


# "Mutahi Kagwe, EGH, Cabinet Secretary": capitals between commas that are no state's.
_ORDER = re.compile(r"(?P<letters>[A-Z]{2,5})\s*,\s*")


def _is_order(match: re.Match[str] | None) -> TypeGuard[re.Match[str]]:
    return match is not None and not find_delegations(match["letters"])


_NO_POST = re.compile(rf"(?:(?:{NOMINAL})\.?|(?i:{FORM}))(?=[\s,;]|$)[\s,;.]*")
_NOMINAL_SOMEWHERE = re.compile(rf"\s+(?:{NOMINAL})\.?(?=[\s,;*]|$)")


def _behind_portfolio(printed: str) -> Iterator[PersonRead]:
    """Find a name behind posts and their portfolios.

    So in "Minister for Trade and Minister for Fisheries Anna Keller".
    """
    post = POST_FIRST.match(printed)
    if post is None or _NOT_LATIN.search(printed):
        return
    at, topics = post.end(), 0
    while match := _TOPIC.match(printed, at):
        at, topics = match.end(), topics + 1
    if _OF_LAST.search(printed[:at]):  # "President of Northern Island": no one's name
        return
    if at == len(printed) or (not topics and not _LOWER_BEHIND.match(printed, _name_end(printed, at))):
        return
    end = _name_end(printed, at)
    words = list(_TOKEN.finditer(printed[at:end]))
    if len(words) > 2 and not _PORTFOLIO_WORD.fullmatch(printed[:at].split()[-1]):  # "for Manpower Grace Lim"
        at += words[-2].start()
    name = _POSSESSIVE.sub("", printed[at:end])
    if len(name.split()) > 1 and is_name(name) and not _of_state(printed, at, end):
        yield PersonRead(name, printed[:at].strip(" ,"), at, at + len(name))


def _of_state(printed: str, begin: int, end: int) -> bool:
    """Tell whether words are of a state's name, or lead on to one: "FEDERATED STATES OF MICRONESIA"."""
    if _OF.match(printed[end:].lstrip()):
        return True
    return any(found.start < end and begin < found.end for found in find_delegations(printed))


def _name_end(text: str, begin: int) -> int:
    """Return where the run of name words that begins at ``begin`` ends; ``begin`` where none does."""
    end, words = begin, 0
    for token in _TOKEN.finditer(text, begin):
        core = token[0].strip('*“”"')
        bare = _POSSESSIVE.sub("", core.rstrip(",;:.)]*")) or core
        if not bare or words >= LONGEST_NAME or any(map(str.isdigit, bare)) or not bare[0].isalpha():
            break
        if words and _STATE_LETTERS.fullmatch(core) and find_delegations(core):  # "Jane Doe U.S. Ambassador"
            break
        capital = not bare[0].islower()
        particle = bare.lower() in _PARTICLES and words and not _POST_WORD.match(text, token.end() + 1)
        if (
            not (capital or particle)
            or _NOMINAL.fullmatch(bare)
            or (_NO_NAME_WORD.fullmatch(bare) and not particle)
        ):
            break
        end, words = token.start() + token[0].index(bare) + len(bare), words + 1
        if re.search(rf"[,;:)\]*]$|['’]s?$|{_LONG_WORD}\.$", core):
            break
    while end > begin and (last := text[begin:end].rsplit(None, 1)) and last[-1].islower():
        end = begin + len(text[begin:end].removesuffix(last[-1]).rstrip())
    younger = _YOUNGER.match(text, end) if end > begin else None
    return younger.end() if younger else end


_YOUNGER = re.compile(r",?\s+(?:Jr|Sr)\b\.?", re.IGNORECASE)
_STATE_LETTERS = re.compile(r"(?:[A-Z]\.){2,}")
# Where words go on in small letters behind a name, it ends there: "Ministerin Eva Lind vor …".
_LOWER_BEHIND = re.compile(r"\s+(?!(?:and|et|y|und|och|e|i)\s)(?-i:[a-zà-ÿ])")
# A full stop behind four letters ends a name; behind fewer it is an initial's, or "Jr."
_LONG_WORD = r"[^\W\d_]{4}"


def _split(printed: str) -> tuple[str | None, str | None]:
    """Split by the comma, or behind the post, the words of languages that the other ways do not know."""
    behind = _POST_BEHIND.search(printed) if HONORIFICS.match(printed) else None
    if behind and is_name(HONORIFICS.sub("", printed[: behind.start()]), titled=True):
        printed = f"{printed[: behind.start()]}, {printed[behind.end() :]}"
    named = _ARABIC_NAME.search(printed)
    if named and POST_FIRST.match(HONORIFICS.sub("", printed)):
        return named["name"], HONORIFICS.sub("", printed[: named.start()]).strip(" ،,") or None
    first, _, rest = re.sub("،", ",", printed).partition(",")
    name = HONORIFICS.sub("", first).strip()
    if _OF.match(name):
        name = first.strip()  # "Ambassador of Ukraine": a post, and no title
    titled = name != first.strip()
    post = POST_FIRST.match(name)
    if post:
        return _name_behind_post(name, post=post, rest=rest)
    if (titled or rest) and is_name(name, titled=titled) and (titled or not find_delegations(name)):
        return name, rest.strip(" ,") or None
    return None, None


def _name_behind_post(name: str, *, post: re.Match[str], rest: str) -> tuple[str | None, str | None]:
    """Find the name behind a post: right behind it, behind the state, or behind a comma."""
    held = name[post.start("post") :]
    after = HONORIFICS.sub("", _QUALIFIED.sub("", name[post.end() :].strip()))
    known = find_delegations(after)
    more = [_LAST_NOMINALS.sub("", HONORIFICS.sub("", part.strip())) for part in rest.split(",")]
    behind = any(" " in part and is_name(part) and not find_delegations(part) for part in more)
    # "Canciller Nacional, Rubén Acosta", "وزيرة دولة": one word is no name.
    single = " " not in after and (behind or _ARABIC.search(after) is not None)
    if is_name(after) and not single and not _OF.search(after) and not _is_owner(known, after):
        return after, rest.strip() or post["post"]
    parts = rest.split(",")
    for at, part in enumerate(parts):
        person = _LAST_NOMINALS.sub("", HONORIFICS.sub("", part.strip()))
        plain = is_name(person) and " " in person and not POST_FIRST.match(person)
        if plain and not find_delegations(person):
            whole = all(_PORTFOLIO_LIST.fullmatch(one.strip()) for one in parts[:at])
            return person, ",".join([held, *parts[:at]]) if whole else held
    tail = after[known[-1].end :] if known else ""
    tail = _ACCREDITATION.sub("", tail, count=1).strip() if known else ""
    tail = HONORIFICS.sub("", tail)
    if is_name(tail) and ("." in tail or " " in tail):
        return tail, held.removesuffix(tail).strip()
    return None, held if not after or known or _OF.search(after) else (rest.strip() or post["post"])


def _is_owner(known: Sequence[Mention[Delegation]], after: str) -> bool:
    """Tell whether words behind a post are, or begin with, the state whose post it is."""
    if not known:
        return False
    whole = known[0].start == 0 and known[0].end == len(after)
    return whole or _NOT_LATIN.search(after) is not None


def is_name(name: str, *, titled: bool = False) -> bool:
    """Tell whether words can be a person's name: few, with capitals, none that no name has.

    Behind an honorific a name may be a state's ("Mr. Jordan") or a portfolio's ("Ms. Law").
    """
    parts = name.split()
    if not 0 < len(parts) <= LONGEST_NAME or name.casefold() in _ARTICLES:
        return False
    if any(part[0].islower() and part not in _PARTICLES for part in parts):
        return False
    if any(_NO_NAME_WORD.fullmatch(part) for part in parts) or any(map(str.isdigit, name)):
        return False
    if not any(part[0].isalpha() and len(part.strip(".")) > 1 for part in parts):
        return False
    if find_forum_words(name) and not titled:
        return False
    if titled:
        return True
    whole = any(found.start == 0 and found.end == len(name) for found in find_delegations(name))
    return not whole and not _OFFICE_WORD.fullmatch(parts[-1])


# The last word of a name is no ministry's and no association's: "Tertiary Education", "Mediation Center".
_OFFICE_WORD = re.compile(
    rf"(?:{PORTFOLIO}|{ASSOCIATION}|organi[sz]ations?|authority|programme|tribunal|secretariat|bureau|office)",
    re.IGNORECASE,
)
_PORTFOLIO_LIST = re.compile(rf"(?:(?:{PORTFOLIO}|and|et|y|e|und)(?:\s+|$))+", re.IGNORECASE)
_PORTFOLIO_WORD = re.compile(rf"(?:{PORTFOLIO}|&)", re.IGNORECASE)
