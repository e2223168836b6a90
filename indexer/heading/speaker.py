"""Who: the delegation and the person, out of the phrases of a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.indexer.heading.date_and_place import DAY_BEFORE
from onrecord.indexer.heading.forum import ANCHOR, opens_with_forum
from onrecord.indexer.heading.person import HONORIFICS, LONGEST_NAME, POST_FIRST, is_name, person_and_post
from onrecord.indexer.heading.wording import (
    BEHALF,
    BY,
    BY_AGENT,
    DELIVERED_BY,
    HONORIFIC,
    MISSION,
    NOTICE,
    POST,
    STATEMENT,
    is_statement_word,
    names_only_delegation,
    names_only_place,
)
from onrecord.indexer.register import (
    Delegation,
    Mention,
    delegation_by_code,
    delegation_of_adjective,
    find_delegations,
)
from onrecord.indexer.register.written_dates import find_dates
from onrecord.indexer.statement import Confidence, Finding, Speaker

__all__ = ["find_speaker"]

_TO_THE_PRESS = (
    r"(?:\s+(?:to\s+the\s+(?:press|media)|[àa]\s+la\s+presse|a\s+la\s+prensa|alla\s+stampa|à\s+imprensa|"
    r"an\s+die\s+presse))?"
)
_INTRODUCES = re.compile(
    rf"\b{STATEMENT}\b{_TO_THE_PRESS}(?:\s+(?!{ANCHOR})[\w'’-]+){{0,8}}?\s*[\s:]\b(?P<by>{BY})(?:[\s:]+|(?<=['’]))(?P<who>\S.*)",
    re.IGNORECASE,
)
_AGENT_LATER = re.compile(rf"\b{STATEMENT}\b[^.;]*?\s{BY_AGENT}\s+(?P<who>\S.*)", re.IGNORECASE)
_AGENT = re.compile(rf"\b{BY_AGENT}$", re.IGNORECASE)
_DELIVERED = re.compile(rf"\b{DELIVERED_BY}\b[\s:]*(?P<who>\S[^)]*)", re.IGNORECASE)
_ON_BEHALF = re.compile(
    rf"\b{BEHALF}\s*(?:the\s+|la\s+|los\s+|las\s+|der\s+|den\s+|l['’])?(?P<whom>[^;.()]+)", re.IGNORECASE
)
_STATEMENT_THEN_POST = re.compile(
    rf"\b{STATEMENT}\b[\s:,–—-]*(?P<who>(?:{HONORIFIC}\s+|{POST}\s).*)", re.IGNORECASE
)
_STATEMENT_THEN_ANY = re.compile(rf"\b{STATEMENT}\s+(?P<who>[\u0400-\u06ff].*)", re.IGNORECASE)
_PERSON = re.compile(rf"\W*(?P<who>{HONORIFIC}\s.*)", re.IGNORECASE)
_STATEMENT_WORD = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_NOTICE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_MISSION = re.compile(MISSION, re.IGNORECASE)
# "U.S. Mission to …", "Ireland at the United Nations".
_OWN_MISSION = re.compile(
    r"[.’'s]*\s+(?:(?:permanent\s+)?(?:mission|delegation|embassy)\b|(?:at|to)\s+the\s+(?:UN\b|United\s+Nations\b|OSCE\b))",
    re.IGNORECASE,
)
_WHO_ENDS = re.compile(
    rf"[\s,]*(?:\b(?:at|before|during|on\s+the\s+occasion|to\s+the|in\s+the|lors|devant|durante|ante|under|following)\b.*|"
    rf"\b(?:anlässlich|vor\s+de[rmn]|in\s+occasione|por\s+ocasião|во\s+время|بمناسبة)\b.*|\b[àa]\s+(?:la|l['’])\b.*|\baux?\b.*|\ben\s+(?:el|la)\b.*|[(\[].*|\bvid\s.*|"
    rf"\bon\s+behalf\b.*|\bau\s+nom\b.*|\ben\s+nombre\b.*|\b(?:от\s+имени|im\s+Namen|em\s+nome|a\s+nome)\b.*|"
    rf",\s*on\s.*|\b{DELIVERED_BY}\b.*|\bon\s+(?:agenda|item|cluster|the)\b.*|"
    rf"\b{STATEMENT}\b.*|:(?!\w).*)$",
    re.IGNORECASE,
)
_ANCHORS = re.compile(rf"{ANCHOR}\s*", re.IGNORECASE)
_POSTED_TO = re.compile(
    r"\b(?:to|on|about|regarding|sur|sobre|über|om|aupr[èe]s|ante|pr[èe]s|при|в|bei|in|presso|junto|لدى)\s+(?:the\s+|d[eu]\s+|la\s+|l['’]|el\s+|der\s+|[àa]s?\s+|il\s+)?$",
    re.IGNORECASE,
)
# "Klimatminister Anna Bergs tal", "höll klimatminister Anna Berg": a post and a name, then the statement.
_POSSESSOR = re.compile(
    rf"^\W*(?P<who>{POST}(?:\s+[^,;:]+?)??)(?:(?<=\w)(?:['’]s?|s)\s+(?:\w+\s+)?{STATEMENT}\b|\s+(?:höll|levererade|hielt|pronunció)\b)",
    re.IGNORECASE,
)
# Between a delegation's name and "statement": "'s national", "-backed" and no stop.
_OF_DELEGATION = re.compile(r"(?:['’]s?)?(?:\s+[\w’'-]+){0,2}\s*", re.IGNORECASE)
# "159 States", "a group of 24 countries".
_COUNTED = re.compile(r"(?:(?:more\s+than|over|some)\s+)?\d+\s|(?:a\s+)?group\s+of\s+\d", re.IGNORECASE)
_ADJECTIVAL = re.compile(
    r"\W*(?:the\s+)?(?P<adjective>[^\W\d_]+(?:[ -][^\W\d_]+)?)\s+"
    rf"(?:(?:national|general|opening|closing)\s+)?{STATEMENT}\b",
    re.IGNORECASE,
)
# "Ms. Jane Doe (Ireland)": here the bracket says whom the person speaks for.
_BRACKET = re.compile(r"[^()]+\((?P<name>[^()]+)\)")
# A full stop after a whole word, not after an initial.
_FULL_STOP = re.compile(r"(?<=\w{3})\.$")
_ARTICLE = re.compile(
    r"^(?:(?:the|la|le|les|el|los|las|der|die|das|dem|den|il|lo|gli|os|as)\s+|l['’]\s*)(?=\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Named:
    """Who speaks, as printed, and the phrases that say so."""

    printed: str
    evidence: str
    sure: bool = True  #: False where only a post on a line of its own shows it


def find_speaker(phrases: Sequence[str], *, year: int | None = None) -> Finding[Speaker] | None:
    """Find who speaks: the delegation spoken for, and the person where one is named.

    ``year`` is when, so that a delegation has the name it had then.
    """
    phrases = [phrase for phrase in phrases if not _NOTICE.match(phrase)]
    introduced, line = _introduced(phrases), _person_line(phrases)
    national = _national_statement(phrases)
    represented = _represented(phrases)
    if represented and _is_count(represented.printed):  # a number is no name; who spoke for them has one
        by_name = (who for who in (introduced, line) if who and _spoken_for(who.printed))
        represented = next(by_name, represented)
    named = represented or introduced or line or national
    alone = national or _sole_delegation(phrases)
    adjective = _adjective_of_statement(phrases)
    found = named or alone or adjective
    if found is None:
        return None
    person, post = _first_person(introduced, line)
    delegation = _delegation_of(found.printed)
    if delegation is None and alone and not _is_joint(found.printed):
        delegation = _delegation_of(alone.printed)
    if delegation is None and adjective and not _is_joint(found.printed):
        delegation = delegation_of_adjective(adjective.printed)
    confidence = Confidence.HIGH if named and named.sure else Confidence.LOW
    if not delegation:
        return Finding(Speaker(found.printed, person=person, post=post), found.evidence, confidence)
    name = (year and delegation_by_code(delegation.code, year=year)) or delegation
    speaker = Speaker(found.printed, delegation=name.name, code=delegation.code, person=person, post=post)
    return Finding(speaker, found.evidence, confidence)


def _first_person(*named: _Named | None) -> tuple[str | None, str | None]:
    """Return the first person named, with the post; or the first post alone."""
    read = [person_and_post(who.printed) for who in named if who]
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
        if not _is_joint(whom):
            whom = whom.partition(",")[0].strip()
        if not POST_FIRST.match(whom) and (
            find_delegations(whom)
            or re.search(r"\bgroup|\bgroupe|\bgrupo|states|countries", whom, re.IGNORECASE)
        ):
            return _Named(whom, phrase)
    return None


def _introduced(phrases: Sequence[str]) -> _Named | None:
    """Return who is named after "statement by" and the like, best with a delegation."""
    named = [
        _gather(phrases, number=number, who=match["who"])
        for pattern in (_INTRODUCES, _STATEMENT_THEN_POST, _STATEMENT_THEN_ANY, _POSSESSOR)
        for number, phrase in enumerate(phrases)
        if (pattern is _POSSESSOR or is_statement_word(phrase))
        and (match := pattern.search(phrase))
        and _may_be_speaker(match["who"], by=match.groupdict().get("by", ""))
    ]
    named = named or list(_named_after_agent(phrases))
    return next((who for who in named if _spoken_for(who.printed)), named[0] if named else None)


def _named_after_agent(phrases: Sequence[str]) -> Iterator[_Named]:
    """Yield who is named after "by" further on: "statement to Parliament by the Minister, Helen Ward"."""
    for number, phrase in enumerate(phrases):
        for match in _AGENT_LATER.finditer(phrase):
            if person_and_post(_who_alone(match["who"]))[0] or names_only_delegation(
                _who_alone(match["who"])
            ):
                yield _gather(phrases, number=number, who=match["who"])


def _may_be_speaker(who: str, *, by: str) -> bool:
    """Tell whether the words after "statement by" name someone.

    After "by" any name does; "of" and "de" may lead to a subject ("déclaration de
    politique"), so that only a post, a title or a delegation is someone.
    """
    who = _who_alone(who)
    if not who:
        return False
    speaks = find_delegations(who)[:1]
    if speaks and not speaks[0].start and speaks[0].value.kind != "agency":
        return True
    if opens_with_forum(who):
        return False
    if HONORIFICS.match(who) or POST_FIRST.match(who) or find_delegations(who):
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
        comma = evidence[-1].rstrip().endswith(",") or POST_FIRST.match(more)
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
    if POST_FIRST.match(more) or find_delegations(more):
        return not find_delegations(after) or not names_only_delegation(more)
    return "," not in after and len(more.split()) <= LONGEST_NAME and is_name(more)


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
    for anchor in _ANCHORS.finditer(who):
        before = POST_FIRST.fullmatch(who[: anchor.start()].strip())
        if anchor.start() and not before and opens_with_forum(who[anchor.end() :]):
            who = who[: anchor.start()]
            break
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
    for number, phrase in enumerate(phrases):
        who = _who_alone(phrase)
        if POST_FIRST.match(phrase) and (person_and_post(who)[0] or _spoken_for(who)):
            return replace(_gather(phrases, number=number, who=phrase), sure=False)
    return None


def _national_statement(phrases: Sequence[str]) -> _Named | None:
    """Return the delegation named right before "statement": "Sveriges anförande", "EU Statement"."""
    for phrase in phrases:
        statement = _STATEMENT_WORD.search(phrase)
        before = find_delegations(phrase[: statement.start()]) if statement else []
        if statement and before and before[-1].value.kind != "agency":
            owner = before[-1]
            if _OF_DELEGATION.fullmatch(phrase[owner.end : statement.start()]) and not _POSTED_TO.search(
                phrase[: owner.start]
            ):
                return _Named(owner.text, phrase)
    return None


def _is_count(whom: str) -> bool:
    """Tell whether those spoken for are a number of states and no group of a name."""
    return _COUNTED.match(whom) is not None and not find_delegations(whom)


def _adjective_of_statement(phrases: Sequence[str]) -> _Named | None:
    """Return the adjective that a phrase begins with before "statement": "Norwegian national statement"."""
    for phrase in phrases:
        match = _ADJECTIVAL.match(phrase)
        if match and delegation_of_adjective(match["adjective"]):
            return _Named(match["adjective"], phrase, sure=False)
    return None


def _sole_delegation(phrases: Sequence[str]) -> _Named | None:
    """Return the delegation that a phrase of its own, or the letterhead, names."""
    for phrase in phrases:
        statement = _STATEMENT_WORD.search(phrase)
        title = phrase[: statement.start()].strip(" ,:–—-'’") if statement else phrase
        if title and names_only_delegation(title):
            return _Named(_plain(title), phrase)
    for phrase in phrases:
        owner = next(iter(find_delegations(phrase)), None)
        if owner and not phrase[: owner.start].strip() and _OWN_MISSION.match(phrase[owner.end :]):
            return _Named(owner.text, phrase)
    for phrase in phrases:
        mission = _MISSION.search(phrase)
        mentions = find_delegations(phrase[mission.end() :]) if mission else []
        if mentions and mentions[0].value.kind != "agency":
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
