"""Subtitles and transcripts with times (SRT, WebVTT): what is said, without the times.

Cues are joined again where a sentence goes on. A pause, or much text, ends a paragraph where a sentence
ends. A voice (``<v Ann Vega>``) gives the floor; ``>>`` and a dash say only that it goes to someone. Without
voices a name before a colon (``MS. VEGA:``) may give it, as in any record.
The time at which a paragraph begins is its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from onrecord.indexer.draft import Draft
from onrecord.indexer.formats.debates.speeches import SpokenParagraph, Turn, drafts_of, turn_of
from onrecord.indexer.limits import check_time
from onrecord.indexer.sources.decoding import clean, decode, hold_lines
from onrecord.indexer.statement import Metadata

__all__ = ["is_subtitles", "read_subtitles"]

_CLOCK = r"(?:(?P<{0}h>\d{{1,3}}):)?(?P<{0}m>\d{{1,2}}):(?P<{0}s>\d{{1,2}})[.,]\d{{1,3}}"
_TIMES = re.compile(rf"\s*{_CLOCK.format('b')}\s*-->\s*{_CLOCK.format('e')}(?:\s.*)?")
_BEGINS = re.compile(
    r"\ufeff?\s*+(?:WEBVTT\b[^\n]*+\n(?:.{0,300}\n){0,40}?\s*|\d{1,6}[ \t]*+\n\s*+)?"
    r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}\s*-->"
)
_LOOK_AT = 16384
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+(?P<name>[^<>]{1,120})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_ASIDE = re.compile(r"[\[(♪*][^\[\]()]*[\])♪*]?")
_SOMEONE = re.compile(r"^(?:>>+|[-–—](?=\s?\w))\s*")
_ENDS = re.compile(r"[.!?…。！？؟][\"'”’»)]*$")
_LONGEST_LABEL, _MOST_OF_A_LABEL = 60, 5
_PAUSE, _LONG, _NOTES = 2, 700, ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown at a time: the seconds at which it begins and ends, and its lines."""

    begins: int
    ends: int
    line: int
    lines: tuple[str, ...]


def is_subtitles(data: bytes) -> bool:
    """Recognise the formats by their first lines."""
    return _BEGINS.match(decode(data[:_LOOK_AT]).replace("\r\n", "\n")) is not None


def read_subtitles(path: Path, data: bytes) -> Iterator[Draft]:
    """Read what is said: a statement, or a turn for each voice."""
    del path
    text = clean(decode(data))
    hold_lines(text)
    turns = list(_turns(_cues(text.split("\n"))))
    unparted = all(turn.speaker is None for turn in turns)
    for draft in drafts_of((turn, Metadata()) for turn in turns):
        yield replace(draft, unparted=unparted)


def _cues(lines: list[str]) -> Iterator[_Cue]:
    at = 0
    while at < len(lines):
        check_time()
        if lines[at].startswith(_NOTES):
            while at < len(lines) and lines[at].strip():
                at += 1
        times = _TIMES.fullmatch(lines[at]) if at < len(lines) else None
        at += 1
        if times is None:
            continue
        first = at
        while at < len(lines) and lines[at].strip():
            at += 1
        yield _Cue(_seconds(times, "b"), _seconds(times, "e"), first + 1, tuple(lines[first:at]))


def _seconds(times: re.Match[str], which: str) -> int:
    hours, minutes, seconds = (int(times[f"{which}{unit}"] or 0) for unit in "hms")
    return hours * 3600 + minutes * 60 + seconds


def _turns(cues: Iterator[_Cue]) -> Iterator[Turn]:
    turn, words, begun, line, ended = Turn(), "", 0, 1, 0
    shown: tuple[tuple[str | None, str], ...] = ()
    for cue in cues:
        lines = tuple(map(_said, cue.lines))
        for named, said in lines:
            # Captions roll, and show a line twice: word by word, each with its time, and as a whole.
            if not said or (named, said) in shown or _ASIDE.fullmatch(said):
                continue
            spoken = _SOMEONE.sub("", said)
            other = named is not None and (turn.speaker is None or turn.speaker.value.printed != named)
            is_over = _ENDS.search(words) and (cue.begins - ended >= _PAUSE or len(words) >= _LONG)
            if words and (other or is_over or said != spoken or (_ENDS.search(words) and _is_label(spoken))):
                turn.passages.append(_passage(words, begun, line))
                words = ""
            if other:
                yield turn
                turn = turn_of(named)
            if not words:
                begun, line = cue.begins, cue.line
            words = f"{words} {spoken}".strip()
        shown, ended = lines, cue.ends
    if words:
        turn.passages.append(_passage(words, begun, line))
    yield turn


def _is_label(text: str) -> bool:
    """Tell whether a line may begin with who speaks: words in capitals, or with capitals, before a colon."""
    head, colon, _ = text[:_LONGEST_LABEL].partition(": ")
    tokens = head.split()
    return bool(colon) and len(tokens) <= _MOST_OF_A_LABEL and all(one[0].isupper() for one in tokens)


def _said(given: str) -> tuple[str | None, str]:
    """Return whose voice a line is, where it tells, and its words."""
    voice = _VOICE.search(given)
    return (_words(voice["name"]) or None if voice else None), _words(_TAG.sub("", given))


def _words(text: str) -> str:
    """Return the words of a line whose tags are off: a letter and its mark may have stood around one."""
    return " ".join(clean(unescape(text)).split())


def _passage(words: str, begun: int, line: int) -> SpokenParagraph:
    clock = f"{begun // 3600:02}:{begun // 60 % 60:02}:{begun % 60:02}"
    return SpokenParagraph(words, None, line, clock)
