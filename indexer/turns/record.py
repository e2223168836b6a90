"""A record of many speakers as its turns: one statement a turn, in whatever file it lies.

The record tells forum, date and place in the lines above the first turn. What stands between two turns and
was said by nobody is left out where it is certain: what is in brackets, and short lines without a
stop at the end of a turn, which are the title of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, numbered
from onrecord.indexer.formats.verbatim.floor import language_in
from onrecord.indexer.formats.verbatim.told import is_told_alone, lists_votes
from onrecord.indexer.paragraphs.greetings import is_closing, is_greeting
from onrecord.indexer.paragraphs.line_joining import Line, lines_of
from onrecord.indexer.paragraphs.notes import notes_by_turn
from onrecord.indexer.paragraphs.sentences import ends_sentence
from onrecord.indexer.paragraphs.splitting import split_paragraphs
from onrecord.indexer.statement import Metadata, Paragraph
from onrecord.indexer.turns.evidence import Opening, Verdict, judge, with_labels_first
from onrecord.indexer.turns.kinds import Kind
from onrecord.indexer.turns.label import Label
from onrecord.indexer.turns.speaker import group_of, role_of, speaker_of
from onrecord.indexer.turns.words import is_any, is_spoken

__all__ = ["turns_of"]

_ASIDE = re.compile(r"[(\[（](?:[^()\[\]（）]|[(\[（][^()\[\]（）]{0,100}[)\]）]){1,200}[)\]）][.!]?")
# The time at which someone begins, or at which all ends: "10:15", "END 4:15 P.M.".
_TIME = re.compile(
    r"(?:(?:END|FIN|ENDE|FINE|FIM|SLUT|КОНЕЦ)\s+)?\d{1,2}(?:[:.h]\d\d){1,2}(?:\s?[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
# What stands between a label and what is said, and the signs that end a label.
_LABEL_END = re.compile(r"[\s)\]）.:：*_–—|-]*")
_ENDS = {":": ":：", ".": ".", "–": "–—-", "|": "|", "": ""}
# The longest line of a title, and the most lines that one takes.
_TITLE_LINE, _TITLE_LINES = 110, 8
# Those who call out are named in no more words.
_CALLING = 5
# What nobody is named for has been said by someone where it is a sentence as long as this.
_SENTENCE = 60


def turns_of(draft: Draft) -> list[Draft] | None:
    """Return the turns of a record that is one draft; None where it is no record.

    A record that cannot be parted comes back as the one draft that it is, with nobody's words.
    """
    if draft.unparted and draft.paragraphs is not None and draft.declared.speaker is None:
        return _turns_in(draft, draft.paragraphs)
    if not draft.headed or draft.paragraphs is not None or draft.declared.speaker is not None:
        return None
    lines = lines_of(draft.blocks)
    verdict, openings = judge(lines) if lines else (Verdict.ONE, [])
    if verdict is Verdict.MANY:
        parted = with_labels_first(lines, openings)
        again, more = judge(parted) if len(parted) > len(lines) else (Verdict.ONE, [])
        record = _Record(draft, parted, more) if again is Verdict.MANY else _Record(draft, lines, openings)
        return list(record.turns())
    return [replace(draft, of_many=True)] if verdict is Verdict.UNSURE else None


def _turns_in(draft: Draft, paragraphs: tuple[Paragraph, ...]) -> list[Draft] | None:
    """Return the turns of paragraphs that a source gives and that begin with labels, as captions do."""
    verdict, openings = judge([Line(one.text, one.line, gap=True) for one in paragraphs])
    if verdict is not Verdict.MANY:
        return [replace(draft, unparted=False, of_many=True)] if verdict is Verdict.UNSURE else None
    before = paragraphs[: openings[0].at]
    turns = [replace(draft, paragraphs=_numbered(before), key_in_file="0", unparted=False)] if before else []
    asked = any(one.label.kind is Kind.ASKS for one in openings)
    ends = [*(one.at for one in openings[1:]), len(paragraphs)]
    for number, (opening, end) in enumerate(zip(openings, ends, strict=True), start=1):
        said = _without_asides(_without_label(list(paragraphs[opening.at : end]), opening.label))
        if said:
            facts = _facts_of(opening, presided=not asked, year=None).over(draft.declared)
            own = replace(draft, declared=facts, paragraphs=_numbered(said))
            turns.append(replace(own, key_in_file=str(number), unparted=False))
    return turns


def _facts_of(opening: Opening, *, presided: bool, year: int | None) -> Metadata:
    """Return what the label of a turn says: who speaks, as what, for whom and in which language."""
    label = opening.label if opening.certain else None
    return Metadata(
        speaker=speaker_of(label, year=year) if label else None,
        speaker_role=role_of(label, presided=presided) if label else None,
        on_behalf_of=group_of(label) if label else None,
        original_language=language_in(opening.label.asides),
    )


def _numbered(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    return numbered(
        SpokenParagraph(one.text, line=one.line, printed=one.printed, page=one.page) for one in paragraphs
    )


@dataclass(slots=True)
class _Record:
    """A record: its lines, and where the turns begin."""

    draft: Draft
    lines: Sequence[Line]
    openings: Sequence[Opening]

    def turns(self) -> Iterator[Draft]:
        """Yield what stands before the first turn, if it was said, and each turn, with the notes in it."""
        parted = list(self._turns())
        notes = notes_by_turn(self.draft.notes, [begin for begin, _ in parted])
        for (_, turn), own in zip(parted, notes, strict=True):
            yield replace(turn, notes=own) if own else turn

    def _turns(self) -> Iterator[tuple[int, Draft]]:
        """Yield turns, and with each the line on which it begins, or the title above it."""
        facts, before = self._facts()
        unnamed = [one for one in before if len(one.text) >= _SENTENCE and ends_sentence(one.text)]
        if unnamed:
            yield 1, self._draft(facts, unnamed, key="0")
        title, titled = facts.title, None
        # Before reporters nobody presides: "THE PRESIDENT" is one of a state.
        asked = any(one.label.kind is Kind.ASKS for one in self.openings)
        year = facts.date.value.year if facts.date else None
        for number, (opening, said) in enumerate(zip(self.openings, self._said(), strict=True), start=1):
            spoken = _without_decision(_without_asides(said), opening.label)
            kept, following = _without_title(spoken)
            known = replace(_facts_of(opening, presided=not asked, year=year), title=title)
            if kept:
                yield titled or self._line(opening.at), self._draft(known.over(facts), kept, key=str(number))
            title = following or title
            titled = spoken[len(kept)].line if following else None

    def _line(self, at: int) -> int:
        """Return the number of a line, or of the nearest one above it that has a number."""
        return next((line.number for line in reversed(self.lines[: at + 1]) if line.number), 1)

    def _facts(self) -> tuple[Metadata, tuple[Paragraph, ...]]:
        """Read what stands above the first turn; who speaks it does not say."""
        from onrecord.indexer.heading import read_heading

        begin = self.openings[0].at
        above = _blocks(self.lines[:begin], self.draft.blocks)
        heading = read_heading(above)
        facts = heading.metadata
        if self.draft.letterhead:
            facts = facts.over(read_heading((*self.draft.letterhead, *above)).metadata)
        of_record = replace(facts, speaker=None, on_behalf_of=None, delivered_by=None)
        return of_record, split_paragraphs(heading.body)

    def _draft(self, facts: Metadata, paragraphs: Sequence[Paragraph], *, key: str) -> Draft:
        said = (SpokenParagraph(one.text, line=one.line, printed=one.printed) for one in paragraphs)
        return Draft(
            (),
            self.draft.declared.over(facts),
            headed=False,
            paragraphs=numbered(said),
            key_in_file=key,
            pages=self.draft.pages,
        )

    def _said(self) -> list[list[Paragraph]]:
        """Split the turns together, for they share one layout; or each by itself where that tells no ends."""
        turns = [self._lines_of(number) for number in range(len(self.openings))]
        together = split_paragraphs(_runs([line for turn in turns for line in turn]))
        found: list[list[Paragraph]] = []
        waiting = iter([*self.openings, None])
        opening = next(waiting)
        for paragraph in together:
            if opening is not None and _opens(paragraph.text, opening.label):
                found.append([])
                opening = next(waiting)
            if found:
                found[-1].append(paragraph)
        if len(found) != len(turns):
            found = [list(split_paragraphs(_runs(turn))) for turn in turns]
        return [_without_label(said, one.label) for said, one in zip(found, self.openings, strict=True)]

    def _lines_of(self, number: int) -> list[Line]:
        """Return the lines of a turn, of which the first begins with its label."""
        opening = self.openings[number]
        end = self.openings[number + 1].at if number + 1 < len(self.openings) else len(self.lines)
        first = self.lines[opening.at]
        head = " ".join(line.text.strip() for line in self.lines[opening.at : opening.at + opening.more + 1])
        begin = head.find(opening.label.words[:1])
        own = [first._replace(text=head[max(begin, 0) :], gap=True)]
        rest = list(self.lines[opening.at + opening.more + 1 : end])
        if opening.label.length >= len(head) and rest:
            rest[0] = rest[0]._replace(gap=True)
        return own + rest


def _after_words(text: str, label: Label) -> str | None:
    """Return what follows the words of a label, whose spaces may have changed; None without them."""
    waiting, at = "".join(filter(str.isalnum, label.words)), 0
    for sign in waiting:
        while at < len(text) and not text[at].isalnum():
            at += 1
        if text[at : at + 1] != sign:
            return None
        at += 1
    return text[at:]


def _opens(text: str, label: Label) -> bool:
    """Tell whether a paragraph begins with a label and the sign that ends it."""
    rest = _after_words(text, label)
    if rest is None:
        return False
    if not label.length or label.mark == "○" or label.name in ("Q", "A"):
        return True
    end = _LABEL_END.match(rest)
    assert end is not None
    return (not label.mark and not rest.strip(" )]*_")) or any(sign in end[0] for sign in _ENDS[label.mark])


def _without_label(said: list[Paragraph], label: Label) -> list[Paragraph]:
    """Take the label off the first paragraph of a turn."""
    rest = _after_words(said[0].text, label) if said and label.length else None
    if rest is None:
        return said
    end = _LABEL_END.match(rest)
    text = rest[end.end() :] if end else rest
    return [replace(said[0], text=text), *said[1:]] if text else said[1:]


def _without_asides(said: Sequence[Paragraph]) -> list[Paragraph]:
    """Leave out what the record tells in brackets on its own, who calls out, and the time."""
    return [
        one
        for one in said
        if not (_ASIDE.fullmatch(one.text) or _TIME.fullmatch(one.text) or _calls_out(one.text))
    ]


def _calls_out(text: str) -> bool:
    """Tell whether a paragraph says no more than that some call out: "Members interjecting:"."""
    tokens = text[:_TITLE_LINE].rstrip(" :.–—").split()
    return 1 < len(tokens) <= _CALLING and tokens[0][:1].isupper() and is_any(tokens[-1], "interjecting")


def _without_decision(said: list[Paragraph], label: Label) -> list[Paragraph]:
    """Leave out what the record tells behind the words of the chair: a vote, those who voted, its outcome."""
    if label.kind is not Kind.CHAIR:
        return said
    begin = next((at for at in range(1, len(said)) if is_told_alone(said[at].text)), len(said))
    if any(is_spoken(one.text) for one in said[begin:]):
        return said
    last = max((at for at in range(begin, len(said)) if _is_of_a_vote(said, at)), default=begin)
    return said[:begin] + said[last + 1 :]


def _is_of_a_vote(said: Sequence[Paragraph], at: int) -> bool:
    """Tell whether a paragraph is told, or lists those who voted as the one above it says."""
    return is_told_alone(said[at].text) or lists_votes(said[at - 1].text)


def _without_title(said: list[Paragraph]) -> tuple[list[Paragraph], str | None]:
    """Part a turn from the title behind it: short paragraphs without a stop, after a stop."""
    begin = len(said)
    while begin > 1 and len(said) - begin < _TITLE_LINES and _may_be_title(said[begin - 1].text):
        begin -= 1
    if begin < len(said) and not ends_sentence(said[begin - 1].text):
        return said, None
    title = ": ".join(one.text for one in said[begin:])
    return said[:begin], title or None


def _may_be_title(text: str) -> bool:
    return (
        len(text) <= _TITLE_LINE
        and not ends_sentence(text)
        and not text[:1].islower()
        and not (is_closing(text) or is_greeting(text))
    )


def _runs(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Set lines as blocks again: a gap begins one, and so does a line that is not the next."""
    blocks: list[Block] = []
    run: list[Line] = []
    for line in lines:
        if run and (line.gap or line.number is None or line.number < (run[-1].number or 0)):
            blocks.append(_block(run))
            run = []
        run.append(line)
    return (*blocks, _block(run)) if run else tuple(blocks)


def _block(run: Sequence[Line]) -> Block:
    return Block(tuple(line.text for line in run), line=run[0].number or 1)


def _blocks(lines: Sequence[Line], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of so many lines, the last cut where the lines end."""
    left, found = len(lines), []
    for block in blocks:
        if left <= 0:
            break
        found.append(block if len(block.lines) <= left else replace(block, lines=block.lines[:left]))
        left -= len(block.lines)
    return tuple(found)
