"""Who: the delegation, the group and the person, out of what the finders propose.

Two things are decided, each by the table of evidence: for which group the statement is given, if for one, and
who speaks. What the best candidate leaves open, the person or the state, is then taken from the others.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.evidence import SURE, Choice, Table, as_runner_up, choose
from onrecord.indexer.heading.person import read_person
from onrecord.indexer.heading.speaker_finders import FINDERS, GROUP_FINDERS
from onrecord.indexer.heading.spoken_for import GROUP_NAME, delegation_of, is_joint, others_named
from onrecord.indexer.heading.who import Named
from onrecord.indexer.heading.wording import ASSOCIATION, BEHALF, HONORIFIC, NOTICE, POST
from onrecord.indexer.register import (
    delegation_by_code,
    delegation_of_adjective,
    find_delegations,
)
from onrecord.indexer.statement import Confidence, Finding, Party, Speaker

__all__ = ["SpeakerCandidates", "Spoke", "decide_speaker", "find_speakers", "read_candidate"]

# A notice that names who delivered it.
_AS_DELIVERED = re.compile(r"\W*as\s+delivered\W+by\s", re.IGNORECASE)
_NOTICE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_ASSOCIATION = re.compile(rf"\b(?:{ASSOCIATION})s?\b", re.IGNORECASE)
# Who reads out what someone else would have said.
_FOR_SOMEONE = re.compile(rf"\b{BEHALF}\s*(?:the\s+)?(?:{POST}|{HONORIFIC})\s", re.IGNORECASE)
# Two persons who speak together have so many words; what has more has something glued to it.
_MOST_WORDS_OF_NAME = 8
_OFFICIAL = re.compile(
    r"(?:un\s+|united\s+nations\s+)?(?:secretary-general|director-general|secr[ée]taire\s+g[ée]n[ée]ral|secretario\s+general)\b",
    re.IGNORECASE,
)
# "159 States", "a group of 24 countries".
_COUNTED = re.compile(r"(?:(?:more\s+than|over|some)\s+)?\d+\s|(?:a\s+)?group\s+of\s+\d+\s+\w", re.IGNORECASE)
# "also on behalf of Norway": the speaker is one of them.
_ALSO = re.compile(
    rf"\b(?:also|également|aussi|también|auch|também|anche|inoltre|även|также)\s+(?:gives?\s+|speaks?\s+|speaking\s+)?{BEHALF}|"
    rf"\b{BEHALF}\s*(?:itself|lui-même)\b",
    re.IGNORECASE,
)
# "Statement by the Indian delegation".
_OWN_DELEGATION = re.compile(
    r"(?:the\s+)?(?P<adjective>[^\W\d_]+(?:[ -][^\W\d_]+)?)\s+"
    r"(?:delegation|government|(?:permanent\s+)?mission)",
    re.IGNORECASE,
)
# What says whose state it is without naming a person: of the heading, and of the first sentences.
_STATE_KINDS = frozenset(("national statement", "state alone", "mission", "adjective", "state, colon"))
_SPOKEN_KINDS = frozenset(("own country", "own sentences"))
# Who holds such a post speaks for the state and never for the ministry alone.
_ABROAD = re.compile(
    r"\b(?:foreign|external|ambassad\w+|representative|permanent|delegat\w+|embassy|advis[eo]r|counsell?or|attach[ée]|chargée?|[ée]trang[èe]res|repr[ée]sentant\w*|exteriores|"
    r"embajador\w*|canciller|extranjer\w+|negócios\s+estrangeiros|embaixador\w*|esteri|ausw[äa]rtig\w+|au[ßs]+enminister\w*|botschafter\w*|"
    r"utrikes\w*|иностранных|посол|посла|خارجية|سفير|المندوب)\b",
    re.IGNORECASE,
)
_STATEMENT_KINDS = frozenset(("statement by", "statement of", "statement then post", "national statement"))
_GROUP_KINDS = frozenset(("group in speech", "group's statement"))
_DELIVERED = frozenset(("delivered by", "by, own line", "person line", "by, later"))
_OWN_STATEMENT = "group's statement"
# What names the state that reads a group's statement out, and not one that it is about.
_GIVES = (
    _DELIVERED
    | _STATEMENT_KINDS
    | {"mission", "label", "post line", "name above post", "state and person", "chinese"}
)


@dataclass(frozen=True, slots=True)
class SpeakerCandidates:
    """Who may have spoken, the groups for whom it may have been, and those beside whom someone spoke."""

    speakers: tuple[Candidate[Speaker], ...] = ()
    groups: tuple[Candidate[Speaker], ...] = ()
    beside: tuple[Candidate[Speaker], ...] = ()


@dataclass(frozen=True, slots=True)
class Spoke:
    """Who spoke, for which group or state, and which state gave the statement of that group."""

    speaker: Finding[Speaker] | None = None
    on_behalf_of: Finding[Party] | None = None
    delivered_by: Finding[Party] | None = None


def find_speakers(phrases: Sequence[str]) -> SpeakerCandidates:
    """Let every finder propose who speaks."""
    said = [phrase for phrase in phrases if not _NOTICE.match(phrase) or _AS_DELIVERED.match(phrase)]
    speakers = [
        read_candidate(named, kind) for kind, find in FINDERS.items() for named in find(said) if named.printed
    ]
    if any(one.kind in _GIVES and _is_state(one.value.code) for one in speakers):
        speakers = [replace(one, kind="letterhead") if _is_letterhead(one) else one for one in speakers]
    groups = [read_candidate(named, kind) for kind, find in GROUP_FINDERS.items() for named in find(said)]
    beside = [one for one in groups if _ALSO.search(one.evidence)]
    groups = [one for one in groups if one not in beside]
    groups += [replace(one, kind=_OWN_STATEMENT) for one in speakers if _is_groups_own(one)]
    return SpeakerCandidates(tuple(speakers), tuple(groups), tuple(beside))


def _is_letterhead(one: Candidate[Speaker]) -> bool:
    """Tell whether an organisation stands alone in a line: above a state's statement it is the host."""
    known = delegation_by_code(one.value.code) if one.value.code else None
    return one.kind == "state alone" and known is not None and known.kind != "state"


