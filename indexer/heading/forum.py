"""Before whom: the forum, out of the phrases of a heading.

A forum is named in one of two ways: after "at the", "lors de", "en la" and
the like, or in a phrase of its own that opens with the name. The body a
person is accredited to ("Ambassador to the Conference on Disarmament") is part
of the post and no forum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.date_and_place import DAY_BEFORE
from onrecord.indexer.heading.wording import (
    ACCREDITED,
    AT,
    BUILDING,
    DELIVERED_BY,
    DEPUTY,
    FORM,
    HEADLINE_VERB,
    HONORIFIC,
    IN,
    NOTICE,
    POST,
    RELATION,
    SITTING,
    STATEMENT,
    TOPIC,
    TREATY,
    is_statement_word,
)
from onrecord.indexer.register import find_delegations, find_forum_words, find_forums, find_places
from onrecord.indexer.register.names import KEPT
from onrecord.indexer.register.written_dates import find_dates, find_intervals

__all__ = [
    "ANCHOR",
    "MOST_ANCHORS",
    "WAYS",
    "find_forums_in",
    "is_item",
    "is_subject",
    "opens_with_forum",
    "without_place",
]

# Leads to where one speaks: "at the", "lors de la", "vor der".
ANCHOR = rf"(?:{AT}|{IN})"
# A phrase of a heading leads to a place a few times; what is asked of each takes time.
MOST_ANCHORS = 24
# Words that may stand before the noun of a forum's name: "Second Review", "79th", "High-Level".
_MOST_WORDS_BEFORE = 8
_ANCHORS = {
    False: re.compile(rf"{AT}(?=\W)", re.IGNORECASE),
    True: re.compile(rf"{IN}(?=\W|(?<=['’]))", re.IGNORECASE),
}
_ACCREDITED = re.compile(rf"\b{ACCREDITED}\b[^,;:]*$|\b{DEPUTY}\s*$", re.IGNORECASE)
_RELATION = re.compile(rf"\b{RELATION}\b|:(?!\w)|;|(?<!\d)\.\s", re.IGNORECASE)
_TREATY = re.compile(rf"\b{TREATY}\b", re.IGNORECASE)
# "His departure for the General Assembly", "election of Malta to the Council": nobody speaks there yet.
_GOING = re.compile(
    r"\b(?:travel\w*|departure|departing|journey|trip|election|elected|candidacy|candidature|abreise|reise|wahl|kandidatur|"
    r"départ|voyage|élection|viajar|viaje|partida|elecci[óo]n|viagem|eleição|partenza|viaggio|elezione|resa|avresa|val|"
    r"поездк\w*|избрани\w*|отъезд\w*)\b(?:\s+[^\s,;:]+){0,4}\s*$",
    re.IGNORECASE,
)
# A headline about a forum has a verb, its name has none; a theme in quotation marks may.
_VERB = re.compile(rf"\b{HEADLINE_VERB}\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«].*")
_NO_FORUM = re.compile(
    rf"\W*(?:{NOTICE}|{HONORIFIC}\s|{POST}\b|{STATEMENT}\b|(?:permanent\s+)?(?:mission|delegation|delegazione|misi[óo]n|missão|delegaci[óo]n|rappresentanza|repr[ée]sentation|vertretung|representación|representação)|agenda|item|point|tema|"
    r"report|rapport|informe|resolution|press|news|home|site)",
    re.IGNORECASE,
)
# What leads up to the name: an article, "First Day of the", "opening of the", "margins of the".
_OPENING = re.compile(
    r"\W*(?:(?:(?:the\s+)?(?:\w+\s+day|opening|closing|close|end|beginning|start|(?:main|first|second|resumed)\s+(?:\w+\s+)?part|margins|sidelines|resumption)\s+of\s+)+|"
    r"(?:inauguraci[óo]n|inauguration|inaugurazione|inauguração|lançamento|lancement|lanzamiento|launch|apertura|clausura|ouverture|clôture|abertura|encerramento|eröffnung|открытии|افتتاح)\s+(?:del|della|de\s+la|des?|du|d[ao]|der)?\s*)?"
    r"(?:(?:the|la|le|les|el|los|las|der|die|das|dem|den|il|lo|i|gli|a|o|as|os|det)\s+|[lL]['’])?",
    re.IGNORECASE,
)
_REVIEWED_BY = re.compile(
    r"\b(?:consideration|review|examination|dialogue)\b.*?\b(?:by|with)\s+the\s+(?=Committee|Council|Commission)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?:^|(?<=[^\W\d_]{3})\.\s+|[,:;–—]\s+|\s-\s)")
_COMMA, _ENDED = re.compile(r"(?<=\w)\s*,\s+"), re.compile(r"\s*(?:[,.;]|$)")
_ENDS = re.compile(
    r"\s*\[|\s+\((?:via|by|par|por|per|virtual\w*|online|hybrid|v[ií]deo\w*|draft|final)\b|"
    r"[\s,;–—-]+(?-i:[A-Z]{1,5}/[A-Z0-9][\w./-]*\d)|[\s,;–—-]+(?:provisional|advance\s+copy)\b|"
    r"\s*[,;–—-]\s*(?:final|draft)(?:\s+version)?\s*$|"
    rf"\s*(?:[,;:–—-]\s*)?\b(?:{DELIVERED_BY}|presented\s+by|made\s+by|(?:(?:national|joint|press|presidential|opening|closing|introductory|concluding|final|welcom(?:e|ing))\s+)?{STATEMENT}\b|"
    rf"with\s+(?={HONORIFIC}\s)|followed\s+by\b|(?:efter|after|following|nach|après|tras|dopo|após)\s+(?!the\s+(?:First|Second))[^\W\d_]|on\s+behalf\s+of|(?:under\s+)?agenda\s+item)|\s*,\s*(?:{HONORIFIC}\s|(?:(?-i:[A-Z]{{2,8}})\s+)?{POST}\b)|\s+(?:by|par|por)\s|"
    rf",?\s*(?:посвящ|devoted\s+to|dedicated\s+to|consacré|dedicad[oa]\s|gewidmet)|"
    rf"(?<=[^\W\d_]{{4}})[.]\s|\s*[,.]\s*{NOTICE}|\s+\((?:engelska|på\s+engelska|eng)\)|"
    r"\s+по\s+(?:пункту|вопрос|тем|(?-i:[А-Я]))|\s+(?:بشأن|حول|inom\s+ramen)\b|"
    r"\s*,?\s*(?:tema|item|point|punto|ponto|пункт|TOP|Tagesordnungspunkt|البند)\s\d|"
    r"[\s,]+(?:in\s+the\s+)?(?:(?:Security|Trusteeship|Economic\s+and\s+Social)\s+Council|ECOSOC)\s+Chamber\b|"
    r"\s+\|\s|\s+-\s+Panel\b|\s*,?\s\d{1,2}[:.h]\d\d\b|(?<=\w)\s+(?:first|second|third|fourth|fifth|last|\d+(?:st|nd|rd|th))\s+(?:working\s+)?day\b",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(r"(?:[,(–—.]|\s-|\b(?:in|at|à|en|i|em|a|в|في))\s*$", re.IGNORECASE)
_AFTER_PLACE = re.compile(
    r"\s*(?:$|[,).(–—\d]|-\s|\b(?:on|le|el|den|am|il|em|в|i|in)\b|[^\W\d_]+\s*$)", re.IGNORECASE
)
# Longer than "held on the Wednesday, the ".
_LONGEST_DANGLING = 40
# "Security Council on Ukraine": what is spoken on is no part of the name of a body.
_LEGISLATURE_ON = re.compile(
    r"\W*(?:the\s+)?(?:parliament|senate|congress|bundestag|house\s+of\s+(?:commons|lords|representatives)|national\s+assembly|"
    r"assemblée\s+nationale|sénat|parlement|congreso(?:\s+de\s+los\s+diputados)?|senado|parlamento|camera|riksdag(?:en)?|"
    rf"storting(?:et)?|folketing(?:et)?|(?:lok|rajya)\s+sabha|(?:dáil|seanad)(?:\s+éireann)?)(?=\s+{TOPIC}\s)",
    re.IGNORECASE,
)
_TOPIC_AHEAD = re.compile(rf"\s+(?:[-–—]\s+)?{TOPIC}\s", re.IGNORECASE)
# "meeting" alone is no name; nor is what a scan left of one.
_BARE = re.compile(
    rf"(?:the\s+)?(?:(?:its|this|that|our|their)\s+)?(?:{SITTING}|(?:its|the)\s+\w+\s+session|\d+\s+session)"
    r"[\s|\d\]]*",
    re.IGNORECASE,
)
_BUILDING = re.compile(rf"(?:the\s+)?(?:old\s+|new\s+)?(?:[\w'’.-]+\s+){{0,3}}{BUILDING}", re.IGNORECASE)
# "Debate on Use of …": a subject and no meeting.
_SPOKEN_ON = re.compile(
    r"(?:general\s+)?(?:debate|dialogue|meeting|discussion|briefing)\s+on\s+(?:the\s+)?(?:use|question|situation|report)\b",
    re.IGNORECASE,
)
# Who presides over a body for a time is none: "Deutsche G7-Präsidentschaft".
_NUMBER_ALONE = re.compile(
    r"\S*\d\S*\s+(?:\w+\s+)?(?:session|sitting|meeting|tagung|sitzung|sesi[óo]n|sessão|sessione|сессии)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\b(?P<number>\d{1,3})[\"”“%*'’´`]{1,3}\s+(?P<word>[^\W\d_]+)")
_ENGLISH = re.compile(r"\b(?:of|general\s+assembly|meeting|committee)\b", re.IGNORECASE)
# "to the UN, OSCE and other international organizations": where a mission is posted, never a forum.
_AMONG_OTHERS = re.compile(
    r"\b(?:other|autres|otr[ao]s|altre|outr[ao]s|andere\w*|други[хе])\s+(?:[\w-]+\s+){0,2}?(?:organi[sz]a|международн)",
    re.IGNORECASE,
)
# "Security Council resolution 2231": what a body made or is made of, and no meeting of it.
_OF_BODY = re.compile(
    r"\s+(?:draft\s+)?(?:resolutions?|decisions?|reports?|reform|mandates?|r[ée]solutions?|resoluci[óo]n(?:es)?|rapports?)\b",
    re.IGNORECASE,
)
# "IAEA Director General's", "OSCE Office for …": who is of an organisation, and no meeting of it.
_OFFICER = re.compile(
    rf"(?:the\s+)?(?:[^\s,;:]+\s+){{1,4}}?(?:{POST}|offices?|secretariat|(?<=african\s)union\s+commission)(?:['’]s?)?\b",
    re.IGNORECASE,
)
_SITTING = re.compile(
    rf"\b(?:{SITTING}s?|council|committee|assembly|summit|segment|board|debate|event|séance|sommet|cumbre|gipfel)\b",
    re.IGNORECASE,
)
_PRESIDENCY = re.compile(
    r"präsidentschaft|ordförandeskap|\b(?:presidency|présidence|presidencia|presidência|presidenza)\b",
    re.IGNORECASE,
)
_EXCERPTS = re.compile(rf"\s*\((?:{FORM}|as\s+\w+|auszüge|extraits?|extractos?)\)$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|/)\S*$|\S+-\S+-\S+-\S+", re.IGNORECASE)
_STRAY = re.compile(
    r"[|<>\[\]{}@_]|\bXX|(?<!\S)(?!(?-i:[A-Z]{2,9}(?:/[A-Z]{2,9})+(?!\S)))\S+/\S+/\S|\.$|…|\b(?:and|the|of|und|et|y|de|des)$",
    re.IGNORECASE,
)
_MOST_WORDS_OF_NAME = 32
_MEMBER_AND_DATE = re.compile(rf"\W*(?:{HONORIFIC})\s[^–—]{{2,60}}[–—]\s", re.IGNORECASE)
_AT_ITS = re.compile(r"(?P<body>.+?)\s+(?:at|during)\s+its\s+[\w-]+\s+(?:\w+\s+)?session\b", re.IGNORECASE)
_FOR_THE = re.compile(r"\bfor\s+the\s+", re.IGNORECASE)
_TO_THE = re.compile(r"^(?:for|to|at|in|before)\s+(?:the\s+)?", re.IGNORECASE)
_STATEMENT_WORD = re.compile(rf"\b{STATEMENT}\b", re.IGNORECASE)
_TO_ANY = re.compile(
    rf"\b{STATEMENT}\b[^.;:]{{0,80}}?\s(?:to|before)\s+(?:the\s+)?(?P<body>(?-i:[A-ZÀ-Þ])[^,;:()–—]{{2,80}})",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    rf"(?:{DAY_BEFORE}|,\s*(?:first|second|third|fourth|fifth)\s*|"
    rf"\b(?:under|(?:co-)?(?:organi[sz]ed|hosted|chaired|sponsored)|convened|organisée?|organizad[oa])\s*|\b(?:first|second|third|fourth|fifth|opening|closing|last)\s*$(?<=(?-i:[A-Z]{{2}}))|\bXX+(?:\s+\w+)?|\b(?:of|de|des|du|der)\s+(?:the|la|les)\s*|\b(?:in|on|at|held|of|à|en|le|el|den|(?-i:i)|am|il|em|в|на|في)\s*|[\s,;:.(–—-]+)$",
    re.IGNORECASE,
)


# "Agenda item 12: Measures to the benefit of the Council": what an item says leads to no forum.
_ITEM = re.compile(r"\W*(?:agenda\s+)?(?:item|point|tema|punto|ponto|TOP|пункт)\s+\d", re.IGNORECASE)
_BY_ANCHOR = frozenset(("at the", "to the", "for the"))


def is_item(text: str) -> bool:
    """Tell whether a line is an item of an agenda by its number: "Agenda item 12: Measures to …"."""
    return _ITEM.match(text) is not None


def find_forums_in(phrases: Sequence[str]) -> Iterator[Candidate[str]]:
    """Let every way in which a heading names a forum propose one, as printed."""
    for kind, way in WAYS.items():
        for number, phrase in enumerate(phrases):
            item = kind in _BY_ANCHOR and is_item(phrase) and not is_statement_word(phrase)
            forum = None if item else way(phrase)
            if forum and not is_subject(phrases, number=number):
                value, evidence, at = _with_following(phrases, number=number, forum=forum)
                yield Candidate(value, kind, evidence, at, _is_doubtful(value))


def without_place(forum: str, place: str | None) -> str:
    """Take the place off the end of a forum's name."""
    return forum.removesuffix(f", {place}") if place else forum


