"""Where a heading ends: at the greeting, at the first spoken sentence, or before it began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from onrecord.indexer.draft import Block
from onrecord.indexer.heading.forum import opens_with_forum
from onrecord.indexer.heading.person import read_person
from onrecord.indexer.heading.tidy import columns, tidy_blocks
from onrecord.indexer.heading.wording import (
    ADDRESS,
    AT,
    BEHALF,
    BY_AGENT,
    DELIVERED_BY,
    HONORIFIC,
    LETTERHEAD,
    NOTICE,
    POST,
    SAYS,
    SPOKEN,
    STATEMENT,
    WEEKDAY,
    is_statement_word,
    names_only_delegation,
    names_only_place,
    says_something,
)
from onrecord.indexer.paragraphs.greetings import (
    begins_with_greeting,
    calls_several,
    is_greeting,
    is_invocation,
)
from onrecord.indexer.register import find_forum_words, find_places
from onrecord.indexer.register.written_dates import FoundDate, find_dates

__all__ = ["LONGEST_LINE", "Line", "cut_heading", "waits_in_arabic"]

# No heading met in the samples has more lines, one word a line and letterhead included.
_LONGEST_HEADING = 40
# Nor more characters, in a line or in all. Some of the patterns of a heading take the time of the square of
# what they are put to, so that these keep the reading of a text of any size in proportion to it.
LONGEST_LINE, _MOST_CHARACTERS = 1000, 4000
# Blocks of fewer words are never taken for a spoken paragraph by their wording alone.
_SHORTEST_PROSE = 8
# A block of more words that is no title is a paragraph, whatever it says.
_LONGEST_BLOCK = 60

# A transcript names who takes the floor: "THE PRESIDENT:  Good morning."
# So does a record: "Mr. HILL of Ohio. Madam Speaker, I rise".
_TURN = re.compile(
    rf"\W*(?:(?:(?:the|le|la|el)\s+(?:[\w-]+\s+){{0,2}}?(?:{POST}|speaker|moderator|chair\w*)\b|(?:mrs?\.?|ms\.?|m\.|mme)\s)[^:]{{0,60}}:\s+\S|"
    r"(?:mrs?|ms|miss|dr)\.\s[^.:]{2,40}\.\s+(?:(?:mr|madam|mrs|ms)\.?\s+(?:speaker|president|chair\w*)|i\s)|"
    r"(?:mrs?|ms|miss|dr)\.\s(?-i:[A-Z][a-zA-Z]*[A-Z]+)(?:\s+of\s+[\w ]{3,20})?\.\s+\S)",
    re.IGNORECASE,
)
# Words of a sentence in which someone speaks; a heading has none of them, or one inside a theme.
_SPOKEN = re.compile(
    rf"""\b(?:(?-i:I)|we|our|my|us|me|is|are|was|were|has|have|had|will|would|must|can|it|this|that|these|
    they|let|allow |
    je|j|nous|notre|nos|est|sont|ont|cette|ces|ici|il|qui|que|avons|suis |
    yo|mi|me|nos|nuestr[oa]s?|está|están|ha|han|hoy|hemos|quiero|quisiera|este|esta|que|es |
    {SPOKEN})\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Someone begins to speak; a title such as "We the peoples" is shorter.
