"""The words that name a speaker, cut out of a phrase and gathered over the phrases that follow it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from onrecord.indexer.heading.date_and_place import DAY_BEFORE
from onrecord.indexer.heading.forum import ANCHOR, MOST_ANCHORS, opens_with_forum
from onrecord.indexer.heading.person import HONORIFICS, LONGEST_NAME, POST_FIRST, is_name, read_person
from onrecord.indexer.heading.spoken_for import spoken_for
from onrecord.indexer.heading.wording import (
    BEHALF,
    DELIVERED_BY,
    ENVOY,
    FORM,
    HONORIFIC,
    IN_ANSWER,
    MISSION,
    NOMINAL,
    NOTICE,
    OF_A_STATE,
    OWN_BODY,
    POST,
    REALM,
    STATEMENT,
    TOPIC,
    names_only_delegation,
    names_only_place,
)
from onrecord.indexer.register import find_delegations
from onrecord.indexer.register.names import KEPT
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["Named", "gather", "plain", "who_alone"]

# "Lt. Gen. (Retd.) Paul Smith", "Hon. (Dr.) Ana Smith": a bracket amid titles is one of them.
_TITLE_BRACKET = (
    rf"(?<=[\w.]\s)\((?:(?:{HONORIFIC})\.?|[^\W\d_]{{1,6}}\.|ret(?:ire)?d?|rtd|reserve)\)"
    r"(?=\s+(?-i:[A-ZÀ-Þ]))"
)  # fmt: skip
_WHO_ENDS = re.compile(
    rf"[\s,]*(?:\b(?:at|before|during|on\s+the\s+occasion|to\s+the|in\s+the|lors|devant|durante|ante|under(?![\s-]+secretar)|following)\b.*|"
    rf"\b(?:anlässlich|vor\s+de[rmn]|in\s+occasione|por\s+ocasião|во\s+время|بمناسبة)\b.*|\b[àa]\s+(?:la|l['’])\b.*|\baux?\b.*|\ben\s+(?:el|la)\b.*|(?<!\w)(?!{_TITLE_BRACKET})[(\[].*|\bvid\s.*|"
    rf"\b(?:co-)?chaired\s+by\b.*|\b{IN_ANSWER}\b.*|\befter\s.*|\bafter\s+the\b.*|\baprès\s+le\b.*|\bnach\s+der\b.*|"
    rf"\bon\s+behalf\b.*|\bau\s+nom\b.*|\ben\s+nombre\b.*|\b(?:от\s+имени|im\s+Namen|em\s+nome|a\s+nome)\b.*|"
    rf",\s*on\s.*|\b{DELIVERED_BY}\b.*|\bon\s+(?:agenda|item|cluster|the)\b.*|"
    rf"\b{STATEMENT}\b.*|\s[-–—]\s+{NOTICE}.*|:(?!\w).*)$",
    re.IGNORECASE,
)
# "Spokesperson on Belarus": who speaks is the spokesperson.
_SPOKESPERSON = re.compile(
    r"\b(?P<who>spokes\w+|chair\w*|sprecher\w*|porte-parole|portavoz|portavoce|porta-voz|talesperson\w*)\s+"
    r"(?:on|concerning|regarding|about|for|sur|sobre|zu[mr]?|über|su|om)\s.*$",
    re.IGNORECASE,
)
# "Special Rapporteur on the rights of migrants, Ms. Ana Lima": the topic stands before the name.
_ON_TOPIC = re.compile(
    rf"^(?P<post>(?:[\w-]+\s+){{0,3}}(?:rapporteur|expert|representative|advis[eo]r|envoy|coordinator))\s+on\s+the\b"
    rf"(?:(?!\b(?:{STATEMENT}|{POST}|report|by)\b)[^;:])*?(?P<name>,\s+(?:{HONORIFIC})\s+(?-i:[A-ZÀ-Þ]).*)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<=\w)\s+(?:concerning|regarding|about|with\s+regard\s+to|à\s+propos\s+d|concernant|betreffend)\b.*$",
    re.IGNORECASE,
)
# "Hartley to ECAFE", "HARTLEY TO NATIONAL PRESS CLUB", unless someone is accredited there.
_TO_BODY = re.compile(r"\s+(?:to|in)\s+(?=(?-i:[A-Z]))", re.IGNORECASE)
_FOR_THE = re.compile(r"(?<=\w)\s+for\s+the\s+", re.IGNORECASE)
_IN_GERMAN = re.compile(r"\s+(?:beim|im|auf\s+de[rmn])\s+(?=(?-i:[A-ZÄÖÜ]))")
_ACCREDITED = re.compile(
    rf"\b(?:{ENVOY}|mission|observer|delegation|secretary|permanent|nuncio|counsell?or|adviser|attach[ée])\b",
    re.IGNORECASE,
)
_KEEPS_NAME = re.compile(
    r"\s*(?:[,(;]|(?:of|de|du|des|d['’]|del|der|von|di|da|do|för|from|and|&|et|y|und|och)\s|['’]s?(?=\W|$)|$)",
    re.IGNORECASE,
)
_NOMINALS = re.compile(rf"(?:\s*,?\s*(?:{NOMINAL})\.?\*?(?=[\s,]|$))+")
# "Albania, Belgium and others, Human Rights Council".
_AND_OTHERS = re.compile(
    r"(,?\s(?:and\s+(?:many\s+)?others(?!\s+group)|et\s+d['’]autres|y\s+otros|und\s+andere[rn]?|e\s+altri|e\s+outros))\b.*$",
    re.IGNORECASE,
)
# "Norway, also on behalf of Iceland".
_ALSO = re.compile(r",?\s+(?:also|également|aussi|también|auch|também|anche|även)$", re.IGNORECASE)
_TOPIC = re.compile(rf"\s+{TOPIC}\s", re.IGNORECASE)
_ANCHORS = re.compile(rf"{ANCHOR}\s*", re.IGNORECASE)
# "Ms. Jane Doe (Ireland)": here the bracket says whom the person speaks for.
_BRACKET = re.compile(r"[^()]+\((?P<name>[^()]+)\)")
# A full stop after a whole word, not after an initial.
_FULL_STOP = re.compile(r"(?<=\w{3})\.$")
_WAITS = re.compile(r"\b(?:of|of\s+the|de|du|des|del|de\s+la|der|di|do|da)$", re.IGNORECASE)
# "of the Republic of Fiji", "Government of Fiji", and not "Consideration of the report of Fiji".
_OWNER_LINE = re.compile(
    rf"(?:{OF_A_STATE}\b|d['’]|dell['’]|(?:the\s+|le\s+|la\s+|el\s+)?(?:\w+\s+){{0,2}}?(?:{OWN_BODY}|{REALM}|ministry|embassy|office|ambassade|"
    r"minist[èe]re|ministerio|embajada|ministério|embaixada|ministero|ambasciata|botschaft|министерств\w+)\b)",
    re.IGNORECASE,
)
_FORM_ALONE = re.compile(rf"\W*(?:{FORM}|{NOMINAL})\W*", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:(?:the|la|le|les|el|los|las|der|die|das|dem|den|il|lo|gli|os|as)\s+|l['’]\s*)(?=\w)", re.IGNORECASE
)
_COMMA = re.compile(r"(?<=\w)\s*,\s+")
_ENDED = re.compile(r"\s*(?:[,.;]|$)")
_STATEMENT_WORD = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_MISSION = re.compile(MISSION, re.IGNORECASE)
_DELIVERED = re.compile(rf"\b{DELIVERED_BY}\b[\s:]*(?P<who>\S[^)]*)", re.IGNORECASE)
_BEHALF_BEHIND = re.compile(rf"[\s,(]*\b{BEHALF}.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """Who speaks, as printed, and the phrases that say so."""

    printed: str
    evidence: str
    at: int = 0


def gather(phrases: Sequence[str], *, number: int, who: str) -> Named:
    """Add the phrases after it that still name the speaker: a name and a post over several lines."""
    evidence = [phrases[number]]
    printed = who_alone(who)
    whole = printed == plain(who)
    for phrase in phrases[number + 1 :]:
        more = who_alone(phrase)
        if not whole or not _goes_on(more, after=printed, line=phrase):
            break
        state = read_person(printed).name and names_only_delegation(more) and not _WAITS.search(printed)
        comma = evidence[-1].rstrip().endswith(",") or POST_FIRST.match(more) or state
        printed += f", {more}" if comma else f" {more}"
        evidence.append(phrase)
        whole = more == plain(phrase)
    return Named(printed, " ".join(evidence), number)


def _goes_on(more: str, *, after: str, line: str) -> bool:
    """Tell whether words from the next phrase still name the speaker ``after`` names."""
    if not more or names_only_place(more) or _STATEMENT_WORD.search(more) or _MISSION.search(more):
        return False
    if opens_with_forum(more) or not more[0].isalpha() or find_dates(line) or _FORM_ALONE.fullmatch(line):
        return False
    if HONORIFICS.match(more) and read_person(more).name:
        return not read_person(after).name and POST_FIRST.match(after) is not None
    owned = POST_FIRST.match(more) or _OWNER_LINE.match(more) or _begins_with_state(more)
    if find_delegations(f"{after} {more}") and not find_delegations(after):
        return bool(owned or _WAITS.search(after) or _spans(after, more))
    if POST_FIRST.match(more) or (owned and spoken_for(more)):
        return not spoken_for(after) or not names_only_delegation(more)
    if "," in after or len(more.split()) > LONGEST_NAME or not is_name(more):
        return False
    return bool(HONORIFICS.search(after) or POST_FIRST.match(after))


def _begins_with_state(more: str) -> bool:
    """Tell whether words are a delegation's name, alone or with a post behind: "U.S. Representative"."""
    owner = next(iter(find_delegations(more)), None)
    with_post = owner and not owner.start and POST_FIRST.match(more[owner.end :].lstrip(" .'’"))
    return bool(with_post) or names_only_delegation(more)