def _is_doubtful(forum: str) -> bool:
    """Tell whether a name may be a fragment, a headline or have something glued to it."""
    words = forum.split()
    if len(words) > _MOST_WORDS_OF_NAME or _STRAY.search(forum):
        return True
    plain = len(words) < 2 or words[0][0].islower() or _NUMBER_ALONE.fullmatch(forum) is not None
    return plain and not find_forums(forum)


def is_subject(phrases: Sequence[str], *, number: int) -> bool:
    """Tell whether a phrase is the subject of a floor speech: name and date are the next one."""
    below = phrases[number + 1] if number + 1 < len(phrases) else ""
    return _MEMBER_AND_DATE.match(below) is not None and bool(find_dates(below))


@lru_cache(maxsize=KEPT)
def opens_with_forum(phrase: str) -> str | None:
    """Return the forum's name that a phrase begins with, or None.

    >>> opens_with_forum("Second Review Conference of the Convention on Cluster Munitions, Geneva")
    'Second Review Conference of the Convention on Cluster Munitions'
    >>> opens_with_forum("President of the Council of Ministers") is None
    True
    """
    if _NO_FORUM.match(phrase) or _ADDRESS.match(phrase):
        return None
    phrase = phrase.partition("|")[0]
    opening = _OPENING.match(phrase)
    phrase = phrase[opening.end() if opening else 0 :]
    forum = _cut(phrase)
    words = find_forum_words(forum)
    if not words or not _is_name_before(forum[: words[0].start]) or _has_verb(_QUOTED.sub("", forum)):
        return None
    named = ", ".join(part for part in forum.split(", ") if not _BUILDING.fullmatch(part))
    if _BARE.fullmatch(forum) or not find_forum_words(named):
        return None
    if _PRESIDENCY.search(forum) or _SPOKEN_ON.match(forum) or _is_none_itself(forum):
        return None
    if _OFFICER.match(forum) and not _SITTING.search(forum):
        return None
    return _without_building(forum)


