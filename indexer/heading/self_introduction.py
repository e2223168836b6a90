"""What the speech says of itself in its first sentences, where the heading is silent or says less.

A greeting names the forum ("President of the seventy-first session of the General
Assembly"), a first sentence the group spoken for ("I have the honour to speak on
behalf of the Arab Group") or the country ("my country, …"). Only a group that is
spoken for in so many words is sure, and alone is laid over what the heading says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.indexer.draft import Block
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.forum import opens_with_forum
from onrecord.indexer.heading.person import is_name
from onrecord.indexer.heading.speaker import SpeakerCandidates, read_candidate
from onrecord.indexer.heading.spoken_for import is_of_countries
from onrecord.indexer.heading.who import Named
from onrecord.indexer.heading.wording import (
    BEHALF,
    HONORIFIC,
    OF_A_STATE,
    POST,
    SAYS,
    STATEMENT,
    names_only_delegation,
)
from onrecord.indexer.paragraphs.greetings import begins_with_greeting
from onrecord.indexer.register import (
    Delegation,
    Mention,
    find_delegations,
    find_forum_words,
    find_forums,
)
from onrecord.indexer.statement import Confidence, Finding, Speaker

__all__ = ["spoken_forums", "spoken_speakers"]

# Where the first sentences stand: behind every phrase of the heading.
LATER = 1000

# Blocks in which a speech introduces itself, and how many signs of each are read.
_FIRST_BLOCKS = 8
_LONGEST_LOOK = 800
_MOST_LINES = 16

_PRESIDES = re.compile(
    r"\b(?:pr[eé]siden\w+(?:-(?:designate|elect))?|chair\w*|Präsident\w*|председател\w+)\s+(?:(?:of|del|du|der|des|de|da|do)\b\s*|dell['’])"
    r"(?:the\s+|la\s+|l['’]|el\s+|a\s+|o\s+|cette\s+|esta\s+|this\s+)?(?P<forum>.+)",
    re.IGNORECASE,
)
# "Denmark has had", "Marruecos es": of what others are spoken of, unless it is what one says of oneself.
_ONLY_IS = re.compile(
    r"\s+(?:is|are|was|were|has|have|had|will|would|est|a|es|ha|hay|é|tem|foi|ist|hat|wird|war|är|har|var|è|является|имеет)\b"
    r"(?!\s+(?:\w+ly\s+)?(?:pleased|proud|grateful|thankful|hono\w+|committed|convinced|concerned|happy|ready|determined|"
    r"delighted|also|of\s+the\s+(?:view|opinion)|like|continue|the\s+honou?r|heureu\w+|convaincu\w*|attach\w+|reconnaissant\w*|"
    r"l['’]honneur|agradecid\w+|convencid\w+|comprometid\w+|el\s+honor|überzeugt|dankbar|grat[oa]|convint\w+|"
    r"empenhad\w+))",
    re.IGNORECASE,
)
# "address this 79th General Debate": which meeting, by its number.
_THIS = re.compile(
    r"\b(?:this|cette|esta|este|questa|diese[rms]?)\s+(?P<forum>\d{1,3}\S{0,4}\s.+)", re.IGNORECASE
)
# Beyond a greeting an officer is of this meeting where one is congratulated.
_CONGRATULATES = re.compile(
    r"congratul|\belect|assum|félicit|élection|elecci|felicit|cumpriment|saúdo|\bWahl\b|gratul|избран",
    re.IGNORECASE,
)
_LONGEST_GREETING = 200
_OWNER = re.compile(
    r"\s+(?:(?:of|des|de\s+las|das|der|delle)\s+(?:the\s+)?)?(?:United\s+Nations|UN|Nations\s+Unies|Naciones\s+Unidas|"
    r"Nações\s+Unidas|Vereinten\s+Nationen|Nazioni\s+Unite)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[,.;:!?]|\s(?:and|et|y|e|und|I|je|to|will|has)\s")

_SENTENCE = re.compile(r"[^.!?。]+")
_SPEAKS = re.compile(
    r"\b(?:speak\w*|deliver\w*|statement|address\w*|intervention|take\s+the\s+floor|parler|prononc\w+|m['’]exprime\w*|"
    r"la\s+parole|déclaration|hablar|hablo|pronunciar|la\s+palabra|intervenir|intervengo|declaración|falar|falo|intervir|"
    r"intervenho|a\s+palavra|declaração|parlare|intervenire|intervengo|dichiarazione|spreche\w*|erklärung|talar|anförande|"
    r"выступа\w+|заявлени\w+|بيان|البيان|كلمة|أتحدث|ألقي|أدلي)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:(?-i:I)|we|my|honou?r|pleasure|privilege|je|j|nous|honneur|tengo|me|nos|honor|tenho|honra|ich|wir|ehre|jag|vi|"
    r"äran|ho|onore|честь|имею|я|мы|يسرني|يشرفني|أود|أتشرف|أتحدث|ألقي)\b",
    re.IGNORECASE,
)
# A statement that one joins, or heard, was made by someone else.
_JOINS = re.compile(
    r"\b(?:by|already|yesterday|last|earlier|align\w*|associat\w*|endors\w*|support\w*|subscrib\w*|s['’]associe|souscri\w+|s['’]align\w+|se\s+suma|suma|"
    r"sumamos|alinea\w*|asocia\w*|adhiere|adhere|associa\w*|alinha\w*|присоедин\w+|schließ\w+|ansluter|instämmer|"
    r"تؤيد|نؤيد|يؤيد|تنضم|ينضم)\b",
    re.IGNORECASE,
)
# Who thanks for a statement, or takes note of it, did not make it: "We thank Guyana for its statement".
_ANSWERS = (
    r"\b(?:thank\w*|not(?:e[ds]?|ing)|commend\w*|appreciat\w*|welcom\w*|refer\w*|recall\w*|listened|heard|hearing|echo\w*|concur\w*|agree\w*|grateful|"
    r"remerci\w+|(?:pren\w+|pris)\s+(?:bonne\s+)?note|not(?:er|ons)|salu\w+|félicit\w+|référ\w+|réfèr\w+|écouté\w*|entendu\w*|reconnaissant\w*|"
    r"agrade\w+|tom\w+\s+(?:debida\s+)?nota|refier\w+|referi\w+|referimos|felicit\w+|acog\w+|escuch\w+|oído|eco|"
    r"registamos|regist(?:ra)?mos|ouvi\w*|acolh\w+|dank\w+|kenntnis|begrüß\w+|verweis\w+|bezug|gehört|"
    r"ringrazi\w+|prend\w+\s+atto|accogli\w+|riferi\w+|ascoltat\w+|tackar?|noterar|hänvisar?|välkomnar|"
    r"благодар\w+|отмеча\w+|ссыла\w+|приветству\w+|выслуша\w+|نشكر|أشكر|يشكر|تشكر|نحيط\s+علما|أحطنا|نرحب|استمعنا|نشير|أشير)\b"
)
_TO_GIVE = (
    r"(?:deliver|mak|giv|present|read|speak|tak|prononc|fai[rst]|présent|livr|pronunci|hac|hag|present|proferi|faz|faç|halt|abgeb|abzugeben|vortrag|"
    r"pronunci|svolg|rend|hålla|framför|выступ|сдела|أدلي|ألقي|إلقاء|أتحدث|التحدث)\w*|\bthis|\bcette|\besta|\bdiese|\bquesta"
)
_OF_OTHERS = re.compile(rf"{_ANSWERS}(?:(?!\b(?:{_TO_GIVE})).)*?\b{STATEMENT}\b[^,;:]*$", re.IGNORECASE)
_STATEMENT_OF = re.compile(
    rf"\b{STATEMENT}\s+(?:[\w-]+\s+)?(?:{OF_A_STATE}\s+|d['’])(?P<whose>[^,;:]+)$", re.IGNORECASE
)
_BEHALF = re.compile(rf"\b{BEHALF}\s*(?P<whom>.+)", re.IGNORECASE | re.DOTALL)
_MEMBERS = (
    r"(?:(?:the\s+)?(?:\d{1,3}\s+)?(?:member\s+states|states\s+members|members|états\s+membres|estados\s+miembros|group)"
    r"\s+of\s+)?"
)
_WHOM = re.compile(
    rf"\W*(?:the|la|le|les|los|las|el|der|des|den|dos|das|o|a)?\s*{_MEMBERS}(?:the\s+)?$", re.IGNORECASE
)
_OWN_COUNTRY = re.compile(
    r"\b(?:my\s+country|country\s+(?:that\s+)?I\s+represent(?:\s+today)?|mon\s+pays|mi\s+país|meu\s+país|mein\s+Land|"
    r"mitt\s+land|il\s+mio\s+paese|моя\s+страна|моей\s+страны|بلادي)\s*,\s*(?P<country>.+)",
    re.IGNORECASE | re.DOTALL,
)
_PEOPLE = re.compile(
    r"\b(?:(?:greetings|salutations|salut|saludos?|saudações|grüße)\b[^.,]{0,60}?\b(?:from|of|du|del|do|da|vom)|"
    r"(?:on\s+behalf\s+of|au\s+nom|en\s+nombre|em\s+nome|a\s+nome)\b)\s*(?:[\w’'-]+\s+){0,5}?"
    r"(?:people|peuple|pueblo|povo|volk\w*|popolo)\s+(?:and\s+\w+\s+)?(?:of|du|de|des|del|do|da|di|d['’])\s*"
    r"(?P<country>.+)",
    re.IGNORECASE | re.DOTALL,
)
# One of these stands in all of the above, and a search for words alone is quick.
_SAYS_COUNTRY = re.compile(
    r"country|pays|país|land|paese|страна|страны|بلادي|people|peuple|pueblo|povo|volk|popolo", re.IGNORECASE
)
# What may stand before a state that is a sentence's subject: an article, a number, a clause and its comma.
_BEGINS = re.compile(
    r"\W*(?:\d{1,3}\W+)?(?:[^,]{3,80},\s+)?(?:(?:the|la|le|l['’]|el|los|las|die|der|das|il|o|a)\s*)?"
    r"(?:(?:government|people|delegation|gouvernement|gobierno|governo|regierung|d[ée]l[ée]gation|delegaci[óo]n)\s+(?:of|de|du|del|der|di|do|da|d['’])\s*(?:the\s+|la\s+|l['’])?)?",
    re.IGNORECASE,
)
_DOES = re.compile(rf"(?:['’]s?\s+(?-i:[a-z])|\s+(?:{SAYS})\b|(?:{SAYS}))", re.IGNORECASE)
_WE_IN = re.compile(
    r"\b(?:we\s+(?:in|of|the\s+people\s+of)|we,\s+|nous,?\s+(?:en|au|aux)|nosotros\s+en|wir\s+in|n[óo]s\s+em|noi\s+in|мы\s+в|"
    r"(?:my|our)\s+capacity\s+as\s+(?:the\s+)?[\w\s-]{3,40}\s+of|on\s+behalf\s+of\s+the\s+government\s+(?:and\s+people\s+)?of|"
    r"au\s+nom\s+du\s+gouvernement\s+(?:de|du)|en\s+nombre\s+del\s+gobierno\s+de)\s*(?:the\s+|la\s+|l['’])?(?:republic\s+of\s+)?$",
    re.IGNORECASE,
)
# A transcript's first turn: "The PRESIDENT OF THE REPUBLIC: Chairperson, …".
_TURN = re.compile(
    rf"\W*(?:the\s+|le\s+|la\s+|el\s+)?(?P<who>(?:{HONORIFIC}\s|{POST}\b)(?:[^:,.;]|(?<=\b[A-Z])\.){{0,80}}):\s+\S|"
    r"\W*(?P<member>(?:(?-i:[A-ZÀ-Þ])[\w.'’-]*\s+){1,4}\([^()]{2,60}\)):\s+\S",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    ("of", "the", "and", "for", "to", "de", "la", "du", "des", "del", "el", "los", "et", "y", "da", "do")
)
_TITLE_ALONE = re.compile(
    r"(?:the\s+)?(?:president|chair\w*|speaker|secretary-general|moderator)$", re.IGNORECASE
)


def spoken_forums(body: Sequence[Block], *, heading: Sequence[str] = ()) -> Iterator[Candidate[str]]:
    """Find the forums named by their number or their presiding officer, who speaks or is greeted."""
    for text in (*heading, *_first_texts(body)):
        for pattern in (_PRESIDES, _THIS):
            match = pattern.search(text)
            if match is None or (pattern is _PRESIDES and not _addresses(text, until=match.end("forum"))):
                continue
            forum = _forum_at(match["forum"], numbered=pattern is _THIS)
            if forum:
                kind = "presided over" if pattern is _PRESIDES else "this meeting"
                yield Candidate(forum, kind, _sentence_with(forum, text), LATER)


def _addresses(text: str, *, until: int) -> bool:
    """Tell whether words address an officer of this meeting: in a greeting, or with congratulations."""
    return len(text) < _LONGEST_GREETING or _CONGRATULATES.search(text, 0, until) is not None


def spoken_speakers(
    body: Sequence[Block], *, stateless: bool = True, title: str | None = None
) -> SpeakerCandidates:
    """Find who speaks, and for which group, by the first sentences.

    What a state says of itself there is asked only where the heading is ``stateless``.
    """
    texts = list(_first_texts(body))
    groups = [
        Candidate(found.value, "group in speech", found.evidence, LATER)
        for text in texts
        if (found := _group(text))
    ]
    speakers = [
        Candidate(found.value, "own country", found.evidence, LATER)
        for text in texts
        if (found := _own_country(text))
    ]
    # Further on a label names whoever is quoted.
    speakers += [turn for text in texts[:1] if (turn := _turn(text))]
    joint = _joint(texts, title=title)
    own = _own_sentences(texts) if stateless else None
    speakers += [Candidate(joint.value, "joint", joint.evidence, LATER)] if joint else []
    speakers += [Candidate(own.value, "own sentences", own.evidence, LATER)] if own else []
    return SpeakerCandidates(tuple(speakers), tuple(groups))


def _own_sentences(texts: Sequence[str]) -> Finding[Speaker] | None:
    """Return the state that is the subject of the first sentences: "Malta welcomes", "We in Malta".

    What a state is or has is said of others too, and counts where it is said twice or the state does
    something beside. Where two states are so as often as each other, neither is taken.
    """
    told: dict[str, list[tuple[Mention[Delegation], str]]] = {}
    for text in texts:
        for sentence in _SENTENCE.finditer(text):
            said = sentence[0].strip()
            found = _subject(said)
            if found:
                told.setdefault(found.value.code, []).append((found, said))
    told = {
        code: named
        for code, named in told.items()
        if len(named) > 1 or not all(_ONLY_IS.match(said, found.end) for found, said in named)
    }
    most = sorted(told.values(), key=len, reverse=True)
    if not most or (len(most) > 1 and len(most[0]) == len(most[1])):
        return None
    mention, said = most[0][0]
    return Finding(_of(mention), said)


def _subject(said: str) -> Mention[Delegation] | None:
    """Return the delegation that a sentence says does something, or that says "we" of itself."""
    for found in find_delegations(said)[:2]:
        before, after = said[: found.start], said[found.end :]
        if found.value.kind == "agency":
            continue
        if _WE_IN.search(before) or (_BEGINS.fullmatch(before) and _DOES.match(after)):
            return found
    return None


def _first_texts(body: Sequence[Block]) -> Iterator[str]:
    for block in body[:_FIRST_BLOCKS]:
        yield " ".join(" ".join(block.lines[:_MOST_LINES]).split())[:_LONGEST_LOOK]


def _forum_at(words: str, *, numbered: bool) -> str | None:
    """Return the forum that words begin with, one of the register or one with its number."""
    stop = _STOP.search(words)
    forum = opens_with_forum(words[: stop.start()] if stop else words)
    if forum is None or not (numbered or find_forums(forum)):
        return None
    end = max(
        *(word.end for word in find_forum_words(forum)), *(named.end for named in find_forums(forum)), 0
    )
    owner = _OWNER.match(forum, end)
    return forum[: owner.end() if owner else end]


def _sentence_with(words: str, text: str) -> str:
    return next((found[0].strip() for found in _SENTENCE.finditer(text) if words in found[0]), words)


def _group(text: str) -> Finding[Speaker] | None:
    """Return the group or the states for whom someone says to be speaking."""
    for sentence in _SENTENCE.finditer(text) if _BEHALF.search(text) else ():
        said = sentence[0].strip()
        match = _BEHALF.search(said)
        if match is None or not _SPEAKS.search(said) or not _FIRST_PERSON.search(said):
            continue
        if _is_others(said[: match.start()]):
            continue
        found = find_delegations(match["whom"])
        if not found or not _WHOM.match(match["whom"][: found[0].start]):
            continue
        several = _listed(match["whom"], found)
        if len(several) > 1 and not is_of_countries(found[0]):
            return Finding(Speaker(match["whom"][several[0].start : several[-1].end]), said)
        if found[0].value.kind in ("organisation", "agency"):
            group = _of(found[0])
            if (
                len(found) > 1 and found[1].value.code == group.code
            ):  # the name and, right behind it, the abbreviation
                group = replace(group, printed=match["whom"][found[0].start : found[1].end])
            return Finding(group, said)
    return None


def _is_others(before: str) -> bool:
    """Tell whether the words before "on behalf of" speak of a statement that someone else made."""
    if _JOINS.search(before) or _OF_OTHERS.search(before):
        return True
    named = _STATEMENT_OF.search(before)
    return named is not None and bool(find_delegations(named["whose"]))


def _own_country(text: str) -> Finding[Speaker] | None:
    for pattern in (_OWN_COUNTRY, _PEOPLE) if _SAYS_COUNTRY.search(text) else ():
        match = pattern.search(text)
        found = find_delegations(match["country"][:60]) if match else []
        if match and found and _WHOM.match(match["country"][: found[0].start]):
            return Finding(_of(found[0]), match[0][:120].strip(), Confidence.LOW)
    return None


def _turn(text: str) -> Candidate[Speaker] | None:
    """Return who has the floor where a text begins with a turn: "Hon. P. Moyo (Minister of Trade): …"."""
    match = _TURN.match(text)
    who = (match["who"] or match["member"]).strip() if match else ""
    if match is None or _TITLE_ALONE.match(who) or begins_with_greeting(match[0]):
        return None
    name = who.partition("(")[0].strip()
    if any(word[0].islower() and word not in _SMALL_WORDS for word in name.split()):
        return None
    if match["member"] and not is_name(name):
        return None
    state = names_only_delegation(who.removeprefix(name).strip(" ()"))  # "Ms. Ana Vega (Peru): …"
    found = read_candidate(Named(who if state else name, f"{who}:", LATER), "turn")
    return replace(found, value=replace(found.value, person=name)) if match["member"] else found


def _joint(texts: Sequence[str], *, title: str | None) -> Finding[Speaker] | None:
    """Return the states that begin a paragraph of what is titled a joint statement."""
    if title is None or not re.search(
        r"\b(?:joint|conjointe|commune|conjunta|gemeinsame|gemensamt)\b", title, re.IGNORECASE
    ):
        return None
    for text in texts:
        found = find_delegations(text)
        several = _listed(text, found)
        if len(several) > 2 and not text[: several[0].start].strip():
            printed = text[several[0].start : several[-1].end]
            return Finding(Speaker(printed), text[:200], Confidence.LOW)
    return None


def _listed(text: str, found: Sequence[Mention[Delegation]]) -> Sequence[Mention[Delegation]]:
    """Return the first of some mentions and those that follow it as in a list."""
    for number, (first, second) in enumerate(pairwise(found), 1):
        between = text[first.end : second.start].strip().casefold()
        if (
            not re.fullmatch(r"(?:,|and|,\s*and|et|y|e|und|och|&|и|و)?(?:\s*(?:the|la|le|les))?", between)
            or not between
        ):
            return found[:number]
    return found


def _of(mention: Mention[Delegation]) -> Speaker:
    return Speaker(mention.text, delegation=mention.value.name, code=mention.value.code)
