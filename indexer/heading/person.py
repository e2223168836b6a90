"""A person and the post, out of the words that name a speaker."""

from __future__ import annotations

import re

from onrecord.indexer.heading.wording import HONORIFIC, POST
from onrecord.indexer.register import find_delegations, find_forum_words

__all__ = ["HONORIFICS", "LONGEST_NAME", "POST_FIRST", "is_name", "person_and_post"]

HONORIFICS = re.compile(rf"^(?:(?:{HONORIFIC})(?=[\s.,])[.,]?\s*)+", re.IGNORECASE)
POST_FIRST = re.compile(
    rf"(?:(?:the|la|le|el|der|die|den|dem|il|o|a)\s+)?(?P<post>{POST}(?:\s+(?:samt|och|and|et|y|e|und|и)\s+{POST})*)(?=[\s,]|$)\s*",
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
    ("de", "del", "da", "dos", "das", "do", "di", "van", "von", "der", "al", "bin", "el", "e", "y")
)


def person_and_post(printed: str) -> tuple[str | None, str | None]:
    """Split "Mr. Taro Aso, Minister for Foreign Affairs of Japan" into the name and the post."""
    printed = re.sub(r"\s*\([^)]*\)", "", printed)
    behind = _POST_BEHIND.search(printed) if HONORIFICS.match(printed) else None
    if behind and "," not in printed[: behind.start()]:
        printed = f"{printed[: behind.start()]}, {printed[behind.end() :]}"
    first, _, rest = re.sub("،", ",", printed).partition(",")
    name = HONORIFICS.sub("", first).strip()
    titled = name != first.strip()
    post = POST_FIRST.match(name)
    if post:
        return _name_behind_post(name, post=post, rest=rest)
    if (titled or rest) and is_name(name):
        return name, rest.strip() or None
    return None, None


def _name_behind_post(name: str, *, post: re.Match[str], rest: str) -> tuple[str | None, str | None]:
    """Find the name behind a post: right behind it, behind the state, or behind a comma."""
    after = HONORIFICS.sub("", _QUALIFIED.sub("", name[post.end() :].strip()))
    if is_name(after) and not _OF.search(after):
        return after, rest.strip() or post["post"]
    for part in rest.split(","):
        person = HONORIFICS.sub("", part.strip())
        if is_name(person) and not POST_FIRST.match(person):
            return person, name
    known = find_delegations(after)
    tail = after[known[-1].end :] if known else ""
    tail = _ACCREDITATION.sub("", tail, count=1).strip() if known else ""
    tail = HONORIFICS.sub("", tail)
    if is_name(tail) and ("." in tail or " " in tail):
        return tail, name.removesuffix(tail).strip()
    return None, name if not after or known or _OF.search(after) else (rest.strip() or post["post"])


def is_name(name: str) -> bool:
    """Tell whether words can be a person's name: few, with capitals, none a delegation's or a forum's."""
    parts = name.split()
    capital = all(not part[0].islower() or part in _PARTICLES for part in parts)
    return (
        0 < len(parts) <= LONGEST_NAME
        and capital
        and name.casefold() not in _ARTICLES
        and not find_forum_words(name)
        and not find_delegations(name)
    )
