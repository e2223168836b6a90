"""The finders of speakers: each looks for one way in which a heading says who speaks.

A finder takes the phrases of a heading and yields who is named, as printed. It does not ask whether
another finder knows better: that is the table's to say (`evidence.csv`, a row for each name in `FINDERS`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from onrecord.indexer.heading.forum import ANCHOR, opens_with_forum
from onrecord.indexer.heading.person import HONORIFICS, POST_FIRST, is_name, person_and_post, read_person
from onrecord.indexer.heading.spoken_for import GROUP_NAME, POSTED_TO, is_of_countries, spoken_for
from onrecord.indexer.heading.who import Named, gather, plain, who_alone
from onrecord.indexer.heading.wording import (
    BEHALF,
    BY,
    BY_AGENT,
    DELIVERED_BY,
    FORM,
    HONORIFIC,
    IN_ANSWER,
    LOCAL_OFFICE,
    MISSION,
    NOMINAL,
    OCCASION,
    OF_A_STATE,
    PAGE,
    POST,
    STATEMENT,
    TOPIC,
    WEEKDAY,
    is_statement_word,
    names_only_delegation,
)
from onrecord.indexer.register import delegation_of_adjective, find_delegations, find_forum_words
from onrecord.indexer.register.written_dates import find_dates

__all__ = ["FINDERS", "GROUP_FINDERS", "Finder"]

Finder = Callable[[Sequence[str]], Iterator[Named]]

_TO_THE_PRESS = (
    r"(?:\s+(?:to\s+the\s+(?:press|media)|[àa]\s+la\s+presse|a\s+la\s+prensa|alla\s+stampa|à\s+imprensa|"
    r"an\s+die\s+presse))?"
)
_INTRODUCES = re.compile(
    rf"\b{STATEMENT}\b{_TO_THE_PRESS}(?:\s+(?!{ANCHOR})[\w'’-]+){{0,8}}?\s*[\s:]\b(?P<by>{BY})(?:[\s:]+|(?<=['’]))(?P<who>\S.*)",
    re.IGNORECASE,
)
_AGENT_LATER = re.compile(rf"\b{STATEMENT}\b[^.;]*?\s{BY_AGENT}\s+(?P<who>\S.*)", re.IGNORECASE)
# "EU statement on the address by Mr. Lee": who is named behind "by" gave another statement.
_ANSWERED = re.compile(
    rf"\b{STATEMENT}\b.*\b(?:{IN_ANSWER}|{TOPIC}|to|after|following|regarding|concerning|welcoming|après|concernant|tras|nach|à|al|aux?|a)\s+"
    r"(?:[\w’'-]+\s+){0,3}?(?:statements?|comments|questions?|allegations|accusations|address|remarks|speech|presentation|report|intervention|message|discours|déclaration|exposé|rapport|"
    r"allocution|discurso|declaración|intervención|informe|exposición|rede|ansprache|bericht|erklärung|discorso|intervento|dichiarazione|relatório|"
    r"intervenção|declaração)(?:\s+(?:made|delivered|given|faite?|prononcée?|hecha|pronunciad[oa]))?\s*$",
    re.IGNORECASE,
)
# "Statement on the death of the President of Chile": who is named behind "of" did not speak.
_MARKS = re.compile(rf"\b{OCCASION}(?:\s|$)", re.IGNORECASE)
_AGENT = re.compile(rf"\b{BY_AGENT}$", re.IGNORECASE)
# "Erklärung zum Tod des Präsidenten von Sambia": the state is the post's.
_ENDS_WITH_POST = re.compile(rf"\b{POST}\s*$", re.IGNORECASE)
# "Co-Chair": a post, which does not begin with one.
_SHARED_POST = re.compile(rf"(?:co|vice|sous|sub)[-\s]?{POST}(?!\w)", re.IGNORECASE)
_TITLE = re.compile(rf"(?<!\w)(?:(?:{HONORIFIC})\s|{POST}\b)", re.IGNORECASE)
_BY_ALONE = re.compile(rf"\W*(?:{BY_AGENT})\s+(?P<who>\S.*)", re.IGNORECASE)
# Behind the members of a group: "Denmark, Finland and Sweden by H.E. Ms. Ek".
_BY_BEHIND_STATES = re.compile(
    rf"(?P<states>[^.;:]+?)\s{BY_AGENT}\s+(?P<who>(?:{HONORIFIC})\s\S.*)", re.IGNORECASE
)
_DELIVERED = re.compile(rf"\b(?:as\s+)?{DELIVERED_BY}\b[\s:]*(?P<who>\S[^)]*)", re.IGNORECASE)
_AS_DELIVERED = re.compile(
    rf"\W*as\s+delivered\W+(?:by\W+)?(?P<who>(?:{HONORIFIC}|{POST})\s.+)", re.IGNORECASE
)
_ON_BEHALF = re.compile(
    rf"\b{BEHALF}\s*(?:the\s+|la\s+|los\s+|las\s+|der\s+|den\s+|l['’])?(?P<whom>"
    r"(?:[^;.()]|\.(?=\w)|\([\w.+-]{1,12}\)(?=\s+(?-i:Group|Coalition|Groupe|Grupo|Gruppe)\b))+)",
    re.IGNORECASE,
)
# "Group of Friends of Women, Peace and Security": a list in a group's name that names no one.
_LISTED_TOPIC = re.compile(
    r"(?:\s*,?\s*[^\W\d_][\w’'-]*){1,3}?,?\s+(?:and|et|y|e|und|och|&)\s+(?-i:[A-ZÀ-Þ])[\w’'-]*(?=\s*(?:[,(]|$))",
    re.IGNORECASE,
)
_STATEMENT_THEN_POST = re.compile(
    rf"\b{STATEMENT}\b[\s:,–—-]*(?P<who>(?:{HONORIFIC}\s+|{POST}\s).*)", re.IGNORECASE
)
_STATEMENT_THEN_ANY = re.compile(rf"\b{STATEMENT}\s+(?P<who>[\u0400-\u06ff].*)", re.IGNORECASE)
_PERSON = re.compile(rf"\W*(?P<who>{HONORIFIC}\s.*)", re.IGNORECASE)
_STATEMENT_WORD = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_MISSION = re.compile(MISSION, re.IGNORECASE)
# "U.S. Mission to …", "Ireland at the United Nations".
_OWN_MISSION = re.compile(
    r"[.’'s]*\s+(?:(?:permanent\s+)?(?:mission|delegation|embassy)\b|(?:at|to)\s+the\s+(?:UN\b|United\s+Nations\b|OSCE\b))",
    re.IGNORECASE,
)
# "Klimatminister Anna Bergs tal", "höll klimatminister Anna Berg": a post and a name, then the statement.
_POSSESSOR = re.compile(
    rf"(?:^\W*|\bhöll\s+)(?P<who>(?:(?-i:[A-Z]{{2,8}})\s+|United\s+Nations\s+)?(?:(?:{HONORIFIC})\s+)*{POST}(?:\s+[^,;:]+?)??)(?:(?<=\w)(?:['’]s?|s)\s+(?:[\w-]+\s+){{0,3}}{STATEMENT}\b|\s+(?:höll|levererade|hielt|pronunció|ett\s+anförande)\b)",
    re.IGNORECASE,
)
# "The Minister for Rivers, Mr Peter Marsh, gave the following address".
_NARRATES = re.compile(
    rf"(?:^|[.;]\s+|\s[-–—]\s+)\W*(?P<who>(?:the\s+|le\s+|la\s+|el\s+|der\s+|die\s+)?(?:{HONORIFIC}|{POST})\s(?:[^.;]|(?<=\b[DM][rs])\.|(?<=\bMrs)\.|(?<=\bHon)\.)*?),?\s+(?:today\s+|then\s+|hoy\s+)?"
    rf"(?:gave|made|delivered|issued|a\s+prononcé|a\s+fait|pronunció|hizo|hielt|gab|proferiu|pronunciou|ha\s+pronunciato)\s[^.;]*?\b{STATEMENT}\b",
    re.IGNORECASE,
)
# Between a delegation's name and "statement": "'s national", "-backed" and no stop.
_OF_DELEGATION = re.compile(r"(?:['’]s?)?(?:\s+(?!-\s)[\w’'-]+){0,2}\s*", re.IGNORECASE)
_ADJECTIVAL = re.compile(
    r"\W*(?:the\s+)?(?P<adjective>[^\W\d_]+(?:[ -][^\W\d_]+)?)\s+"
    rf"(?:(?:national|general|opening|closing)\s+)?{STATEMENT}\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*(?P<parts>[^|]{2,80}(?:\|[^|]{2,80}){1,3})\W*$")
# "Home | About | Statements": the way to a page.
_PAGE = re.compile(rf"(?:(?:{PAGE}|{STATEMENT}|{FORM}|and|&|et|y|und|e)(?:\s+|$))+", re.IGNORECASE)
_STATE_DASH = re.compile(r"^(?P<state>[^–—-]{3,60}?)\s+[–—-]\s+(?P<who>.+?)(?:\s+[–—-]\s+(?P<rest>.+))?$")
_NAME_DATE = re.compile(rf"^\W*(?P<who>(?:{HONORIFIC})\s[^–—]{{2,60}}?)\s*[–—]\s", re.IGNORECASE)
_NAME_THEN_STATEMENT = re.compile(
    rf"^\W*(?P<who>[^,:|]{{2,50}}),\s+(?:the\s+)?(?:[\w-]+\s+)?{STATEMENT}\s+(?:to|in|at|before|on)\b",
    re.IGNORECASE,
)
_NAME_POST_COLON = re.compile(
    rf"^\W*(?P<who>[^,:;|]{{4,50}},\s*(?:the\s+)?{POST}[^:;|]{{0,80}}):\s*$", re.IGNORECASE
)
_STATE_COLON = re.compile(
    rf"^\W*(?P<state>[^:,;]{{3,40}}):\s+(?:[\w-]+\s+){{0,3}}{STATEMENT}\b", re.IGNORECASE
)
# "Sudan: Statement by the Spokesperson": the state before the colon is what the statement is about.
_GIVEN_BY = re.compile(
    rf"\s*[:–—-]\s+(?:[\w-]+\s+){{0,3}}?{STATEMENT}\b{_TO_THE_PRESS}(?:\s+(?!{TOPIC}\b)[\w'’-]+){{0,8}}?\s+"
    rf"(?P<by>{BY})(?:\s+|(?<=['’]))(?P<who>\S.*)",
    re.IGNORECASE,
)
# Below "State of Georgia".
_LOCAL_LETTERHEAD = re.compile(
    rf"\W*(?:office|cabinet|oficina|bureau|despacho|kanzlei)\s+(?:{OF_A_STATE})\s+(?:the\s+)?{LOCAL_OFFICE}\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\b(?:joint|conjoint[e]?|commune|conjunt[ao]|gemeinsame|congiunt[ao]|совместное)\b", re.IGNORECASE
)
_NAME_LETTERS = re.compile(
    rf"^\W*(?P<who>(?:(?:{HONORIFIC})\s+)*(?-i:[A-ZÀ-Þ][\w.'’-]*\s+){{1,4}}(?-i:{NOMINAL}))(?=[\s,]|$)",
    re.IGNORECASE,
)
_POST_LINE = re.compile(
    rf"^\W*(?:(?:shadow|federal|assistant)\s+)*(?:{POST}\b|member\s+(?:for|of)|leader\s+of|senator\s+for|deputy\s+for)",
    re.IGNORECASE,
)
_NAME_ALONE = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3}")
_OFFICIAL = re.compile(
    r"^\W*(?P<who>(?:(?-i:[A-Z]{2,7})\s+|United\s+Nations\s+)?(?:Deputy\s+|Assistant\s+|Acting\s+)?(?:Secretary[\s-]General|Secr[ée]taire\s+g[ée]n[ée]ral|Secretario\s+General|Director[\s-]General|Executive\s+(?:Director|Secretary)|High\s+Commissioner))(?:['’]s)\s+"
    rf"(?:[\w-]+\s+){{0,3}}{STATEMENT}\b",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\s(?:by|par|por|von|av|da|di)\s")


def _statement_by(phrases: Sequence[str], *, agent: bool) -> Iterator[Named]:
    """Find who is named after "statement by"; after "of", "de" and "von" only someone with a title."""
    for number, phrase in enumerate(phrases):
        match = _INTRODUCES.search(phrase) if is_statement_word(phrase) else None
        if (
            match
            and (_AGENT.search(match["by"]) is not None) is agent
            and not _ANSWERED.search(phrase[: match.start("by")])
            and (agent or not _MARKS.search(phrase, match.start(), match.start("by")))
            and _may_be_speaker(match["who"], by=match["by"])
        ):
            yield gather(phrases, number=number, who=match["who"])


def statement_by(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who is named after "statement by"."""
    yield from _statement_by(phrases, agent=True)