_SHORTEST_FIRST_PERSON = 5
_FIRST_PERSON = re.compile(
    r"\W*(?:(?-i:I)|we|je|nous|ich|wir|jag|eu|nós|io|noi|yo|nosotros|я|мы)\s+(?=(?-i:[^\W\d_A-ZÀ-ÞА-Я])|(?-i:[A-Z]+(?:\s+[A-Z]+)+))|\W*j['’]",
    re.IGNORECASE,
)
# A line that announces a statement may quote a theme that says "we". Who addresses a matter, or has
# remarks to
# make, announces none.
_ANNOUNCES = re.compile(
    rf"(?!\W*(?:we|our|my|i|to|let|in\s+(?:its|this|their)|these|this|that|it|they|nous|notre|nuestr[ao]s?|wir|unsere?)\b)"
    rf"(?:(?!(?:will|to|we|our|my|i|must|can|should|{SAYS})\b)[^\s.]+\s+){{0,4}}{STATEMENT}\b"
    r"(?!\s+(?:today|this|these|those|will|is|are|was|were|has|have|can|must|a|an|that|which)\b)",
    re.IGNORECASE,
)
_NOTICE_LINE = re.compile(rf"\W*{NOTICE}", re.IGNORECASE)
_NOTICE_SENTENCE = re.compile(rf"\b{NOTICE}[^.]*", re.IGNORECASE)
# A full stop after a whole word, and a quotation mark perhaps.
_STOPPED = re.compile(r"(?:[^\W\d_]{3}|\d|\))[.!?]{1,9}[”\"']?$")
_LONGEST_STOP = 13
# A sentence that is none of a heading has this many words.
_FEWEST_WORDS = 4
# What tells something in so many words may be spoken, whatever it holds; with no stop behind it, in more.
_FEWEST_TOLD, _FEWEST_UNENDED = 8, 20
# How lines of a heading begin: "Permanent Mission of", "Agenda item 10", "(also on behalf of".
_OF_HEADING = re.compile(
    rf"\W*(?:{HONORIFIC}\s|{POST}\b|(?:the\s+)?(?:{LETTERHEAD})\b|"
    rf"(?:under\s+)?(?:agenda\s+)?(?:item|point|tema|punto)\s+\d|"
    rf"(?:also\s+)?(?:{BEHALF})\b|{DELIVERED_BY}\s|delivered\s+on\b|(?:{AT})\s+(?=\S*\d)|"
    r"in\s+(?:response|reply)\s+to\b|in\s+exercise\s+of\b|en\s+r[ée]ponse\s+[àa]|en\s+respuesta\s+a|in\s+antwort\s+auf\b)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"\b{ADDRESS}", re.IGNORECASE)
# Signs are no words that could be counted; their full stop ends a sentence, and headings have none.
_IDEOGRAPHIC_SENTENCE = re.compile(r"[\u3400-\u9fff]{6}.*。|[\u3400-\u9fff]{3}。$")
# The end of a sentence of whole words, which "H.E. Mr." and "Hon. A. B." are not.
_SENTENCE_END = re.compile(r"[^\W\d_]{4,}[.!?]+(?=\s+[A-ZÀ-Þ])")


# A theme in quotation marks; so many blocks of it and behind it may stand before the dateline.
# How quotation marks open and, read from behind, close; two patterns, for one would try every pair of marks.
_OPENS_QUOTE = re.compile(r"[^\w“\"«„‘]*+[“\"«„‘]")
_CLOSES_QUOTE = re.compile(r"[^\w”\"»“’]*+[”\"»“’]")
_THEME, _LONGEST_THEME = 2, 4
_LONGEST_COLUMN = 16
# So far behind the first prose a heading may go on, and the number of its first block.
_LATE, _LATE_BLOCK = 6, 100
_FEWEST_BARS = 2
_LONGEST_HEADLINE, _BELOW_HEADLINE = 25, 4
_STOPS = (".", "!", "?", "…", ":", ",", ";", "。")
# "Delivered on: 2 March 2018", below a summary.
_LABELLED_DATE = re.compile(
    r"\W*(?:delivered\s+on|speech\s+date|date\s+of\s+(?:delivery|speech)|prononcé\s+le|pronunciado\s+el|gehalten\s+am|pronunciato\s+il)\s*:?\s",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(rf"\b{STATEMENT}\s+(?:\w+\s+){{0,3}}?{BY_AGENT}\s", re.IGNORECASE)
_AGENT = re.compile(rf"\b{BY_AGENT}\s+(?:the\s+|la\s+|le\s+|el\s+)?", re.IGNORECASE)
_ONE_CAPITAL = re.compile(r"\W*[^\W\d_](?:[^\W\d_A-ZÀ-ÞА-Я]|[\W_])+")
_TITLED_LINE = re.compile(rf"\W*(?:{HONORIFIC}\s|{POST}\b)", re.IGNORECASE)
_POST_ALONE = re.compile(rf"\W*(?:the\s+)?{POST}\b[^,;:.!?]{{0,80}},?\s*", re.IGNORECASE)
_NAMES_PERSON = re.compile(rf"(?:^\W*|\b{BY_AGENT}\s+)(?:{HONORIFIC})\s+\S", re.IGNORECASE)
_CASED = re.compile(r"[a-zà-ÿа-я]")
# A word with a small letter that a heading has not beside its facts.
_SMALL = re.compile(r"[a-zà-ÿа-яё’'-]{3,}")
_LEADS_OVER = re.compile(
    rf"(?:held|the|and|from|for|with|before|during|delivered|given|made|by|in|on|at|den|der|die|das|des|dem|vom|bei|von|und|lors|pour|dans|sur|les|"
    rf"une|del|las|los|por|para|con|durante|dos|das|pelo|pela|nel|alla|della|delle|vid|som|och|för|till|года|на|при|virtual|virtually|online|via|{WEEKDAY})",
    re.IGNORECASE,
)
# "The statement remains valid", "La déclaration reste valable".
_OF_ONE = re.compile(
    rf"\W*(?:the|this|that|a|an|la|le|cette|une|el|esta|una|die|der|diese|eine|o|il|lo|uma|esse|questa|эт[ао])\s+"
    rf"(?-i:[a-zà-ÿа-я]+\s+)?(?-i:(?=[a-zà-ÿа-я])){STATEMENT}\b",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"of|to|as|about|regarding|concerning|de|du|d|da|do|di|del|dei|dell|della|dello|delle|degli|dos|das|von|zu|zum|zur|im|an|als|au|aux|à|a|en|ante|al|av|i|под|перед|о|об|с"
)
# "Oslo, 2.5.2019 - Address of …": a release begins with its own city and day.
_DATELINE = re.compile(r"^[^–—]{3,40}\d{4}\)?\s+[-–—]\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
# "Den 13 mars 2023 höll socialminister Anna Berg ett anförande".
_NARRATED = re.compile(
    rf"\b(?:höll|levererade|hielt|gave|delivered|a\s+prononcé|pronunció|proferiu|ha\s+pronunciato)\b[^.]*\b{STATEMENT}\b|"
    rf"^\W*(?:(?!(?:{SAYS})\b)[\w'’-]+\s+){{0,3}}{STATEMENT}\b[^.]*\b(?:delivered|given|prononc[ée]+e?|pronunciad[oa]|gehalten|framför\w+)\s+(?:by|on\s+behalf|par|por|von|av)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the heading, and the block it stands in, counted from 0."""

    text: str
    block: int
    title: bool = False


def cut_heading(blocks: Sequence[Block]) -> tuple[tuple[Line, ...], tuple[Block, ...]]:
    """Cut a text into the lines of its heading and the blocks that were spoken.

    A text that begins with its first sentence, or with lines that say nothing a
    heading says, has no heading: all of it is spoken.
    """
    printed, blocks = blocks, tidy_blocks(blocks[:_LONGEST_HEADING], lines=_LONGEST_HEADING)
    lines = list(_lines_before_speech(blocks))
    if _greets_after(blocks, count=len(lines)):
        lines = lines[: _round_of_protocol(lines)]
    told = [number for number, line in enumerate(lines, 1) if line.title or says_something(line.text)]
    if not told:
        return tuple(_run_in_heading(blocks)), tuple(printed)
    greeted = _greets_after(blocks, count=len(lines))
    keep = len(lines) if greeted else told[-1]
    heading = [*lines[:keep], *_late_heading(blocks, count=keep)]
    said = _lines_without_speech(lines[:keep])
    body = tuple(_without(printed, count=said))
    return tuple(heading), body or tuple(_without(printed, count=_lines_before_a_stop(lines[:said])))


def _lines_before_a_stop(lines: Sequence[Line]) -> int:
    """Count the lines before the first that ends as a sentence does: a text is not all heading with one."""
    stopped = (at for at, line in enumerate(lines) if line.text.endswith((".", "!", "?", "。")))
    return next(stopped, len(lines))


def _lines_without_speech(lines: Sequence[Line]) -> int:
    """Count the lines before the first that may have been spoken, which is read and not cut off."""
    for number, line in enumerate(lines):
        rest = " ".join(other.text for other in lines[number:] if other.block == line.block)
        if not line.title and _may_be_spoken(line.text, rest):
            return number
    return len(lines)


def _may_be_spoken(line: str, rest: str) -> bool:
    """Tell whether a line and the rest of its block tell something, though it may be a day or a forum too."""
    words = len(rest.split())
    ended = rest.rstrip().endswith((".", "!", "?", "…", ":"))
    if words < (_FEWEST_TOLD if ended else _FEWEST_UNENDED):
        return False
    if not ended and _opens_heading_line(line) and not _spoken_words(rest):
        return False
    begins = len(line.split()) >= _SHORTEST_PROSE and _tells(line)
    return begins and not _announces(rest) and not _NOTICE_LINE.match(rest) and _tells(rest)


def _opens_heading_line(line: str) -> bool:
    """Tell whether a line begins as one of a heading does: with a post, a letterhead, a forum, an item."""
    return (
        _OF_HEADING.match(line) is not None
        or _ADDRESS.search(line) is not None
        or opens_with_forum(line) is not None
    )


def is_spoken(text: str) -> bool:
    """Tell whether a run of lines is a paragraph of speech rather than part of a heading."""
    if len(text) > _MOST_CHARACTERS:
        return True
    count = len(text.split())
    if count >= _SHORTEST_FIRST_PERSON and _FIRST_PERSON.match(text) and not is_statement_word(text):
        return True
    if (
        count > _LONGEST_BLOCK
        or _TURN.match(text)
        or _is_sentence(text)
        or _IDEOGRAPHIC_SENTENCE.search(text)
    ):
        return True
    if count < _SHORTEST_PROSE:
        return False
    spoken = _spoken_words(text)
    if spoken:  # "talet är på engelska" says what was spoken and was not
        spoken = _spoken_words(_NOTICE_SENTENCE.sub("", text))
    sentences = len(_SENTENCE_END.findall(text))
    ends = text.rstrip().endswith((".", "!", "?", "…", ":"))
    return spoken >= 2 or (spoken == 1 and ends and not _ANNOUNCES.match(text)) or sentences >= 3


def _spoken_words(text: str) -> int:
    """Count the words that are spoken.

    One with a capital in the middle of a title is the title's: "to Have".
    """
    found = (match for match in _SPOKEN.finditer(text))
    small = not text.isupper()
    return sum(
        1
        for match in found
        if not small or match[0][0].islower() or match[0] == "I" or (not match.start() and len(match[0]) > 1)
    )


def _is_sentence(text: str) -> bool:
    """Tell whether a text is a plain sentence: it ends like one and announces no statement, day or notice."""
    words = text.split()
    stopped = len(words) >= _FEWEST_WORDS and _STOPPED.search(words[-1][-_LONGEST_STOP:]) is not None
    if not stopped or _announces(text) or _NOTICE_LINE.match(text):
        return False
    return not find_dates(text) or _tells(text)


def _announces(text: str) -> bool:
    """Tell whether a sentence announces a statement, rather than speaks of one: "The statement stands"."""
    text = _DATELINE.sub("", text)
    match = _ANNOUNCES.match(text)
    if match is None or _OF_ONE.match(text):
        return False
    # A sentence has a verb, or names nobody with a capital.
    told = _STOPPED.search(text) and (_spoken_words(text) or _ONE_CAPITAL.fullmatch(text))
    if told and not (find_dates(text) or _names_giver(text)):
        return False
    after = re.match(r"\s+(?P<word>[a-zà-ÿа-яё]+)\b", text[match.end() :])
    return after is None or any(leads.fullmatch(after["word"]) for leads in (_LEADS_ON, _LEADS_OVER))


def _names_giver(text: str) -> bool:
    """Tell whether a title or a delegation is named behind "by": "Briefings by the experts" names nobody."""
    return any(
        _TITLED_LINE.match(text, agent.end()) or names_only_delegation(text[agent.end() :].split(",")[0])
        for agent in _AGENT.finditer(text)
    )


def _tells(text: str) -> bool:
    """Tell whether a sentence with a date tells something rather than where and when a statement was given.

    Beside the date, the city, the forum and who spoke, a heading has hardly a small word; a sentence has a
    verb. Who is
    told to have given a statement is named by a heading.
    """
    if _NOTICE_SENTENCE.search(text) or _NARRATED.search(text):
        return False
    cased = _CASED.search(text) is not None
    for mentions in (find_dates(text), find_forum_words(text), find_places(text)):
        for found in mentions:
            printed = found.evidence if isinstance(found, FoundDate) else found.text
            text = text.replace(printed, " ")
    if not cased:
        return len(_WORD.findall(text)) >= _FEWEST_WORDS - 1 and not is_statement_word(text)
    return any(
        _SMALL.fullmatch(word) and not _LEADS_OVER.fullmatch(word) for word in re.findall(r"[\w’'-]+", text)
    )


def _late_heading(blocks: Sequence[Block], *, count: int) -> Iterator[Line]:
    """Yield the lines of a heading that follow what looked like prose: a quotation, a notice of the site.

    They are read, and stay in the text, for nothing that may have been spoken is thrown away.
    """
    rest = list(_without(blocks, count=count))
    if not rest or _greets(rest[0]):
        return
    for place, block in enumerate(rest[1:_LATE], 1):
        text = " ".join(block.lines)
        person = rest[place + 1] if place + 1 < len(rest) else None
        told = [line for line in block.lines if _LABELLED_DATE.match(line) and find_dates(line)]
        if told:
            yield from (Line(line, _LATE_BLOCK + place) for line in told)
            return
        if _INTRODUCED.search(text) and find_dates(text) and _ANNOUNCES.match(text):
            yield from (Line(line, _LATE_BLOCK + place) for line in block.lines)
            return
        if (
            find_dates(text)
            and is_statement_word(text)
            and len(text.split()) <= _SHORTEST_PROSE
            and person
            and not is_spoken(text)
        ):
            yield from (Line(line, _LATE_BLOCK + place) for line in block.lines)
            if _TITLED_LINE.match(person.lines[0]) and not is_spoken(" ".join(person.lines)):
                yield from (Line(line, _LATE_BLOCK + place + 1) for line in person.lines)
            return


def _run_in_heading(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield the first columns of a line in which the speech goes on behind the heading.

    They are read, and stay in the text.
    """
    for block in blocks[:_THEME]:
        parts = columns(block.lines[0][:LONGEST_LINE])
        found = list(
            takewhile(lambda part: not is_spoken(part) and len(part.split()) <= _LONGEST_COLUMN, parts)
        )
        if len(parts) > len(found) > 1 and any(map(says_something, found)):
            yield from (Line(part, 0) for part in found)
            return


def _greets(block: Block) -> bool:
    return _begin_with_greeting(block.lines)


def _begin_with_greeting(lines: Sequence[str]) -> bool:
    """Tell whether lines begin with a greeting, which may be broken over two of them."""
    return (
        begins_with_greeting(lines[0]) or calls_several(lines[0]) or begins_with_greeting(" ".join(lines[:2]))
    )


def _lines_before_speech(blocks: Sequence[Block]) -> Iterator[Line]:
    """Yield lines until a greeting, a spoken paragraph or the longest heading there is."""
    seen = length = quoted_until = 0
    previous = ""
    for number, block in enumerate(blocks):
        invoked = number == 0 and len(blocks) > 1 and is_invocation(block.lines[0])
        unsaid = block.lines if invoked else _before_greeting(block, previous=previous)
        greets = len(unsaid) < len(block.lines)
        said = " ".join(unsaid[:_LONGEST_HEADING])
        if number < quoted_until:
            for line in unsaid:
                seen += 1
                yield Line(line, number, block.title)
            continue
        theme = _blocks_of_theme(blocks[number:]) if seen else 0
        quoted = theme > 0 and _heads_on(blocks[number + theme :])
        quoted_until = number + theme if quoted else quoted_until
        rows = [line for row in blocks[number : number + 2] for line in row.lines]
        headline = block.title or quoted or (number == 0 and _is_headline(blocks))
        if not headline and (_is_table(rows) or _is_speech(said, greets=greets)):
            return
        for line in unsaid:
            seen, length = seen + 1, length + len(line)
            if seen > _LONGEST_HEADING or len(line) > LONGEST_LINE or length > _MOST_CHARACTERS:
                return
            previous = line
            yield Line(line, number, block.title)
        if greets:
            return


def _blocks_of_theme(blocks: Sequence[Block]) -> int:
    """Return how many blocks a theme in quotation marks takes, 0 where none begins here."""
    for count in range(1, _LONGEST_THEME + 1):
        if _is_quoted(" ".join(line for block in blocks[:count] for line in block.lines)):
            return count
    return 0


def _is_quoted(text: str) -> bool:
    """Tell whether no word stands outside of quotation marks.

    >>> _is_quoted("“Harbours for all”."), _is_quoted("on “Harbours for all”")
    (True, False)
    """
    opens, closes = _OPENS_QUOTE.match(text), _CLOSES_QUOTE.match(text[::-1])
    return opens is not None and closes is not None and opens.end() + closes.end() <= len(text)


def _heads_on(blocks: Sequence[Block]) -> bool:
    """Tell whether a day or a city follows what was quoted, so that it is a theme and the heading goes on."""
    for block in blocks[:_THEME]:
        text = " ".join(block.lines)
        if _greets(block) or is_spoken(text):
            return False
        if find_dates(text) or names_only_place(text):
            return True
    return False


def _is_headline(blocks: Sequence[Block]) -> bool:
    """Tell whether a text begins with a headline, though it speaks: no stop, and the heading goes on below.

    So with "High Commissioner: human rights are the path out of this" above "Geneva, 3 May 2021".
    """
    text = " ".join(blocks[0].lines)
    if len(text.split()) > _LONGEST_HEADLINE or text.rstrip().endswith(_STOPS):
        return False
    for block in blocks[1:_BELOW_HEADLINE]:
        if is_spoken(" ".join(block.lines)) or _begin_with_greeting(block.lines):
            return False
        if says_something(block.lines[0]):
            return True
    return False


def _is_table(lines: Sequence[str]) -> bool:
    """Tell whether lines are rows of a table: as many columns in each, three at least.

    >>> _is_table(["State | Signed | Ratified", "Malta | 2008 | 2009"]), _is_table(["Fiji | Ana Lee | Chair"])
    (True, False)
    """
    columns = {line.count(" | ") for line in lines}
    return len(lines) > 1 and len(columns) == 1 and min(columns) >= _FEWEST_BARS


def _is_speech(text: str, *, greets: bool) -> bool:
    """Tell whether lines are speech; before a greeting in the same block one spoken word shows it."""
    return is_spoken(text) or (greets and _spoken_words(text) > 0)


def _before_greeting(block: Block, *, previous: str) -> tuple[str, ...]:
    """Return the lines of a block that stand before its greeting: all of them where it has none."""
    if block.title:
        return block.lines
    for number in range(min(len(block.lines), _LONGEST_HEADING)):
        before = block.lines[number - 1] if number else previous
        line = block.lines[number]
        greets = not _hangs(before) and _begin_with_greeting(block.lines[number : number + 2])
        if greets and not (_is_post_of(before, line) or _names_below_statement(before, line)):
            return block.lines[:number]
    return block.lines


def _is_post_of(before: str, line: str) -> bool:
    """Tell whether a line is the post of the person whom the line before it names, and calls nobody.

    >>> _is_post_of("Statement by Mr. Luis Vega", "Chairperson"), _is_post_of("Geneva, 3 May", "Chairperson,")
    (True, False)
    """
    return (
        _POST_ALONE.fullmatch(line) is not None
        and _NAMES_PERSON.search(before) is not None
        and not begins_with_greeting(before)
    )


# Longer than "delivered by" with its spaces.
_LONGEST_HANGING = 20
_HANGING = re.compile(
    r"(?:\b(?:by|of|from|de|du|par|por|del|at|the|and|et|y|delivered by)|:)\s*$", re.IGNORECASE
)


# "كلمة" above "سعادة السفير …": in Arabic a title before a name is that of a greeting, too.
_STATEMENT_IN_ARABIC = re.compile(rf"\W*(?=[\u0600-\u06ff]){STATEMENT}\W*")
_CALLED = re.compile(r"[،,:!]\s*$")


def waits_in_arabic(line: str) -> bool:
    """Tell whether a line is the Arabic word for a statement alone, which whose it is follows."""
    return _STATEMENT_IN_ARABIC.fullmatch(line) is not None


def _names_below_statement(before: str, line: str) -> bool:
    """Tell whether a line below the word for a statement names in Arabic who gave it, and calls nobody."""
    return waits_in_arabic(before) and not _CALLED.search(line)


def _hangs(line: str) -> bool:
    """Tell whether a line waits for the next one, which then greets nobody."""
    return _HANGING.search(line[-_LONGEST_HANGING:]) is not None


def _round_of_protocol(lines: Sequence[Line]) -> int:
    """Return where those begin who are called by name right above the greeting.

    A name below a line that waits for it, with "by" or a comma, is the speaker's.
    """
    begin = len(lines)
    while begin and is_greeting(lines[begin - 1].text) and not _is_of_speaker(lines[:begin]):
        begin -= 1
    announced = any(_announces_person(line.text) for line in lines)
    while announced and begin and _is_called(lines[begin - 1]) and not _is_of_speaker(lines[:begin]):
        begin -= 1
    above = lines[begin - 1].text if begin else ""
    return len(lines) if _hangs(above) or above.endswith(",") else begin


def _announces_person(text: str) -> bool:
    """Tell whether a line says by whom a statement is, and more than the state: the person may come below."""
    introduced = _INTRODUCED.search(text)
    return introduced is not None and not names_only_delegation(text[introduced.end() :])


def _is_of_speaker(lines: Sequence[Line]) -> bool:
    """Tell whether the last line is a title, the post of whom the line above names, or the name to a post."""
    if lines[-1].title or len(lines) == 1:
        return lines[-1].title
    above = lines[-2].text
    introduced = _INTRODUCED.search(above)
    waits = introduced is not None and read_person(above[introduced.end() :]).name is None
    return (waits and _announces_person(above)) or _is_post_of(above, lines[-1].text)


def _is_called(line: Line) -> bool:
    """Tell whether a line right above the greeting names a person who is greeted too.

    It can only be asked where the speaker is known.
    """
    text = line.text
    titled = _TITLED_LINE.match(text) is not None or re.match(
        r"\W*(?:justice|professor|chairman)\s", text, re.IGNORECASE
    )
    return bool(titled) and not (
        line.title or is_statement_word(text) or find_dates(text) or find_forum_words(text)
    )


def _greets_after(blocks: Sequence[Block], *, count: int) -> bool:
    """Tell whether the line after the first ``count`` lines is a greeting."""
    rest = next(iter(_without(blocks, count=count)), None)
    return rest is not None and _greets(rest)


def _without(blocks: Sequence[Block], *, count: int) -> Iterator[Block]:
    """Yield the blocks without their first ``count`` lines, cutting one in two where need be."""
    for block in blocks:
        if count >= len(block.lines):
            count -= len(block.lines)
        elif count:
            line = block.line + count if block.stacked else block.line
            yield replace(block, lines=block.lines[count:], line=line, title=False)
            count = 0
        else:
            yield block
