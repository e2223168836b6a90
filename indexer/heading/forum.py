"""Before whom: the forum, out of the phrases of a heading.

A forum is named in one of two ways: after "at the", "lors de", "en la" and
the like, or in a phrase of its own that opens with the name. The body a
person is accredited to ("Ambassador to the Conference on Disarmament") is part
of the post and no forum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from onrecord.indexer.analysis.words import fold
from onrecord.indexer.heading.date_and_place import DAY_BEFORE
from onrecord.indexer.heading.wording import (
    AT,
    DELIVERED_BY,
    HONORIFIC,
    IN,
    NOTICE,
    POST,
    STATEMENT,
    is_statement_word,
)
from onrecord.indexer.register import find_forum_words, find_forums, find_places
from onrecord.indexer.register.names import KEPT
from onrecord.indexer.register.written_dates import find_dates, find_intervals
from onrecord.indexer.statement import Finding

__all__ = ["ANCHOR", "find_forum", "opens_with_forum"]

# Leads to where one speaks: "at the", "lors de la", "vor der".
ANCHOR = rf"(?:{AT}|{IN})"
# Words that may stand before the noun of a forum's name: "Second Review", "79th", "High-Level".
_MOST_WORDS_BEFORE = 8
_ANCHORS = {
    False: re.compile(rf"{AT}(?=\W)", re.IGNORECASE),
    True: re.compile(rf"{IN}(?=\W|(?<=['’]))", re.IGNORECASE),
}
_ACCREDITED = re.compile(
    r"\b(?:representative|ambassador|delegate|mission|observer|delegation|liaison|envoy|"
    r"repr[ée]sentante?|ambassadeur|ambassadrice|d[ée]l[ée]gu[ée]e?|d[ée]l[ée]gation|"
    r"embajador[a]?|delegad[oa]|misi[óo]n|observador[a]?|members?|membre|miembro|diputad[oa]|deputad[oa]|mitglied|ledamot|"
    r"vertreter(?:in|s)?|botschafter(?:in|s)?|vertretung|"
    r"ambasciatore|ambasciatrice|rappresentante|rappresentanza|missione|embaixador[a]?|missão|delegação|"
    r"ambassadör|representant|representation|"
    r"مندوب|المندوب|الممثل|ممثل|سفير|البعثة)\b[^,;:]*$",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"\b(?:of|on|for|against|by|to|in|at|from|with|de|du|des|sur|pour|contre|par|sobre|para|por|del|en|con|"
    r"der|von|über|für|gegen|di|della|sulla|per|da|do|em|av|om|för|i|vid|о|об|по|для|от|при|в|на|к|من|في|على|إلى|بشأن|حول|عن)\b"
    r"|:(?!\w)|;|(?<!\d)\.\s",
    re.IGNORECASE,
)
_TREATY = re.compile(
    r"\b(?:convention|treaty|protocol|trait[ée]|convenci[óo]n|tratado|protocolo?|übereinkommen|vertrag|"
    r"convenzione|trattato|convenção|конвенци\w+|договор\w*|اتفاقية|معاهدة)\b",
    re.IGNORECASE,
)
# A headline about a forum has a verb, its name has none; a theme in quotation marks may.
_VERB = re.compile(
    r"\b(?:must|should|is|are|was|has|have|will|needs?|doit|doivent|est|sont|peut|debe|deben|es|son|puede|muss|müssen|ist|"
    r"sind|deve|devono|måste|är|должен|должна|является|يجب)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“„«].*")
_NO_FORUM = re.compile(
    rf"\W*(?:{NOTICE}|{HONORIFIC}\s|{POST}\b|{STATEMENT}\b|(?:permanent\s+)?(?:mission|delegation)|agenda|item|point|tema|"
    r"report|rapport|informe|resolution|press|news|home|site)",
    re.IGNORECASE,
)
# What leads up to the name: an article, "First Day of the", "opening of the", "margins of the".
_OPENING = re.compile(
    r"\W*(?:(?:the\s+)?(?:\w+\s+day|opening|closing|margins|sidelines|resumption)\s+of\s+|"
    r"(?:apertura|clausura|ouverture|clôture|abertura|encerramento|eröffnung|открытии|افتتاح)\s+(?:del|della|de\s+la|des?|du|d[ao]|der)?\s*)?"
    r"(?:(?:the|la|le|les|el|los|las|der|die|das|dem|den|il|lo|i|gli|a|o|as|os|det)\s+|[lL]['’])?",
    re.IGNORECASE,
)
_REVIEWED_BY = re.compile(
    r"\b(?:consideration|review|examination|dialogue)\b.*?\b(?:by|with)\s+the\s+(?=Committee|Council|Commission)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?:^|(?<=[^\W\d_]{3})\.\s+|[,:;|–—]\s+|\s-\s)")
_ENDS = re.compile(
    rf"\s*(?:[,;:–—-]\s*)?\b(?:{DELIVERED_BY}|presented\s+by|made\s+by|(?:national\s+|joint\s+)?{STATEMENT}\b|"
    rf"on\s+behalf\s+of|(?:under\s+)?agenda\s+item)|\s*,\s*(?:{HONORIFIC}\s|{POST}\b)|\s+(?:by|par|por)\s|"
    rf",?\s*(?:посвящ|devoted\s+to|dedicated\s+to|consacré|dedicad[oa]\s|gewidmet)|"
    rf"(?<=[^\W\d_]{{4}})[.]\s|\s*[,.]\s*{NOTICE}|\s+\((?:engelska|på\s+engelska|eng)\)|"
    r"\s+по\s+(?:пункту|вопрос|тем|(?-i:[А-Я]))|\s+(?:بشأن|حول|inom\s+ramen)\b|"
    r"\s*,?\s*(?:tema|item|point|punto|ponto|пункт|TOP|Tagesordnungspunkt|البند)\s\d|"
    r"\s*,?\s\d{1,2}[:.h]\d\d\b",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(r"(?:[,(–—.]|\b(?:in|at|à|en|i|em|a|в|في))\s*$", re.IGNORECASE)
_AFTER_PLACE = re.compile(
    r"\s*(?:$|[,).(–—\d]|\b(?:on|le|el|den|am|il|em|в|i|in)\b|[^\W\d_]+\s*$)", re.IGNORECASE
)
# Longer than "held on the Wednesday, the ".
_LONGEST_DANGLING = 40
# "Security Council on Ukraine": what is spoken on is no part of the name of a body.
_TOPIC_AHEAD = re.compile(
    r"\s+(?:on|sobre|sur|über|zum|zu|su|sul|sulla|om|o|о|об|по|بشأن|حول)\s", re.IGNORECASE
)
_DANGLING = re.compile(
    rf"(?:{DAY_BEFORE}|\b(?:of|de|des|du|der)\s+(?:the|la|les)\s*|\b(?:in|on|at|held|of|à|en|le|el|den|(?-i:i)|am|il|em|в|на|في)\s*|[\s,;:.(–—-]+)$",
    re.IGNORECASE,
)


def find_forum(phrases: Sequence[str], *, place: str | None = None) -> Finding[str] | None:
    """Find the forum a statement was given in, as printed; ``place`` is where, and no part of its name."""
    ways_in_turn = (
        (_after_strong_anchor,),
        (_after_weak_anchor,),
        (opens_with_forum, _in_clause),
        (_after_review,),
    )
    for ways in ways_in_turn:
        for number, phrase in enumerate(phrases):
            forum = next(filter(None, (way(phrase) for way in ways)), None)
            if forum:
                return _with_following(phrases, number=number, forum=forum.removesuffix(f", {place}"))
    return None


@lru_cache(maxsize=KEPT)
def opens_with_forum(phrase: str) -> str | None:
    """Return the forum's name that a phrase begins with, or None.

    >>> opens_with_forum("Second Review Conference of the Convention on Cluster Munitions, Geneva")
    'Second Review Conference of the Convention on Cluster Munitions'
    >>> opens_with_forum("President of the Council of Ministers") is None
    True
    """
    if _NO_FORUM.match(phrase):
        return None
    opening = _OPENING.match(phrase)
    phrase = phrase[opening.end() if opening else 0 :]
    forum = _cut(phrase)
    words = find_forum_words(forum)
    if not words or not _is_name_before(forum[: words[0].start]) or _VERB.search(_QUOTED.sub("", forum)):
        return None
    return forum


def _is_name_before(opening: str) -> bool:
    """Tell whether the words before a forum's noun belong to its name: "79th", "Second Review"."""
    if _TREATY.search(opening):
        return True
    return len(opening.split()) <= _MOST_WORDS_BEFORE and not _RELATION.search(opening)