def _spans(after: str, more: str) -> bool:
    """Tell whether a delegation's name was broken over two lines."""
    return any(found.start < len(after) < found.end for found in find_delegations(f"{after} {more}"))


@lru_cache(maxsize=KEPT)
def who_alone(who: str) -> str:
    """Cut the words about someone where the forum, a date or a bracket begins."""
    who = plain(who)
    bracket = _BRACKET.match(who)
    if bracket and names_only_delegation(bracket["name"]) and not _BEHALF_BEHIND.search(bracket[0]):
        return bracket[0]
    dates = find_dates(who)
    if dates:
        who = re.sub(rf"{DAY_BEFORE}$", "", who[: dates[0].start], flags=re.IGNORECASE)
    delivered = _DELIVERED.search(who)
    if delivered and delivered.start():
        who = who[: delivered.start()]
    for anchor in islice(_ANCHORS.finditer(who), MOST_ANCHORS):
        before = POST_FIRST.fullmatch(who[: anchor.start()].strip())
        if anchor.start() and not before and opens_with_forum(who[anchor.end() :]):
            who = who[: anchor.start()]
            break
    who = _before_topic(_before_body(_AND_OTHERS.sub(r"\1", who)))
    for_body = _FOR_THE.search(who)
    posted = for_body is not None and _ACCREDITED.search(who[: for_body.start()])
    if for_body and not posted and opens_with_forum(who[for_body.end() :]):
        who = who[: for_body.start()]
    who = _ON_TOPIC.sub(r"\g<post>\g<name>", who)
    ends = _WHO_ENDS.search(who)
    while ends and ends.start():
        who = who[: ends.start()]
        ends = _WHO_ENDS.search(who)
    who = _ALSO.sub("", who)
    where = _IN_GERMAN.search(who)
    if where and read_person(who[: where.start()]).name:
        who = who[: where.start()]
    body = _TO_BODY.search(who)
    if body and body.start() and not _ACCREDITED.search(who[: body.start()]):
        who = who[: body.start()]
    who = _ABOUT.sub("", _SPOKESPERSON.sub(lambda match: match["who"], who))
    return plain(_behind_name(who))