def decide_speaker(found: SpeakerCandidates, *, year: int | None = None, table: Table | None = None) -> Spoke:
    """Decide who speaks and for whom; ``year`` is when, so that a delegation has the name it had then."""
    speaker = choose("speaker", _leading(found.speakers), same=_meanings, table=table)
    leads = speaker is not None and speaker.best.value.code is not None
    named = grouped = choose("group", found.groups, same=_meanings, table=table)
    # Who speaks "also on behalf of" others speaks first.
    if named is None and leads:
        named = choose("group", found.beside, same=_meanings, table=table)
    if named and speaker and _leads(speaker.best.value, named.best.value):
        named = None
    # A number is no name; who spoke for them has one.
    beside = leads and named is not None and (grouped is None or _is_count(named.best.value.printed))
    group = None if beside else named
    best = group or speaker
    if best is None:
        return Spoke()
    value, evidence, sure = _completed(best, found, speaker=speaker, table=table)
    value = _named_in(year, value)
    other = speaker if group else named
    behind = best.behind if other is None else as_runner_up(_unless_same(other.best, best.best))
    confidence = Confidence.HIGH if sure else Confidence.LOW
    who = Finding(value, evidence, confidence, best.best.kind, behind)
    if named is None:
        return Spoke(who)
    giver = None if beside else _giver(found, named.best.value, table=table)
    return Spoke(who, on_behalf_of=_spoken_for(named, giver=giver), delivered_by=_party(giver, year=year))


def _named_in(year: int | None, value: Speaker) -> Speaker:
    """Give a delegation the name that it had in a year."""
    known = delegation_by_code(value.code, year=year) if value.code and year else None
    return replace(value, delegation=known.name) if known else value