def _without_building(forum: str) -> str:
    """Take the building off the end: "Summit Plenary, International Convention Centre"."""
    name, comma, last = forum.rpartition(", ")
    return name if comma and _BUILDING.fullmatch(last) and find_forum_words(name) else forum


def _is_none_itself(forum: str) -> bool:
    """Tell whether a name is that of something a body made, or ends a list of those one is accredited to."""
    first = find_forums(forum)[:1]
    made = (
        bool(first)
        and first[0].value.kind == "body"
        and forum[: first[0].start].strip() in ("", "UN", "United Nations")
        and _OF_BODY.match(forum, first[0].end) is not None
    )
    return made or _AMONG_OTHERS.search(forum) is not None


def _has_verb(name: str) -> bool:
    """Tell whether a headline speaks; a verb with a capital among small words is a title's: "or to Have"."""
    return any(name.isupper() or match[0].islower() for match in _VERB.finditer(name))


def _is_name_before(opening: str) -> bool:
    """Tell whether the words before a forum's noun belong to its name: "79th", "Second Review"."""
    if _TREATY.search(opening):
        return True
    return len(opening.split()) <= _MOST_WORDS_BEFORE and not _RELATION.search(opening)


def _after_strong_anchor(phrase: str) -> str | None:
    """Return the forum that "at the" or "lors de" leads to."""
    anchors = _anchors(phrase, weak=False)
    return _first_forum(
        phrase, ends=(anchor.end() for anchor in anchors if not _GOING.search(phrase[: anchor.start()]))
    )