def _before_topic(who: str) -> str:
    """Cut where a state is all there is before what the statement is on: "Japan on water"."""
    topic = _TOPIC.search(who)
    return who[: topic.start()] if topic and names_only_delegation(who[: topic.start()]) else who


def _before_body(who: str) -> str:
    """Cut where all there is up to the next comma is a body: "Norway, First Committee"."""
    for comma in islice(_COMMA.finditer(who), MOST_ANCHORS):
        before, rest = who[: comma.start()], who[comma.end() :]
        body = opens_with_forum(rest)
        if body and rest.startswith(body) and _ENDED.match(rest, len(body)):
            return before if find_delegations(before) or read_person(before).name else who
    return who


def _behind_name(who: str) -> str:
    """Cut behind a person's name what is neither a post nor a state: "Kathy Sullivan MP given"."""
    person = read_person(who)
    if person.name is None or not person.end:
        return who
    nominals = _NOMINALS.match(who, person.end)
    end = nominals.end() if nominals else person.end
    if _KEEPS_NAME.match(who, end) or POST_FIRST.match(who[end:].strip()):
        return who
    return who[:end] if who[:end].isascii() or not re.search(r"[\u0600-\u06ff]", who) else who


def plain(text: str) -> str:
    """Take quotation marks, dashes, articles and a last full stop off the words."""
    return _ARTICLE.sub("", _FULL_STOP.sub("", text.strip(' ,;"“”}*–—-_`|'))).strip()