def _unless_same(one: Candidate[Speaker], other: Candidate[Speaker]) -> Candidate[Speaker] | None:
    return None if {*_meanings(one.value)} & {*_meanings(other.value)} else one


def _spoken_for(group: Choice[Speaker], *, giver: Choice[Speaker] | None) -> Finding[Party] | None:
    """Return for whom a statement is given; None where it is the group's own and no state gave it."""
    best = group.best
    if giver is None and (best.kind == _OWN_STATEMENT or _is_state(best.value.code)):
        return None
    party = Party(best.value.delegation or best.value.printed, best.value.code)
    behind = None if group.runner_up is None else group.behind
    return Finding(party, best.evidence, group.confidence, best.kind, behind)


def _giver(found: SpeakerCandidates, group: Speaker, *, table: Table | None) -> Choice[Speaker] | None:
    """Find the state that gave a group's statement: whom the heading names beside the group, if anyone."""
    states = [
        one
        for one in found.speakers
        if one.kind in _GIVES and one.value.code != group.code and _is_state(one.value.code)
    ]
    return choose("speaker", states, same=_meanings, table=table)


def _is_state(code: str | None) -> bool:
    known = delegation_by_code(code) if code else None
    return known is not None and known.kind == "state"


def _party(giver: Choice[Speaker] | None, *, year: int | None) -> Finding[Party] | None:
    """Return the state that gave a statement as a fact of its own."""
    if giver is None:
        return None
    value = _named_in(year, giver.best.value)
    party = Party(value.name, value.code)
    return Finding(party, giver.best.evidence, giver.confidence, giver.best.kind, giver.behind)


def _leading(speakers: Sequence[Candidate[Speaker]]) -> Sequence[Candidate[Speaker]]:
    """Leave out who reads the statement out, where the heading says whose it is.

    It may be that of a state or of an organisation.
    """
    named = any(one.kind in _STATEMENT_KINDS and one.value.person is None for one in speakers)
    return [one for one in speakers if one.kind not in _DELIVERED] if named else speakers


def read_candidate(named: Named, kind: str) -> Candidate[Speaker]:
    """Read the words that name a speaker: person, post, delegation, and what speaks against them."""
    person = read_person(named.printed)
    if (
        kind == "name and date" and person.name
    ):  # "Mr. JONES of North Carolina" is not Mr. Jones of another state
        person = replace(person, name=named.printed[person.start :])
    mention = None if kind == "name and date" else delegation_of(named.printed)
    delegation = mention.value if mention else None
    own = _OWN_DELEGATION.fullmatch(named.printed)
    if kind == "adjective" or (own and not delegation):
        delegation = delegation_of_adjective(own["adjective"] if own else named.printed)
    value = Speaker(
        named.printed,
        delegation=delegation.name if delegation else None,
        code=delegation.code if delegation else None,
        person=person.name,
        post=person.post,
    )
    code = delegation.code if delegation else None
    doubtful = others_named(named.printed, code=code) and not is_joint(named.printed)
    doubtful = doubtful or _FOR_SOMEONE.search(named.evidence) is not None
    doubtful = doubtful or not _is_clean(value)
    return Candidate(value, kind, named.evidence, named.at, doubtful)


def _is_groups_own(one: Candidate[Speaker]) -> bool:
    """Tell whether a group of states is named as the one whose statement it is, whoever reads it out."""
    delegation = delegation_by_code(one.value.code) if one.value.code else None
    named_first = one.kind in _STATEMENT_KINDS and one.value.person is None and one.value.post is None
    if one.value.code is None:
        return named_first and GROUP_NAME.fullmatch(one.value.printed) is not None
    return delegation is not None and delegation.kind == "organisation" and named_first


def _is_clean(value: Speaker) -> bool:
    """Tell whether a speaker without state or person is a plain name: few words, nothing glued on."""
    if value.code or value.person:
        return True
    words = value.printed.split()
    return (
        len(words) <= _MOST_WORDS_OF_NAME
        and not any(map(str.isdigit, value.printed))
        and not re.search(r"[|:;<>@/]|\s[–—-]\s", value.printed)
    )