def _after_weak_anchor(phrase: str) -> str | None:
    """Return the forum that "to the" or "in the" leads to, where no one is accredited to it."""
    since = 0
    for anchor in _anchors(phrase, weak=True):
        forum = opens_with_forum(phrase[anchor.end() :].strip())
        spoken_in = anchor[0].casefold().startswith("in ")  # one is accredited to a body, and speaks in it
        going = forum and _GOING.search(phrase[: anchor.start()])
        if forum and not going and (spoken_in or not _is_accredited(phrase[since : anchor.start()])):
            return forum
        if forum:  # one is accredited to one body, and may speak in the next
            since = anchor.end()
    return None


def _is_accredited(before: str) -> bool:
    """Tell whether words end with a post that is held at a body, and no statement between them."""
    post = _ACCREDITED.search(before)
    return post is not None and not is_statement_word(post[0])


def _anchors(phrase: str, *, weak: bool) -> Iterator[re.Match[str]]:
    yield from islice(_ANCHORS[weak].finditer(phrase), MOST_ANCHORS)


def _behind_statement(phrase: str) -> str | None:
    """Return a registered forum that ends a phrase right behind the statement word.

    So in "National Statement World Health Assembly".
    """
    for match in _STATEMENT_WORD.finditer(phrase):
        rest = _TO_THE.sub("", phrase[match.end() :].strip())
        known = find_forums(rest)
        to_it = rest != phrase[match.end() :].strip()
        if known and ((known[0].value.kind == "body" and not rest[: known[0].start].strip()) or to_it):
            return opens_with_forum(rest)
    return None


