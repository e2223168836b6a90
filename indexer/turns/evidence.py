"""Whether a text is a record of many speakers, and where each of them begins.

One who quotes others, an interview, a list of those present and a text with headings such as
"Climate change:" have labels too. A record is told by what its labels are, by names that come again, by
bodies in which somebody speaks, and by nobody speaking before the first of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from onrecord.indexer.limits import check_time
from onrecord.indexer.paragraphs.greetings import begins_with_greeting, is_greeting
from onrecord.indexer.paragraphs.line_joining import Line
from onrecord.indexer.paragraphs.sentences import ends_sentence
from onrecord.indexer.turns.kinds import Kind, is_office_word
from onrecord.indexer.turns.label import Label, asks, labels_at, names_alone
from onrecord.indexer.turns.words import is_any, is_spoken

__all__ = ["Opening", "Verdict", "judge", "with_labels_first"]

_SURE = frozenset({Kind.CHAIR, Kind.TITLED, Kind.OFFICE, Kind.STATE})
_NAMED = _SURE | {Kind.BRACKET}
_QUOTES = "“\"„«‘'‹「『"
# A label goes on over as many lines as this.
_MOST_LINES = 3
# Signs of a body that are looked at, and a line shorter than this part of the one before it ended on purpose.
_LOOK_AT, _SHORT = 1500, 0.75
# Somebody speaks before the first label in a sentence of so many words.
_SENTENCE = 10
# Of the bodies, those that hold a sentence, and those in which somebody speaks.
_MOST_END, _SOME_SPEAK = 0.5, 0.25
# Of bodies behind names alone more are spoken, and few have the name of the one before.
_MANY_SPEAK, _FEW_REPEAT = 0.3, 0.3
_SENTENCE_END = re.compile(r"[.!?…][”\"’)]?\s+(?=[^\W\d_])")
_FAR = 120
# A title that no table knows and a name have so many words.
_UNKNOWN_WORDS = range(3, 7)
_MARKS = (":", ".", "–", "|", "○", "")


_Found = tuple[Label, int, int]


class Verdict(Enum):
    """What the labels of a text make of it."""

    ONE = "one"  #: of one speaker, as far as labels say
    MANY = "many"  #: a record that can be parted
    UNSURE = "unsure"  #: of several, and nobody's: whose words are whose cannot be told


@dataclass(frozen=True, slots=True)
class Opening:
    """A label where it stands: the line it begins on, how many more it takes, what follows it.

    ``certain`` is False where someone may begin to speak, and it cannot be told who.
    """

    label: Label
    at: int
    more: int
    body: str
    certain: bool = True

    @property
    def calls(self) -> bool:
        """Tell whether someone is called upon: "Mr. Prime Minister", "Ms. Lind,"."""
        return self.label.words.endswith(",") or any(map(is_office_word, self.label.name.split()[1:]))

    @property
    def quoted(self) -> bool:
        """Tell whether what follows is a quotation, so that nobody may have the floor."""
        return self.body[:1] in _QUOTES and self.body != ""


def with_labels_first(lines: Sequence[Line], openings: Sequence[Opening]) -> list[Line]:
    """Part the lines in the middle of which someone known begins to speak, as a page may set it."""
    known = {one.label.key for one in openings if one.label.kind in _SURE and one.label.mark == ":"}
    parted: list[Line] = []
    for line in lines:
        check_time()
        begin = 0
        for end in (found.end() for found in _SENTENCE_END.finditer(line.text)) if known else ():
            before = line.text[begin:end].rsplit(None, 1)[-1]
            if (
                len(before) < 3
                or not any(map(str.isalpha, before))
                or is_any(before, "honorific", "abbreviated")
                or ":" not in line.text[end : end + _FAR]
            ):
                continue
            if _is_known(line.text[end : end + 2 * _FAR], known):
                parted.append(line._replace(text=line.text[begin:end], gap=line.gap or begin > 0))
                begin = end
        parted.append(line._replace(text=line.text[begin:], gap=line.gap or begin > 0))
    return parted


def _is_known(text: str, known: set[str]) -> bool:
    """Tell whether words begin with the label of someone who speaks elsewhere, or who greets at once."""
    return any(
        label.mark == ":"
        and label.kind in _SURE
        and (not _addresses(label) or is_any(label.name.split()[-1], "speaker"))
        and (label.key in known or begins_with_greeting(text[label.length :]))
        for label in labels_at(text)
    )


def judge(lines: Sequence[Line]) -> tuple[Verdict, list[Opening]]:
    """Tell whether a text is a record, and where its turns begin."""
    every = _told_apart(_with_bodies(lines, _in_one_style(_found(lines), lines)))
    labelled = [one for one in every if one.certain]
    if len({one.label.key for one in labelled}) < 2 or _speaks(lines[: labelled[0].at]):
        return Verdict.ONE, []
    openings = _without_list_at_the_head(labelled)
    if len({one.label.key for one in openings}) < 2 or _speaks(lines[: openings[0].at]):
        return _doubt(labelled), []
    verdict = _verdict(openings)
    if verdict is not Verdict.MANY:
        return verdict, []
    return verdict, _with_unknown(list(_turns(_without_list_at_the_head(every))), lines)


def _found(lines: Sequence[Line]) -> dict[str, list[_Found]]:
    """Find the labels of a text by the sign at their end."""
    found: dict[str, list[_Found]] = {mark: [] for mark in _MARKS}
    taken = 0
    labelled = -1
    for at in range(len(lines)):
        check_time()
        if at < taken or lines[at].text.lstrip()[:1].islower():
            continue
        if at and at != labelled + 1 and not _may_begin(lines, at):
            continue
        for label, more in _labels(lines, at):
            found[label.mark].append((label, at, more))
            taken, labelled = at + more + 1, at + more
        alone = names_alone(lines[at].text) if lines[at].gap else None
        if alone is not None and alone.kind is not Kind.OFFICE:
            found[""].append((alone, at, 0))
    if not any(label.name == "Q" for label, _, _ in found[":"]):
        found[":"] = [one for one in found[":"] if one[0].name != "A" or one[0].words != "A."]
    named = {label.key for label, _, _ in found[""] if label.kind in _NAMED}
    found[""] = [one for one in found[""] if one[0].kind in _NAMED or one[0].key in named]
    return found


def _in_one_style(found: dict[str, list[_Found]], lines: Sequence[Line]) -> list[_Found]:
    """Return the labels with the sign that the record uses, and of the others those that are surely meant."""
    mark = max(_MARKS, key=lambda mark: sum(3 if one[0].kind in _NAMED else 1 for one in found[mark]))
    chosen = {at: (label, at, more) for label, at, more in found[mark]}
    named = {label.key for label, _, _ in found[mark] if label.kind in _NAMED}
    if mark and len(named) > 1:
        for label, at, more in (one for other in (":", ".", "–") for one in found[other]):
            if lines[at].gap and label.kind in _SURE and not _addresses(label) and _is_meant(label, named):
                chosen.setdefault(at, (label, at, more))
    return [chosen[at] for at in sorted(chosen)]


def _is_meant(label: Label, named: set[str]) -> bool:
    """Tell whether a label with another sign than most is one: it ends in capitals, or its name is known."""
    return label.mark == ":" or label.key in named or label.name.split()[-1].isupper()


def _labels(lines: Sequence[Line], at: int) -> Iterator[tuple[Label, int]]:
    """Yield the labels at a line; one that begins like an office or a title may go on below."""
    text, any_found = lines[at].text, False
    for label in labels_at(text):
        any_found = True
        yield label, 0
    first = text.split(None, 1)[0].lstrip("*_")
    if not any_found and is_any(first, "honorific", "article") and (asker := asks(text)):
        any_found = True
        yield asker, 0
    if any_found or not is_any(first, "honorific", "article", "office", "modifier"):
        return
    for more in range(1, _MOST_LINES):
        if at + more >= len(lines) or lines[at + more].gap or ":" in text:
            return
        length = len(text)
        text = f"{text} {lines[at + more].text.strip()}"
        for label in labels_at(text):
            if label.mark == ":" and label.length > length and label.kind in _NAMED:
                yield label, more
                return


def _may_begin(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a paragraph may begin with a line."""
    above = lines[at - 1].text.rstrip()
    return lines[at].gap or ends_sentence(above) or len(above) < _SHORT * len(lines[at].text)