def _after_strong_anchor(phrase: str) -> str | None:
    """Return the forum that "at the" or "lors de" leads to."""
    return _first_forum(phrase, ends=(anchor.end() for anchor in _anchors(phrase, weak=False)))


def _after_weak_anchor(phrase: str) -> str | None:
    """Return the forum that "to the" or "in the" leads to, where no one is accredited to it."""
    since = 0
    for anchor in _anchors(phrase, weak=True):
        forum = opens_with_forum(phrase[anchor.end() :].strip())
        if forum and not _is_accredited(phrase[since : anchor.start()]):
            return forum
        if forum:  # one is accredited to one body, and may speak in the next
            since = anchor.end()
    return None


def _is_accredited(before: str) -> bool:
    """Tell whether words end with a post that is held at a body, and no statement between them."""
    post = _ACCREDITED.search(before)
    return post is not None and not is_statement_word(post[0])


def _anchors(phrase: str, *, weak: bool) -> Iterator[re.Match[str]]:
    yield from _ANCHORS[weak].finditer(phrase)


def _in_clause(phrase: str) -> str | None:
    """Return the forum that a clause of the phrase begins with."""
    return _first_forum(phrase, ends=(clause.end() for clause in _CLAUSES.finditer(phrase)))


def _after_review(phrase: str) -> str | None:
    """Return the body by which a report is considered."""
    return _first_forum(phrase, ends=(match.end() for match in _REVIEWED_BY.finditer(phrase)))


def _first_forum(phrase: str, *, ends: Iterable[int]) -> str | None:
    """Return the first forum that begins at one of the places in a phrase."""
    return next(filter(None, (opens_with_forum(phrase[end:].strip()) for end in ends)), None)


def _with_following(phrases: Sequence[str], *, number: int, forum: str) -> Finding[str]:
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
        if further is None or fold(further) in fold(forum):
            break
        forum = f"{forum}, {further}"
        evidence.append(phrase)
    return Finding(forum, " ".join(evidence))


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
    return _trim(phrase[: min(ends)])


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