def _before_statement(phrase: str) -> str | None:
    """Return a registered forum that a phrase begins with, before the statement word."""
    match = _STATEMENT_WORD.search(phrase)
    if match is None:
        return None
    before = phrase[: match.start()].strip(" :–—-")
    known = find_forums(before)
    named = known and not known[0].start and known[-1].value.kind == "body"
    colon = re.match(r"\s*[:–—]\s", phrase[len(before) :]) is not None
    return opens_with_forum(before) if named or colon else _before_colon(before)


def _before_colon(before: str) -> str | None:
    """Return the forum before a colon and what kind of statement it is.

    So in "Informal Fisheries Talks: Initial".
    """
    head, colon, tail = before.partition(":")
    return opens_with_forum(head) if colon and len(tail.split()) <= 2 else None


def _to_any_body(phrase: str) -> str | None:
    """Return what stands in capitals behind "statement by someone to": a body that no list has."""
    match = _TO_ANY.search(phrase)
    if match is None or _is_accredited(phrase[: match.start("body")]):
        return None
    body = _cut(match["body"]).strip(" .,;:")
    if (
        not body
        or find_delegations(body)
        or find_places(body)
        or _NO_FORUM.match(body)
        or _BUILDING.fullmatch(body)
        or _AMONG_OTHERS.search(body)
    ):
        return None
    return body if len(body.split()) <= _MOST_WORDS_BEFORE else None