def _with_bodies(lines: Sequence[Line], found: Sequence[_Found]) -> list[Opening]:
    openings = []
    ends = [*(at for _, at, _ in found), len(lines)][1:]
    for (label, at, more), end in zip(found, ends, strict=True):
        body = _head(lines, at, more)[label.length :].strip()
        for line in lines[at + more + 1 : end]:
            if len(body) > _LOOK_AT:
                break
            body = f"{body} {line.text.strip()}".strip()
        openings.append(Opening(label, at, more, body))
    return openings


def _head(lines: Sequence[Line], at: int, more: int) -> str:
    return " ".join([lines[at].text, *(line.text.strip() for line in lines[at + 1 : at + more + 1])])


def _told_apart(openings: list[Opening]) -> list[Opening]:
    """Leave out who is only addressed; whoever is quoted and never speaks otherwise is not certain."""
    speaking = {one.label.key for one in openings if not one.quoted}
    presided = any(one.label.kind is Kind.CHAIR and not _addresses(one.label) for one in openings)
    kept: list[Opening] = []
    for one in openings:
        if one.quoted and one.label.key not in speaking:
            one = replace(one, certain=False)
        if _addresses(one.label) and _calls(one.label, presided=presided, above=kept[-1:]):
            continue
        kept.append(one)
    return kept


