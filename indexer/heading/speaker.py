"""Who: the delegation and the person, out of the phrases of a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.heading.forum import ANCHOR, opens_with_forum
from indexer.heading.occasion import DAY_BEFORE
from indexer.heading.wording import (
    HONORIFIC,
    NOTICE,
    POST,
    STATEMENT,
    names_only_delegation,
    names_only_place,
)
from indexer.register import Delegation, Mention, delegation_by_code, find_delegations, find_forum_words
from indexer.statement import Confidence, Finding, Speaker
from indexer.written_dates import find_dates

__all__ = ["find_speaker"]

_BY = (
    r"(?:delivered\s+by|made\s+by|presented\s+by|given\s+by|by|of|from|prononc[ée]e?\s+par|faite?\s+par|par|de\s+la|"
    r"du|des|de\s+l['’]|de|d['’]|pronunciad[oa]\s+por|a\s+cargo\s+de|del|por)"
)
_INTRODUCES = re.compile(
    rf"\b{STATEMENT}\b(?:\s+(?!{ANCHOR})[\w'’-]+){{0,8}}?\s*[\s:]\b(?P<by>{_BY})(?:[\s:]+|(?<=['’]))(?P<who>\S.*)",
    re.IGNORECASE,
)
_AGENT = re.compile(r"\b(?:by|par|por)$", re.IGNORECASE)
_DELIVERED = re.compile(
    r"\b(?:delivered|presented|read|prononc[ée]e?|pronunciad[oa])\s+(?:by|par|por)\b[\s:]*(?P<who>\S[^)]*)",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"\b(?:on\s+behalf\s+of|au\s+nom\s+d(?:e\s+la|e\s+l['’]|es|u|e|['’])|en\s+nombre\s+del?)\s*"
    r"(?:the\s+|la\s+|los\s+|las\s+)?(?P<whom>[^,;.()]+)",
    re.IGNORECASE,
)
_STATEMENT_THEN_POST = re.compile(
    rf"\b{STATEMENT}\b[\s:,–—-]*(?P<who>(?:{HONORIFIC}\s+|{POST}\s).*)", re.IGNORECASE
)
_PERSON = re.compile(rf"\W*(?P<who>{HONORIFIC}\s.*)", re.IGNORECASE)
_STATEMENT_WORD = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_NOTICE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_MISSION = re.compile(
    r"\b(?:permanent\s+mission|mission\s+permanente|misi[óo]n\s+permanente|delegation|d[ée]l[ée]gation|delegaci[óo]n)\s+"
    r"(?:of|de|du|des|del|d['’])",
    re.IGNORECASE,
)
_WHO_ENDS = re.compile(
    rf"[\s,]*(?:\b(?:at|before|during|on\s+the\s+occasion|to\s+the|in\s+the|lors|devant|durante|ante|under|following)\b.*|"
    rf"\b[àa]\s+(?:la|l['’])\b.*|\baux?\b.*|\ben\s+(?:el|la)\b.*|[(\[].*|"
    rf"\bon\s+behalf\b.*|\bau\s+nom\b.*|\ben\s+nombre\b.*|\bon\s+(?:agenda|item|cluster|the)\b.*|"
    rf"\b{STATEMENT}\b.*|:.*)$",
    re.IGNORECASE,
)
_POSTED_TO = re.compile(
    r"\b(?:to|aupr[èe]s|ante|pr[èe]s)\s+(?:the\s+|d[eu]\s+|la\s+|l['’]|el\s+)?$", re.IGNORECASE
)
_HONORIFICS = re.compile(rf"^(?:(?:{HONORIFIC})(?=[\s.,])[.,]?\s*)+", re.IGNORECASE)
_POST_FIRST = re.compile(rf"(?:the\s+|la\s+|le\s+|el\s+)?(?P<post>{POST})(?=[\s,]|$)\s*", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|for|de|du|des|d['’]|del|to|pour|para)\b", re.IGNORECASE)
# "Ms. Jane Doe (Ireland)": here the bracket says whom the person speaks for.
_BRACKET = re.compile(r"[^()]+\((?P<name>[^()]+)\)")
# A full stop after a whole word, not after an initial.
_FULL_STOP = re.compile(r"(?<=\w{3})\.$")
_ARTICLE = re.compile(r"^(?:the|la|le|les|l['’]|el|los|las)\s*(?=\w)", re.IGNORECASE)
# A person's name has two words at least, "Biden" after "President" aside, and hardly more than seven.
_LONGEST_NAME = 7


@dataclass(frozen=True, slots=True)
class _Named:
    """Who speaks, as printed, and the phrases that say so."""

    printed: str
    evidence: str


def find_speaker(phrases: Sequence[str], *, year: int | None = None) -> Finding[Speaker] | None:
    """Find who speaks: the delegation spoken for, and the person where one is named.

    ``year`` is when, so that a delegation has the name it had then.
    """
    phrases = [phrase for phrase in phrases if not _NOTICE.match(phrase)]
    introduced, line = _introduced(phrases), _person_line(phrases)
    named = _represented(phrases) or introduced or line
    alone = _sole_delegation(phrases)
    found = named or alone
    if found is None:
        return None
    person, post = _first_person(introduced, line)
    delegation = _delegation_of(found.printed) or (
        alone and not _is_joint(found.printed) and _delegation_of(alone.printed)
    )
    if not delegation:
        return Finding(Speaker(found.printed, person=person, post=post), found.evidence)
    name = (year and delegation_by_code(delegation.code, year=year)) or delegation
    speaker = Speaker(found.printed, delegation=name.name, code=delegation.code, person=person, post=post)
    return Finding(speaker, found.evidence, Confidence.HIGH if named else Confidence.LOW)


def _first_person(*named: _Named | None) -> tuple[str | None, str | None]:
    """Return the first person named, with the post; or the first post alone."""
    read = [_person_and_post(who.printed) for who in named if who]
    with_person = (found for found in read if found[0])
    with_post = (found for found in read if found[1])
    return next(with_person, next(with_post, (None, None)))


def _represented(phrases: Sequence[str]) -> _Named | None:
    """Return the delegation or group that a statement is given on behalf of."""
    for phrase in phrases:
        match = _ON_BEHALF.search(phrase)
        if match is None:
            continue
        whom = re.split(r"\s(?:by|par|por)\s", _WHO_ENDS.sub("", match["whom"]), maxsplit=1)[0].strip()
        if not _POST_FIRST.match(whom) and (
            find_delegations(whom)
            or re.search(r"\bgroup|\bgroupe|\bgrupo|states|countries", whom, re.IGNORECASE)
        ):
            return _Named(whom, phrase)
    return None


def _introduced(phrases: Sequence[str]) -> _Named | None:
    """Return who is named after "statement by" and the like, best with a delegation."""
    named = [
        _gather(phrases, number=number, who=match["who"])
        for pattern in (_INTRODUCES, _STATEMENT_THEN_POST)
        for number, phrase in enumerate(phrases)
        if (match := pattern.search(phrase))
        and _may_be_speaker(match["who"], by=match.groupdict().get("by", ""))
    ]
    return next((who for who in named if _spoken_for(who.printed)), named[0] if named else None)


def _may_be_speaker(who: str, *, by: str) -> bool:
    """Tell whether the words after "statement by" name someone.

    After "by" any name does; "of" and "de" may lead to a subject ("déclaration de
    politique"), so that only a post, a title or a delegation is someone.
    """
    who = _who_alone(who)
    if not who or opens_with_forum(who):
        return False
    if _HONORIFICS.match(who) or _POST_FIRST.match(who) or find_delegations(who):
        return True
    return _AGENT.search(by) is not None and who[0].isupper()


def _gather(phrases: Sequence[str], *, number: int, who: str) -> _Named:
    """Add the phrases after it that still name the speaker: a name and a post over several lines."""
    evidence = [phrases[number]]
    printed = _who_alone(who)
    whole = printed == _plain(who)
    for phrase in phrases[number + 1 :]:
        more = _who_alone(phrase)
        if not whole or not _goes_on(more, after=printed):
            break
        comma = evidence[-1].rstrip().endswith(",") or _POST_FIRST.match(more)
        printed += f", {more}" if comma else f" {more}"
        evidence.append(phrase)
        whole = more == _plain(phrase)
    return _Named(printed, " ".join(evidence))


def _goes_on(more: str, *, after: str) -> bool:
    """Tell whether words from the next phrase still name the speaker ``after`` names."""
    if not more or names_only_place(more) or _STATEMENT_WORD.search(more) or _MISSION.search(more):
        return False
    if opens_with_forum(more) or not more[0].isalpha():
        return False
    if find_delegations(f"{after} {more}") and not find_delegations(after):
        return True
    if _POST_FIRST.match(more) or find_delegations(more):
        return not find_delegations(after) or not names_only_delegation(more)
    return "," not in after and len(more.split()) <= _LONGEST_NAME and _is_name(more)


def _who_alone(who: str) -> str:
    """Cut the words about someone where the forum, a date or a bracket begins."""
    who = _plain(who)
    bracket = _BRACKET.match(who)
    if bracket and names_only_delegation(bracket["name"]):
        return bracket[0]
    dates = find_dates(who)
    if dates:
        who = re.sub(rf"{DAY_BEFORE}$", "", who[: dates[0].start], flags=re.IGNORECASE)
    delivered = _DELIVERED.search(who)
    if delivered and delivered.start():
        who = who[: delivered.start()]
    ends = _WHO_ENDS.search(who)
    while ends and ends.start():
        who = who[: ends.start()]
        ends = _WHO_ENDS.search(who)
    return _plain(who)


def _plain(text: str) -> str:
    return _ARTICLE.sub("", _FULL_STOP.sub("", text.strip(' ,;"“”}'))).strip()


def _person_line(phrases: Sequence[str]) -> _Named | None:
    """Return the person whom a phrase of its own names: "H.E. Mr. …"."""
    for number, phrase in enumerate(phrases):
        match = _DELIVERED.search(phrase) or _PERSON.match(phrase)
        if match:
            return _gather(phrases, number=number, who=match["who"])
    return None


def _sole_delegation(phrases: Sequence[str]) -> _Named | None:
    """Return the delegation that a phrase of its own, or the letterhead, names."""
    for phrase in phrases:
        statement = _STATEMENT_WORD.search(phrase)
        title = phrase[: statement.start()].strip(" ,:–—-'’") if statement else phrase
        if names_only_delegation(title):
            return _Named(_plain(title), phrase)
    for phrase in phrases:
        mission = _MISSION.search(phrase)
        mentions = find_delegations(phrase[mission.end() :]) if mission else []
        if mentions:
            return _Named(mentions[0].text, phrase)
    return None


def _delegation_of(printed: str) -> Delegation | None:
    """Return the one delegation a speaker is of, or None: no one, or several together."""
    mentions = _spoken_for(printed)
    return mentions[0].value if mentions and not _is_joint(printed) else None


def _spoken_for(printed: str) -> list[Mention[Delegation]]:
    """Return the delegations named, save where someone is posted: "Ambassador to France"."""
    return [found for found in find_delegations(printed) if not _POSTED_TO.search(printed[: found.start])]


def _is_joint(printed: str) -> bool:
    """Tell whether several delegations speak together: "Poland, Sweden and Switzerland"."""
    mentions = _spoken_for(printed)
    between = (printed[first.end : second.start].strip().casefold() for first, second in pairwise(mentions))
    return any(re.fullmatch(r"(?:,|and|,\s*and|et|y|&)(?:\s*the)?", words) for words in between)


def _person_and_post(printed: str) -> tuple[str | None, str | None]:
    """Split "Mr. Taro Aso, Minister for Foreign Affairs of Japan" into the name and the post."""
    first, _, rest = re.sub(r"\s*\([^)]*\)", "", printed).partition(",")
    name = _HONORIFICS.sub("", first).strip()
    titled = name != first.strip()
    post = _POST_FIRST.match(name)
    if post:
        after = name[post.end() :].strip()
        if not after or _OF.search(after):
            person = _HONORIFICS.sub("", rest.strip()).partition(",")[0]
            return (person.strip() if rest and _is_name(person) else None), name
        return (after if _is_name(after) else None), (rest.strip() or post["post"])
    if (titled or rest) and _is_name(name):
        return name, rest.strip() or None
    return None, None


def _is_name(name: str) -> bool:
    """Tell whether words can be a person's name: few, with capitals, none a delegation's or a forum's."""
    parts = name.split()
    capital = all(
        part[0].isupper() or part in {"de", "del", "da", "van", "von", "al", "bin", "el"} for part in parts
    )
    return (
        0 < len(parts) <= _LONGEST_NAME
        and capital
        and not find_forum_words(name)
        and not find_delegations(name)
    )
