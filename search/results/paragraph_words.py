"""The words of one paragraph that a question can mark, and where they stand.

Of a paragraph's words most are none that the question asks for. Which are is found out once a word and
language and kept, so that hundreds of thousands of paragraphs are marked in a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from whoosh import query

from onrecord.indexer.analysis.inflection import inflection_group
from onrecord.indexer.analysis.words import FOLD_TABLE, acronyms, folded, words_with_offsets
from onrecord.search.query import Near, Quotation
from onrecord.search.query.expansion import fits
from onrecord.search.query.quotation import Slot

__all__ = ["ParagraphWords", "Span", "WordsAsked", "spans_of_words"]

#: A stretch of text: the offset of its first character and of the first one after it.
Span = tuple[int, int]

# Words of a language whose judgement is kept; then they are judged anew. The General Debate has 77,000.
_KEPT = 1 << 17
# Different characters beyond ASCII, up to which each is exchanged by itself.
_FEW = 8
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# What becomes of the characters of ASCII, which are three texts in four: bytes are translated in a tenth of
# the time that characters are. What others fold to stays as it is, where it is ASCII.
_ASCII_TABLE = bytes(ord(FOLD_TABLE[code]) for code in range(128)) + bytes(range(128, 256))
# A word in a text that was folded.
_UNPARTED = re.compile("[^ ]+")


class Marked(NamedTuple):
    """Whether a word is marked where it is one of its language, and where it is an acronym."""

    inflected: bool
    acronym: bool


class WordsAsked:
    """The words that a question can mark: its forms, its inflection groups, and what fits its patterns.

    A node that this module does not know may mark any word. What was found out of a word is kept, for one
    thread.
    """

    def __init__(self, tree: query.Query) -> None:
        self._forms: set[str] = set()
        self._groups: set[str] = set()
        self._patterns: list[Callable[[str], object]] = []
        self._any = False
        self.phrases: list[query.Phrase | Quotation] = []
        #: Whether every word that is asked for is marked wherever it stands in a paragraph that matches.
        self.always_marked = _marks_always(tree)
        self._judged: dict[str | None, tuple[set[str], dict[str, Marked]]] = {}
        self._learned: dict[str | None, dict[str, Marked]] = {}
        for leaf in tree.leaves():
            self._add(leaf)

    def learn(self, forms: Iterable[str], language: str | None) -> None:
        """Look at all words that texts in a language may hold; from then on none of them is looked at again.

        Whoever learned the words of some texts asks about no others in that language.
        """
        asked = self._learned.setdefault(language, {})
        for form in forms:
            marked = self._judge(form, language)
            if any(marked):
                asked[form] = marked

    def known(self, language: str | None) -> dict[str, Marked] | None:
        """Return the words of a language that can be marked, where all its words were learned."""
        return self._learned.get(language)

    def among(self, words: Sequence[str], language: str | None) -> dict[str, Marked]:
        """Return the words of a language that can be marked, those of a paragraph among them."""
        judged, asked = self._judged.setdefault(language, (set(), {}))
        if not judged.issuperset(words):
            if len(judged) > _KEPT:
                judged.clear()
                asked.clear()
            for word in set(words).difference(judged):
                marked = self._judge(word, language)
                if any(marked):
                    asked[word] = marked
                judged.add(word)
        return asked

    def _judge(self, word: str, language: str | None) -> Marked:
        if self._any or word in self._forms or any(fits(word) for fits in self._patterns):
            return Marked(inflected=True, acronym=True)
        if not self._groups:
            return Marked(inflected=False, acronym=False)
        return Marked(
            inflected=inflection_group(word, language) in self._groups, acronym=f"={word}" in self._groups
        )

    def _add(self, leaf: query.Query) -> None:
        field = getattr(leaf, "fieldname", None)
        match leaf:
            case query.Term(fieldname="stem"):
                self._groups.add(leaf.text)
            case query.Term(fieldname="text"):
                self._forms.add(leaf.text)
            case Near(fieldname="text"):
                self._forms.update(leaf.words)
            case query.Phrase(fieldname="text"):
                self._forms.update(leaf.words)
                self.phrases.append(leaf)
            case Quotation(fieldname="text"):
                self._forms.update(slot for run in leaf.runs for slot in run if isinstance(slot, str))
                self._patterns += map(fits, leaf.patterns)
                self.phrases.append(leaf)
            case query.Prefix() | query.Wildcard() | query.FuzzyTerm() if field == "text":
                self._patterns.append(fits(leaf))
            case _ if field in ("text", "stem"):
                self._any = True


def _marks_always(tree: query.Query, *, may_fail: bool = False) -> bool:
    """Tell whether all words of a tree are marked wherever they stand: no part that fails holds several."""
    match tree:
        case query.Term() | query.Prefix() | query.Wildcard() | query.FuzzyTerm() | query.NumericRange():
            return True
        case query.ConstantScoreQuery():
            return _marks_always(tree.child, may_fail=may_fail)
        case query.Or():
            return all(_marks_always(part, may_fail=True) for part in tree.subqueries)
        case query.And():
            return not may_fail and all(map(_marks_always, tree.subqueries))
    return False


def spans_of_words(text: str, *, language: str | None, asked: WordsAsked) -> list[Span] | None:
    """Find the words that are asked for wherever they stand; None where folding moves them."""
    written, keeps_places = _folded(text)
    small = written.casefold()
    if not keeps_places or len(small) != len(text):
        return None
    padded, spans = f" {small} ", list[Span]()
    wanted = asked.known(language)
    if wanted is None:
        wanted = asked.among(small.split(), language)
    for word, marked in wanted.items():
        spaced, length = f" {word} ", len(word)
        places = []
        at = padded.find(spaced)
        while at >= 0:
            places.append((at, at + length))
            at = padded.find(spaced, at + length + 1)
        if places and not all(marked) and _shouted(word, written):
            words = _words_of(written)
            shouted = {words[position] for position in acronyms(text)}
            places = [place for place in places if marked[place in shouted]]
        spans += places
    spans.sort()
    return spans


class ParagraphWords:
    """The words of one paragraph, and where each form and each group that is asked for stands."""

    def __init__(self, text: str, *, language: str | None, asked: WordsAsked) -> None:
        self._text = text
        self._language = language
        self._folded, self._keeps_places = _folded(text)
        self.words: Sequence[str] = self._folded.casefold().split()
        self.forms: dict[str, list[int]] = {}
        wanted = asked.known(language)
        if wanted is None:
            wanted = asked.among(self.words, language)
        for position, word in enumerate(self.words):
            if word in wanted:
                self.forms.setdefault(word, []).append(position)
        self._groups: dict[str, list[int]] | None = None
        self._spans: list[Span] | None = None

    @property
    def groups(self) -> dict[str, list[int]]:
        """Where each inflection group stands."""
        if self._groups is None:
            self._groups = {}
            shout = any(_shouted(form, self._folded) for form in self.forms)
            shouted = acronyms(self._text) if shout else set()
            for form, places in self.forms.items():
                for place in places:
                    group = inflection_group(form, None if place in shouted else self._language)
                    self._groups.setdefault(group, []).append(place)
        return self._groups

    def like(self, fits: Callable[[str], object]) -> Iterator[int]:
        """Yield where a word stands whose form fits."""
        return (place for form, places in self.forms.items() if fits(form) for place in places)

    def places(self, slot: Slot) -> Iterable[int]:
        """Return where a word stands, or any that a pattern stands for."""
        return self.forms.get(slot, ()) if isinstance(slot, str) else self.like(fits(slot))

    def stands(self, word: str, position: int) -> bool:
        """Tell whether a word stands at a position."""
        return 0 <= position < len(self.words) and self.words[position] == word

    def span(self, position: int) -> Span:
        """Return where the word at a position stands in the text."""
        if self._spans is None:
            if self._keeps_places:
                self._spans = _words_of(self._folded)
            else:
                self._spans = [(word.start, word.end) for word in words_with_offsets(self._text)]
        return self._spans[position]


def _shouted(word: str, written: str) -> bool:
    """Tell whether a word may stand in capitals in a folded text."""
    return not word.isascii() or "ẞ" in written or f" {word.upper()} " in f" {written} "


def _folded(text: str) -> tuple[str, bool]:
    """Fold a text, case kept; tell whether every character became one."""
    if text.isascii():
        return text.encode().translate(_ASCII_TABLE).decode(), True
    become = {character: FOLD_TABLE[ord(character)] for character in set(_NOT_ASCII.findall(text))}
    keeps_places = all(len(letters) == 1 for letters in become.values())
    if len(become) > _FEW or not all(map(str.isascii, become.values())):
        return folded(text), keeps_places
    for character, letters in become.items():
        text = text.replace(character, letters)
    return text.encode().translate(_ASCII_TABLE).decode(), keeps_places


def _words_of(written: str) -> list[Span]:
    return [found.span() for found in _UNPARTED.finditer(written)]