def _addresses(label: Label) -> bool:
    """Tell whether a label may as well address someone: "Mr. President", "Señor Presidente"."""
    if label.asides or label.kind not in (Kind.CHAIR, Kind.OFFICE):
        return False
    return is_any(label.name.split()[0], "vocative")


def _calls(label: Label, *, presided: bool, above: Sequence[Opening]) -> bool:
    """Tell an address from the name of the chair: a speech begins with it, or someone else presides."""
    if above and not above[0].body:
        return True
    return presided and not is_any(label.name.split()[-1], "speaker")


def _without_list_at_the_head(openings: list[Opening]) -> list[Opening]:
    """Leave out labels such as "President: Mr. Osei" above the first who says a sentence."""
    begin = next((at for at, one in enumerate(openings) if _says(one)), len(openings))
    return openings[begin:]


def _says(opening: Opening) -> bool:
    """Tell whether somebody says something: a sentence, or words enough of his own."""
    words = len(opening.body.split())
    if words == 1 and len(opening.body) > _SENTENCE / 2:  # words that no spaces part
        return ends_sentence(opening.body) or is_spoken(opening.body)
    if words > 1 and _holds_sentence(opening.body):
        return True
    # "And so do we.": a stop behind a short word is one where somebody speaks.
    return (words >= _SENTENCE or (words > 2 and ends_sentence(opening.body))) and is_spoken(opening.body)


def _holds_sentence(body: str) -> bool:
    return any(ends_sentence(word) and len(word) > 3 for word in body.split()[:200])


def _speaks(lines: Sequence[Line]) -> bool:
    """Tell whether somebody speaks in the lines before the first label."""
    paragraph = ""
    for line in [*lines, Line("", None, gap=True)]:
        if line.gap and paragraph:
            long = len(paragraph.split()) >= _SENTENCE and ends_sentence(paragraph)
            if (long and is_spoken(paragraph)) or _greets(paragraph) or _addresses_all(paragraph):
                return True
            paragraph = ""
        if line.text and _greets(line.text):
            return True
        paragraph = f"{paragraph} {line.text.strip()}".strip()[:_LOOK_AT]
    return False