def _in_clause(phrase: str) -> str | None:
    """Return the forum that a clause of the phrase begins with."""
    return None if opens_with_forum(phrase) else _first_forum(phrase, ends=_clauses_behind(phrase))


def _behind_comma(phrase: str) -> str | None:
    """Return the registered body that stands whole between commas behind the statement word.

    So in "Statement by Norway, First Committee, 12 October".
    """
    stated = _STATEMENT_WORD.search(phrase)
    if stated is None or opens_with_forum(phrase):
        return None
    for comma in islice(_COMMA.finditer(phrase, stated.end()), MOST_ANCHORS):
        rest = phrase[comma.end() :]
        body = opens_with_forum(rest)
        if body and rest.startswith(body) and _ENDED.match(rest, len(body)) and _is_registered(body):
            return body
    return None


def _is_registered(forum: str) -> bool:
    """Tell whether a name is that of one body of the register, and nothing else."""
    known = find_forums(forum)
    return len(known) == 1 and known[0].value.kind == "body" and known[0].text == forum


def _after_review(phrase: str) -> str | None:
    """Return the body by which a report is considered."""
    return _first_forum(phrase, ends=(match.end() for match in _REVIEWED_BY.finditer(phrase)))


def _clauses_behind(phrase: str) -> Iterator[int]:
    """Yield where the clauses of a phrase begin, but for the first."""
    yield from (clause.end() for clause in islice(_CLAUSES.finditer(phrase), MOST_ANCHORS) if clause.end())


def _first_forum(phrase: str, *, ends: Iterable[int]) -> str | None:
    """Return the first forum that begins at one of the places in a phrase."""
    return next(filter(None, (opens_with_forum(phrase[end:].strip()) for end in ends)), None)


def _with_following(phrases: Sequence[str], *, number: int, forum: str) -> tuple[str, str, int]:
    """Add the phrases around it that name the forum further: its treaty, the committee of that assembly."""
    evidence = [phrases[number]]
    if (
        number
        and _is_treaty(phrases[number - 1])
        and all(one.value.kind == "meeting" for one in find_forums(forum))
    ):
        forum = f"{phrases[number - 1].strip(' ,.:')}, {forum}"
        evidence.insert(0, phrases[number - 1])
    for phrase in phrases[number + 1 :]:
        further = opens_with_forum(phrase)
        if (
            further is None
            or fold(further) in fold(forum)
            or find_dates(phrase)
            or _adds_nothing(further, forum)
        ):
            break
        forum = f"{forum}, {further}"
        evidence.append(phrase)
    return (
        _ORDINAL.sub(_ordinal if _ENGLISH.search(forum) else r"\g<number> \g<word>", forum),
        " ".join(evidence),
        number,
    )


def _adds_nothing(further: str, forum: str) -> bool:
    """Tell whether a name means a body that is named already: "Plenary of the General Assembly"."""
    named, before = (
        {found.value.code for found in find_forums(name) if found.value.kind == "body"}
        for name in (further, forum)
    )
    return bool(named) and named <= before and find_forum_words(forum)[0].value != "mul"


def _ordinal(match: re.Match[str]) -> str:
    """Write the ending of an English number that a scanner turned into signs: 79" is 79th."""
    number, word = int(match["number"]), match["word"]
    teen = number % 100 // 10 == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')} {word}"