def _meanings(value: Speaker) -> Iterator[Hashable]:
    """Yield what two values must share to mean the same: the state, the person's last name, or the words."""
    if value.code:
        yield value.code
    if value.person:
        yield fold(value.person).rsplit(" ", 1)[-1]
    if not value.code and not value.person:
        yield fold(value.printed)


def _completed(
    best: Choice[Speaker],
    found: SpeakerCandidates,
    *,
    speaker: Choice[Speaker] | None,
    table: Table | None,
) -> tuple[Speaker, str, bool]:
    """Take from the other candidates what the best leaves open: the state, or the person and the post."""
    value, evidence = best.best.value, best.best.evidence
    sure = best.confidence is Confidence.HIGH
    if value.code is None and not _closed(value):
        owner = choose(
            "speaker", [one for one in found.speakers if _owns(one, value)], same=_meanings, table=table
        )
        if owner:
            value = replace(value, delegation=owner.best.value.delegation, code=owner.best.value.code)
            if owner.best.kind not in _SPOKEN_KINDS:
                evidence = _joined(evidence, owner.best.evidence)
            sure = sure and owner.precision >= SURE and not owner.best.doubtful
    if value.person is None:
        named = [
            one for one in found.speakers if one.value.person and _goes_with(one.value, value, best=best.best)
        ]
        person = choose("speaker", named, same=_meanings, table=table)
        if person and person.precision >= _LEAST_FOR_A_PERSON:
            value = _with_person(value, person.best)
    if value.post is None:
        posts = (
            one.value.post
            for one in found.speakers
            if one.value.post and _goes_with(one.value, value, best=best.best)
        )
        value = replace(value, post=next(posts, None))
    return value, evidence, sure


_LEAST_FOR_A_PERSON = 0.5


def _with_person(value: Speaker, person: Candidate[Speaker]) -> Speaker:
    """Add the person; an organisation that the register does not know is kept as the delegation."""
    unknown = value.code is None and person.kind in _DELIVERED and not is_joint(value.printed)
    named = replace(value, person=person.value.person, post=person.value.post)
    return (
        replace(named, delegation=value.delegation or value.printed) if unknown and not value.post else named
    )


def _owns(one: Candidate[Speaker], value: Speaker) -> bool:
    """Tell whether a candidate says whose state someone is who is named without one."""
    if one.value.code is None or is_joint(one.value.printed):
        return False
    if one.kind in _SPOKEN_KINDS:
        posted = _ABROAD.search(f"{value.printed} {value.post or ''}") is not None
        delegation = delegation_by_code(one.value.code)
        return value.person is None or (posted and delegation is not None and delegation.kind == "state")
    return one.kind in _STATE_KINDS or (value.person is not None and one.value.person == value.person)


def _goes_with(one: Speaker, value: Speaker, *, best: Candidate[Speaker]) -> bool:
    """Tell whether a person may speak for a delegation: is of its state or of none, or it is a group."""
    if one.code is None or one.code == value.code:
        return True
    return best.kind in GROUP_FINDERS or best.kind in _GROUP_KINDS


def _closed(value: Speaker) -> bool:
    """Tell whether a speaker is of no state whatever the letterhead says: several states, an association."""
    if _OFFICIAL.match(value.printed):
        return True
    return is_joint(value.printed) or bool(_ASSOCIATION.search(value.printed)) or _is_count(value.printed)


def _leads(one: Speaker, group: Speaker) -> bool:
    """Tell whether the group is only that of which the speaker's post is: they are the same delegation."""
    return one.code is not None and one.code == group.code and one.person is not None


def _is_count(whom: str) -> bool:
    """Tell whether those spoken for are a number of states and no group of a name."""
    return _COUNTED.match(whom) is not None and not find_delegations(whom)


def _joined(first: str, second: str) -> str:
    return first if second in first else second if first in second else f"{first} {second}"