def _greets(text: str) -> bool:
    """Tell whether a text is an address and no more; what stands in brackets tells who is in the chair."""
    return text.lstrip()[:1] not in "([" and begins_with_greeting(text) and is_greeting(text)


def _addresses_all(text: str) -> bool:
    """Tell whether a speech begins: an address, and somebody who speaks."""
    return begins_with_greeting(text) and is_spoken(text)


def _verdict(openings: list[Opening]) -> Verdict:
    ended = sum(map(_says, openings)) / len(openings)
    spoken = sum(is_spoken(one.body) for one in openings) / len(openings)
    if ended < _MOST_END or spoken < _SOME_SPEAK:
        return _doubt(openings)
    return Verdict.MANY if _are_speakers(openings) else _doubt(openings)


def _doubt(openings: Sequence[Opening]) -> Verdict:
    """Tell whether labels name so many that what is said is nobody's as long as it cannot be parted."""
    names = _names(openings, lambda one: one.label.kind in _NAMED and not _addresses(one.label))
    if not openings[0].label.mark:  # names on lines of their own: in a list nobody speaks
        return Verdict.UNSURE if len(_names(openings, _speaks_below)) > 1 else Verdict.ONE
    several = len(names) > 2 or len(_names(openings, _has_state)) > 1 or _take_turns(openings)
    return Verdict.UNSURE if several else Verdict.ONE


def _speaks_below(opening: Opening) -> bool:
    """Tell whether a name on a line of its own is that of someone who speaks below it."""
    label = opening.label
    meant = label.kind in _SURE and not _addresses(label) and not opening.calls
    return meant and _says(opening) and is_spoken(opening.body)


def _has_state(opening: Opening) -> bool:
    return opening.label.kind is Kind.STATE


def _names(openings: Sequence[Opening], those: Callable[[Opening], bool]) -> Counter[str]:
    return Counter(one.label.key for one in openings if those(one))


def _are_speakers(openings: Sequence[Opening]) -> bool:
    """Tell by their names that labels name speakers; names on lines of their own are those of a list too."""
    if _is_interview(openings) or _is_examination(openings):
        return True
    spoken = sum(is_spoken(one.body) for one in openings)
    often = (_take_turns(openings) and spoken >= _MANY_SPEAK * len(openings)) or _answer(openings)
    if often or not openings[0].label.mark:
        return often
    sure = _names(openings, lambda one: one.label.kind in _SURE and not _addresses(one.label))
    if len(sure) > 1 and (sure.total() > 2 or len(_names(openings, _has_state)) > 1):
        return True
    named = _names(openings, lambda one: one.label.kind in _NAMED and not _addresses(one.label))
    presided = any(one.label.kind is Kind.CHAIR and not _addresses(one.label) for one in openings)
    if len(named) > 2 or (presided and len(named) > 1 and len(openings) > 2):
        return True
    greeted = sum(begins_with_greeting(one.body) for one in openings)
    delegations = _names(openings, lambda one: one.label.kind is Kind.DELEGATION)
    return len(delegations) > 2 and greeted * 3 > len(openings)


def _is_interview(openings: Sequence[Opening]) -> bool:
    """Tell whether someone who is named answers again and again: "Question:", "Minister Lind:"."""
    answers = Counter(
        two.label.key
        for one, two in pairwise(openings)
        if one.label.kind is Kind.ASKS and two.label.kind in _SURE
    )
    return any(times > 1 for times in answers.values())


def _is_examination(openings: Sequence[Opening]) -> bool:
    """Tell whether someone answers again and again before somebody named: "Q.", "A.", "Mr. Hall:"."""
    signs = [one.label.words[:2] for one in openings]
    answered = sum((one, two) == ("Q.", "A.") for one, two in pairwise(signs))
    return answered > 1 and any(one.label.kind in _SURE for one in openings)