def statement_of(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who is named after "statement of", "discours de"."""
    yield from _statement_by(phrases, agent=False)


def statement_then_post(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a post or an honorific right behind "statement", or a name in a script without small words."""
    for pattern in (_STATEMENT_THEN_POST, _STATEMENT_THEN_ANY):
        for number, phrase in enumerate(phrases):
            match = pattern.search(phrase) if is_statement_word(phrase) else None
            if match and not _leads_to_event(match["who"]) and _may_be_speaker(match["who"], by=""):
                yield gather(phrases, number=number, who=match["who"])


def possessor(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a post and a name whose statement it is: "Klimatminister Anna Bergs tal"."""
    for number, phrase in enumerate(phrases):
        match = _POSSESSOR.search(phrase)
        if match and not _OFFICIAL.match(phrase) and _may_be_speaker(match["who"], by=""):
            yield gather(phrases, number=number, who=match["who"])


def agent_later(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who is named after "by" further on: "statement to Parliament by the Minister, Helen Ward"."""
    for number, phrase in enumerate(phrases):
        for match in _AGENT_LATER.finditer(phrase):
            alone = who_alone(match["who"])
            if _ANSWERED.search(_AGENT.sub("", phrase[: match.start("who")].strip())):
                continue
            of_a_post = _ENDS_WITH_POST.search(_AGENT.sub("", phrase[: match.start("who")].strip()))
            if person_and_post(alone)[0] or (names_only_delegation(alone) and not of_a_post):
                yield gather(phrases, number=number, who=match["who"])


def by_line(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who is named by a phrase of its own that begins with "by", or with the states of a group."""
    for number, phrase in enumerate(phrases):
        match = _BY_ALONE.match(phrase) or _by_behind_states(phrase)
        if (
            match
            and match["who"][0].isupper()
            and (read_person(who_alone(match["who"])).name or spoken_for(who_alone(match["who"])))
        ):
            yield gather(phrases, number=number, who=match["who"])


def delivered_by(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who is named after "delivered by"."""
    for number, phrase in enumerate(phrases):
        match = _AS_DELIVERED.match(phrase) or _DELIVERED.search(phrase)
        if match:
            yield gather(phrases, number=number, who=match["who"])


def person_line(phrases: Sequence[str]) -> Iterator[Named]:
    """Find the person whom a phrase of its own names: "H.E. Mr. …"."""
    for number, phrase in enumerate(phrases):
        match = _PERSON.match(phrase)
        if match and not _calls(phrase) and not _ends_with_answered(phrases[max(number - 1, 0) : number]):
            named = gather(phrases, number=number, who=match["who"])
            if read_person(named.printed).name or spoken_for(named.printed):
                yield _with_post_above(phrases, named)


def post_line(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a phrase that begins with a post and names its holder or the state."""
    for number, phrase in enumerate(phrases):
        who = who_alone(phrase)
        if (
            POST_FIRST.match(phrase)
            and not _POSSESSOR.match(phrase)
            and not _calls(phrase)
            and (person_and_post(who)[0] or spoken_for(who))
        ):
            yield gather(phrases, number=number, who=phrase)


def name_with_letters(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a phrase that begins with a name and letters such as "MP"."""
    for number, phrase in enumerate(phrases):
        match = _NAME_LETTERS.match(phrase)
        if match and not is_statement_word(match["who"]):
            who = plain(match["who"])
            if read_person(f"{who}, ").name:
                yield Named(who, phrase, number)


def name_above_post(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a line that is a name and nothing else, right above a line with a post."""
    for number, (phrase, below) in enumerate(pairwise(phrases)):
        name, _, behind = phrase.partition("  ")
        bare = name.strip(" ,*")
        if (
            not _NAME_ALONE.fullmatch(bare)
            or not is_name(bare)
            or find_delegations(bare)
            or HONORIFICS.match(bare)
        ):
            continue
        if POST_FIRST.match(bare) or find_forum_words(bare) or not _POST_LINE.match(behind or below):
            continue
        if all(part[0].isupper() for part in bare.split()) and not find_dates(below):
            post = who_alone(below)
            with_post = spoken_for(post) or POST_FIRST.match(post)
            yield Named(f"{bare}, {post}" if with_post else bare, f"{phrase} {below}", number)


def national_statement(phrases: Sequence[str]) -> Iterator[Named]:
    """Find the delegation named right before "statement": "Sveriges anförande", "EU Statement"."""
    for number, phrase in enumerate(phrases):
        statement = _STATEMENT_WORD.search(phrase)
        before = find_delegations(phrase[: statement.start()]) if statement else ()
        if statement and before and before[-1].value.kind != "agency":
            owner = before[-1]
            if not _OF_DELEGATION.fullmatch(phrase[owner.end : statement.start()]) or POSTED_TO.search(
                phrase[: owner.start]
            ):
                continue
            if owner.start == 0 or spoken_for(phrase[: owner.end]):
                yield Named(owner.text, phrase, number)


def state_alone(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a phrase that is a delegation's name, alone or right before or behind "statement"."""
    for number, phrase in enumerate(phrases):
        statement = _STATEMENT_WORD.search(phrase)
        title = phrase[: statement.start()].strip(" ,:–—-'’") if statement else phrase.strip("*_` ")
        behind = phrase[statement.end() :].strip(" ,:–—-") if statement else ""
        owner = next(iter(find_delegations(behind)), None)
        if owner and not title and not owner.start and names_only_delegation(behind):
            yield Named(plain(behind), phrase, number)
        below = phrases[number + 1 : number + 2]
        if not statement and below and (_is_topic_of(below, title) or _LOCAL_LETTERHEAD.match(below[0])):
            continue
        dated = find_dates(phrase[len(title) + 30 :])
        if title and names_only_delegation(title) and not dated and not _is_given_by_another(phrase, title):
            yield Named(plain(title), phrase, number)


def state_colon(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a delegation before a colon and the statement: "Ireland: General statement on water"."""
    for number, phrase in enumerate(phrases):
        match = _STATE_COLON.match(phrase)
        if (
            match
            and names_only_delegation(match["state"])
            and not _JOINT.search(match[0])
            and not _is_given_by_another(phrase, match["state"])
        ):
            yield Named(plain(match["state"]), phrase, number)


def own_mission(phrases: Sequence[str]) -> Iterator[Named]:
    """Find the delegation whose mission the letterhead names."""
    for number, phrase in enumerate(phrases):
        owner = next(iter(find_delegations(phrase)), None)
        if owner and not phrase[: owner.start].strip() and _OWN_MISSION.match(phrase[owner.end :]):
            yield Named(owner.text, phrase, number)
    for number, phrase in enumerate(phrases):
        mission = _MISSION.search(phrase)
        mentions = find_delegations(phrase[mission.end() :]) if mission else ()
        if mentions and mentions[0].value.kind != "agency":
            yield Named(mentions[0].text, phrase, number)


def adjective(phrases: Sequence[str]) -> Iterator[Named]:
    """Find the adjective that a phrase begins with before "statement": "Norwegian national statement"."""
    for number, phrase in enumerate(phrases):
        match = _ADJECTIVAL.match(phrase)
        if match and delegation_of_adjective(match["adjective"]):
            yield Named(match["adjective"], phrase, number)


def label_line(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who a label names before bars: "Fiji | Representative", "UN Secretariat | Guy Ryan | Director"."""
    for number, phrase in enumerate(phrases):
        match = _LABEL.match(phrase)
        if match:
            parts = [plain(part) for part in match["parts"].split("|")]
            if not all(parts) or any(find_dates(part) for part in parts) or _PAGE.fullmatch(parts[0]):
                continue
            if not (_names_person(parts) or any(_says_who(part) for part in parts)):
                continue
            if parts[0][0].isupper() and sum(map(str.isalpha, parts[0])) > 1:
                yield Named(
                    parts[0] if len(parts) < 3 or find_delegations(parts[0]) else ", ".join(parts),
                    phrase,
                    number,
                )


def state_and_person(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a state, a dash, and its minister: "Iceland - Minister Jon Arnason - 3 May 2019"."""
    for number, phrase in enumerate(phrases):
        match = _STATE_DASH.match(phrase)
        if match and names_only_delegation(match["state"]):
            who = who_alone(match["who"])
            if POST_FIRST.match(who) or HONORIFICS.match(who):
                yield Named(f"{who} ({plain(match['state'])})", phrase, number)


def name_and_date(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a person and a dash before the date: "Mr. HOLLOWAY — 4 May 2007"."""
    for number, phrase in enumerate(phrases):
        match = _NAME_DATE.match(phrase)
        if match and find_dates(phrase[match.end() :]):
            yield Named(plain(match["who"]), phrase, number)


def name_then_statement(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a name before a comma and the statement: "HARTLEY, STATEMENT TO HOUSE OF COMMONS"."""
    for number, phrase in enumerate(phrases):
        match = _NAME_THEN_STATEMENT.match(phrase)
        if (
            match
            and match["who"][0].isupper()
            and (is_name(match["who"], titled=False) or spoken_for(match["who"]))
        ):
            yield Named(plain(match["who"]), phrase, number)


def name_post_colon(phrases: Sequence[str]) -> Iterator[Named]:
    """Find a name and a post that end with a colon, which the speech follows."""
    for number, phrase in enumerate(phrases):
        match = _NAME_POST_COLON.match(phrase)
        if match and read_person(match["who"]).name:
            yield Named(plain(match["who"]), phrase, number)


def narrative(phrases: Sequence[str]) -> Iterator[Named]:
    """Find who is told to have given the statement.

    So in "The Minister, Mr Peter Marsh, gave the following address".
    """
    for number, phrase in enumerate(phrases):
        match = _NARRATES.search(phrase)
        if match and read_person(match["who"]).name:
            yield Named(plain(match["who"]), phrase, number)


def official(phrases: Sequence[str]) -> Iterator[Named]:
    """Find an official whose statement it is: "Secretary-General's message"."""
    for number, phrase in enumerate(phrases):
        match = _OFFICIAL.match(phrase)
        if match:
            whom = match["who"]
            of_the_un = re.fullmatch(
                r"(?:\w+\s+)?Secretary-General", whom, re.IGNORECASE
            ) and not find_delegations(phrase)
            yield Named(f"{whom} of the United Nations" if of_the_un else whom, phrase, number)


def on_behalf(phrases: Sequence[str]) -> Iterator[Named]:
    """Find the delegation or group that a statement is given on behalf of."""
    for number, phrase in enumerate(phrases):
        match = _ON_BEHALF.search(phrase)
        if match is None:
            continue
        whom = _registered_group(match["whom"])
        if whom is None:
            whom = _BY_WHOM.split(who_alone(match["whom"]), maxsplit=1)[0].strip()
            whom = whom if len(find_delegations(whom)) > 1 else _up_to_comma(whom)
        known = find_delegations(whom)
        if not whom or POST_FIRST.match(whom) or HONORIFICS.match(whom):
            continue
        if known or re.search(
            r"\bgroup|\bgroupe|\bgrupo|states|countries|members|leaders", whom, re.IGNORECASE
        ):
            yield Named(whom, phrase, number)


def _registered_group(whom: str) -> str | None:
    """Return the group of the register that words begin with, brackets in its name and all."""
    found = find_delegations(whom)
    if not found or found[0].start or found[0].value.kind != "organisation":
        return None
    with_states = any(other.value.kind == "state" for other in found[1:])
    return found[0].text if not with_states or is_of_countries(found[0]) else None


def _up_to_comma(whom: str) -> str:
    """Cut a group's name at the first comma that does not belong to it."""
    name, comma, rest = whom.partition(",")
    listed = _LISTED_TOPIC.match(rest) if comma and re.search(r"\b(?:of|des?|del|der)\b", name) else None
    if listed and not find_delegations(listed[0]) and not opens_with_forum(rest.strip()):
        return f"{name},{listed[0]}".strip()
    return name.strip()


def label_group(phrases: Sequence[str]) -> Iterator[Named]:
    """Find the group that a label names in brackets: "Fiji | Representative | (Pacific Islands Forum)"."""
    for number, phrase in enumerate(phrases):
        match = _LABEL.match(phrase)
        bracket = re.search(r"\|\s*\((?P<group>[^()|]+)\)", phrase) if match else None
        if bracket and any(one.value.kind == "organisation" for one in find_delegations(bracket["group"])):
            yield Named(plain(bracket["group"]), phrase, number)


FINDERS: Mapping[str, Finder] = {
    "statement by": statement_by,
    "statement of": statement_of,
    "statement then post": statement_then_post,
    "possessor": possessor,
    "narrative": narrative,
    "by, later": agent_later,
    "by, own line": by_line,
    "delivered by": delivered_by,
    "label": label_line,
    "state and person": state_and_person,
    "name and date": name_and_date,
    "name, statement": name_then_statement,
    "name, post, colon": name_post_colon,
    "person line": person_line,
    "name with letters": name_with_letters,
    "name above post": name_above_post,
    "post line": post_line,
    "official": official,
    "national statement": national_statement,
    "state, colon": state_colon,
    "state alone": state_alone,
    "mission": own_mission,
    "adjective": adjective,
}
GROUP_FINDERS: Mapping[str, Finder] = {"on behalf": on_behalf, "label's group": label_group}


def _may_be_speaker(who: str, *, by: str) -> bool:
    """Tell whether the words after "statement by" name someone.

    After "by" any name does; "of" and "de" may lead to a subject ("déclaration de
    politique"), so that only a post, a title or a delegation is someone.
    """
    who = who_alone(who)
    if not who or re.match(rf"(?:{WEEKDAY})\b", who, re.IGNORECASE):
        return False
    speaks = find_delegations(who)[:1]
    if speaks and not speaks[0].start and speaks[0].value.kind != "agency":
        return True
    if opens_with_forum(who):
        return False
    if HONORIFICS.match(who) or POST_FIRST.match(who) or find_delegations(who) or GROUP_NAME.match(who):
        return True
    return _AGENT.search(by) is not None and who[0].isupper()


def _names_person(parts: Sequence[str]) -> bool:
    """Tell whether the second of three parts of a label is a person's name, with two words at least."""
    person = parts[1] if len(parts) > 2 else ""
    return " " in person and is_name(person) and not _PAGE.fullmatch(person)


def _says_who(part: str) -> bool:
    """Tell whether a part of a label names a delegation, a post or someone with a title: "Home" does not."""
    return bool(
        find_delegations(part) or POST_FIRST.match(part) or _SHARED_POST.match(part) or HONORIFICS.match(part)
    )


def _leads_to_event(who: str) -> bool:
    """Tell whether words behind "statement" lead to what happened, and only then to someone with a post."""
    titled = _TITLE.search(who)
    return (_MARKS.search(who, 0, titled.start()) if titled else _MARKS.match(who)) is not None


def _by_behind_states(phrase: str) -> re.Match[str] | None:
    match = _BY_BEHIND_STATES.match(phrase)
    listed = find_delegations(match["states"]) if match else ()
    return match if len(listed) > 1 and not listed[0].start else None


def _ends_with_answered(above: Sequence[str]) -> bool:
    """Tell whether the line above a person ends with the post of someone whose statement is answered."""
    if not above or not above[0].rstrip().endswith((",", " by", " of")):
        return False
    agents = re.finditer(BY_AGENT, above[0], re.IGNORECASE)
    return any(_ANSWERED.search(above[0][: agent.start()]) for agent in agents)


def _is_given_by_another(phrase: str, state: str) -> bool:
    """Tell whether someone gives the statement of which the state before the colon is the subject."""
    given = _GIVEN_BY.match(phrase, phrase.index(state) + len(state))
    return given is not None and _may_be_speaker(given["who"], by=given["by"])


def _is_topic_of(below: Sequence[str], state: str) -> bool:
    """Tell whether the line below a state's name says that another delegation gives the statement."""
    given = _INTRODUCES.match(below[0]) if below else None
    giver = who_alone(given["who"]) if given else ""
    named, giving = find_delegations(state), find_delegations(giver)
    return bool(named and giving) and names_only_delegation(giver) and named[0].value != giving[0].value


def _calls(phrase: str) -> bool:
    """Tell whether a phrase with a name ends as a call does.

    So does "Mr Lukas Hahn, Chairman of the Ports Association,".
    """
    return (
        phrase.rstrip().endswith((",", ":", ";", "，", "،"))
        and not _STATEMENT_WORD.search(phrase)
        and phrase.count(",") > 1
    )


def _with_post_above(phrases: Sequence[str], named: Named) -> Named:
    """Give a person the post that the line above names, "Minister for Rivers" above "The Hon. Mary Lane"."""
    above = phrases[named.at - 1] if named.at else ""
    if read_person(named.printed).post or not POST_FIRST.match(above) or is_statement_word(above):
        return named
    post = who_alone(above)
    if read_person(post).name or find_dates(above) or post != plain(above):
        return named
    return Named(f"{named.printed}, {post}", f"{above} {named.evidence}", named.at)