def _at_its_session(phrase: str) -> str | None:
    """Return the body before which someone speaks "at its nineteenth session", even if accredited to it."""
    match = _AT_ITS.search(phrase)
    if match is None:
        return None
    ends = [anchor.end() for weak in (False, True) for anchor in _anchors(match["body"], weak=weak)]
    return next(
        filter(None, (opens_with_forum(phrase[end:].strip()) for end in sorted(ends, reverse=True))), None
    )


def _for_body(phrase: str) -> str | None:
    """Return a registered body that "for the" leads to."""
    for match in _FOR_THE.finditer(phrase):
        known = find_forums(phrase[match.end() :])
        if known and not known[0].start and known[0].value.kind == "body":
            return opens_with_forum(phrase[match.end() :])
    return None


WAYS: Mapping[str, Callable[[str], str | None]] = {
    "at the": _after_strong_anchor,
    "to the": _after_weak_anchor,
    "own phrase": opens_with_forum,
    "behind statement": _behind_statement,
    "before statement": _before_statement,
    "clause": _in_clause,
    "behind comma": _behind_comma,
    "reviewed by": _after_review,
    "at its session": _at_its_session,
    "for the": _for_body,
    "to any body": _to_any_body,
}


def _is_treaty(phrase: str) -> bool:
    """Tell whether a phrase is the name of a treaty and nothing else."""
    named = find_forums(phrase)
    return len(named) == 1 and named[0].value.kind == "treaty" and named[0].text == phrase.strip(" ,.:")


def _cut(phrase: str) -> str:
    """Cut a phrase where the forum's name ends: at a date, a place, a person."""
    ends = [len(phrase)]
    ends += [found.start for found in find_dates(phrase)]
    ends += [start for start, _ in find_intervals(phrase)]
    ends += [
        body.end
        for body in find_forums(phrase)
        if body.value.kind == "body" and _TOPIC_AHEAD.match(phrase[body.end :])
    ]
    ends += [place.start for place in find_places(phrase) if _stands_apart(phrase, place.start, place.end)]
    if first := _ENDS.search(phrase):
        ends.append(first.start())
    if legislature := _LEGISLATURE_ON.match(phrase):
        ends.append(legislature.end())
    name = _EXCERPTS.sub("", _trim(phrase[: min(ends)]))
    return _without_commas(_without_glued(name))


def _without_glued(name: str) -> str:
    """Take a city or a state off that stands behind the whole name with nothing to lead to it.

    Of "Permanent Council No. 1456 Vienna" it is the last word.
    """
    cities = find_places(name)
    if cities and cities[-1].end == len(name):
        before = name[: cities[-1].start].rstrip()
        if before[-1:].isdigit() or any(found.end == len(before) for found in find_forums(before)):
            return _trim(before)
    head, dash, tail = name.rpartition(" - ")
    states = find_delegations(tail) if dash else ()
    return _trim(head) if states and states[0].text == tail.strip() else name


def _without_commas(name: str) -> str:
    """Take a comma out of a body's name, where a line ended: "Permanent, Council"."""
    for found in find_forums(name):
        if found.value.kind == "body" and re.fullmatch(r"[^\W\d_]+, [^\W\d_]+", found.text):
            name = name.replace(found.text, found.text.replace(",", ""))
    return name


def _stands_apart(phrase: str, start: int, end: int) -> bool:
    """Tell whether a city's name is the place rather than part of the forum's name."""
    before = _BEFORE_PLACE.search(phrase[:start])
    return before is not None and _AFTER_PLACE.match(phrase[end:]) is not None


def _trim(name: str) -> str:
    """Take off what led over to the date or the place, and a bracket left open."""
    dangling = _DANGLING.search(name, max(0, len(name) - _LONGEST_DANGLING))
    while dangling and dangling[0]:
        name = name[: dangling.start()]
        dangling = _DANGLING.search(name, max(0, len(name) - _LONGEST_DANGLING))
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")].rstrip()
    return name.strip() if name.count('"') % 2 == 0 else name.strip(' "')