def _answer(openings: Sequence[Opening]) -> bool:
    """Tell whether those whose names stand on lines of their own answer each other by turns.

    One of them comes again, or each speaks for a delegation.
    """
    if openings[0].label.mark or len(openings) < 3 or not all(map(_says, openings)):
        return False
    names = _names(openings, _speaks_below)
    by_turns = all(one.label.key != two.label.key for one, two in pairwise(openings))
    known = max(names.values(), default=0) > 1 or all(map(_has_state, openings))
    return by_turns and known and len(names) > 1 and names.total() > _MOST_END * len(openings)


def _take_turns(openings: Sequence[Opening]) -> bool:
    """Tell whether the same names come again by turns; "Source:" comes again too, and is one word."""
    others = _names(openings, lambda one: one.label.kind is not Kind.ASKS)
    whole = _names(openings, lambda one: one.label.kind in _NAMED or len(one.label.name.split()) > 1)
    again = [name for name, times in whole.items() if times > 1]
    if len(others) < 3 or len(again) < 2 or sum(others[name] for name in again) * 2 <= len(openings):
        return False
    repeated = sum(one.label.key == two.label.key for one, two in pairwise(openings))
    spoken = sum(is_spoken(one.body) for one in openings)
    return repeated <= _FEW_REPEAT * len(openings) or spoken > _MOST_END * len(openings)


def _with_unknown(openings: list[Opening], lines: Sequence[Line]) -> list[Opening]:
    """Add those between the turns who speak behind a title that no table knows: what they say is nobody's.

    A paragraph begins with some words of which the last two are a name, a colon, and somebody who speaks.
    """
    if openings[0].label.mark != ":":
        return openings
    begun = {at for one in openings for at in range(one.at, one.at + one.more + 1)}
    found = list(openings)
    for at in range(openings[0].at, len(lines)):
        check_time()
        unknown = _unknown(lines[at].text) if lines[at].gap and at not in begun else None
        if unknown is not None:
            body = lines[at].text[unknown.length :]
            opening = Opening(unknown, at, 0, body, certain=False)
            if not opening.quoted and ends_sentence(body) and (is_spoken(body) or begins_with_greeting(body)):
                found.append(opening)
    return sorted(found, key=lambda one: one.at)


def _unknown(text: str) -> Label | None:
    """Return the label that words may be of which the last two are a name: "Ministrs Juris Kalns:"."""
    head, colon, _ = text[:_FAR].partition(": ")
    tokens = head.split()
    if not colon or len(tokens) not in _UNKNOWN_WORDS or not tokens[0][0].isupper():
        return None
    if not all(one[0].isupper() and one.replace("-", "").isalpha() for one in tokens[-2:]):
        return None
    if any(is_any(word, "unsaid", "several", "asks", "particle") for word in tokens) or any(labels_at(text)):
        return None
    return Label(head.strip(), (), Kind.BARE, ":", len(head) + 2, f"{head.strip()}:")


def _turns(openings: Sequence[Opening]) -> Iterator[Opening]:
    """Yield the turns of a record.

    Words in capitals are a name where they come again, or where the record has names and no titles; two of
    them that come once may be one, and then what follows is nobody's.
    """
    times = _names(openings, lambda one: True)
    plain = [one for one in openings if one.label.kind is not Kind.CHAIR]
    untitled = sum(one.label.kind in (Kind.BARE, Kind.BRACKET) for one in plain) * 2 > len(plain)
    for one in openings:
        if one.label.kind is not Kind.BARE or times[one.label.key] > 1:
            yield one
        elif len(one.label.name.split()) > 1 or (one.label.mark == "." and one.label.name.isupper()):
            yield replace(one, certain=untitled and one.certain)
