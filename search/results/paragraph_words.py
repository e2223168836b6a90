"""The words of one paragraph that a question can mark, and where they stand.

Of a paragraph's words most are none that the question asks for. Which are is found out once a word and
language and kept, so that hundreds of thousands of paragraphs are marked in a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from whoosh import query

from onrecord.indexer.analysis.compounds import compounds_in
from onrecord.indexer.analysis.inflection import compound_of, spelling_of
from onrecord.indexer.analysis.words import FOLD_TABLE, fold, folded, words_with_offsets
from onrecord.search.query import AnyOf, Apart, Either, Near, Quotation
from onrecord.search.query.describe import named
from onrecord.search.query.expansion import Pattern, fits
from onrecord.search.query.quotation import Slot

__all__ = ["ParagraphWords", "Span", "WordGroups", "WordsAsked", "places_of_words", "spans_of_words"]

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


class GroupsInText(Protocol):
    """The group of each word of one text."""

    def group(self, position: int) -> str:
        """Return the group of the word at a position."""


class WordGroups(Protocol):
    """What knows the groups of the words of some texts."""

    def forms_of(self, groups: Iterable[str]) -> set[str]:
        """Return the forms that stand for one of some groups somewhere in the texts."""

    def of_form(self, form: str, language: str | None) -> Sequence[str]:
        """Return the groups for which a form stands in a language somewhere in the texts, acronyms too."""

    def in_text(self, text: str, language: str | None) -> GroupsInText:
        """Return what knows the group of each word of one of the texts."""


class WordsAsked:
    """The words that a question can mark: its forms, its inflection groups, and what fits its patterns.

    ``words`` knows the groups of the words of a segment, or of other texts. A node that this module does
    not know may mark any word. What was found out of a word is kept, for one thread.
    """

    def __init__(self, tree: query.Query, words: WordGroups) -> None:
        self.tree = tree
        self.words = words
        self.groups: set[str] = set()
        self._forms: set[str] = set()  # those that are asked for by themselves
        self._forms_of_phrases: set[str] = set()
        self._patterns: list[Callable[[str], object]] = []
        self._any = False
        self.phrases: list[query.Phrase | Quotation] = []
        #: The compounds that are asked for, each with its groups.
        self.compounds: dict[str, list[str]] = {}
        #: The words of content of which any was asked for, each with its name.
        self.alternatives = tuple(_alternatives(tree))
        for leaf in tree.leaves():
            self._add(leaf)
        #: Whether every word and phrase that is asked for is marked wherever it stands in a paragraph that
        #: matches, and can be found by its letters.
        self.always_marked = _marks_always(tree)
        #: The phrases that are then looked for in a folded text with a space at either end.
        self.runs = tuple(_run(phrase.words) for phrase in self.phrases if self.always_marked)
        #: The words of each compound, folded.
        self.words_of_compounds = tuple(map(fold, self.compounds))
        self._plain = self.groups - {group for groups in self.compounds.values() for group in groups}
        self._listed: dict[str | None, dict[str, bool]] = {}
        self._only_in_phrases: dict[str | None, frozenset[str]] = {}
        self._judged: dict[str | None, tuple[set[str], dict[str, bool]]] = {}

    def among(self, small: str, language: str | None) -> dict[str, bool]:
        """Return the words of a language that can be marked, those of a folded paragraph among them.

        True is one that is marked wherever it stands, False one of which that depends on how it is written.
        """
        listed = self._listed.get(language)
        if listed is None:
            listed = self._listed[language] = self._list(language)
        if not self._patterns and not self._any:
            return listed
        words = small.split()
        judged, asked = self._judged.setdefault(language, (set(), {}))
        if not judged.issuperset(words):
            if len(judged) > _KEPT:
                judged.clear()
                asked.clear()
            for word in set(words).difference(judged):
                marked = self._judge(word, listed)
                if marked is not None:
                    asked[word] = marked
                judged.add(word)
        return asked

    def only_in_phrases(self, language: str | None) -> frozenset[str]:
        """Return the words of phrases that are not marked by themselves."""
        only = self._only_in_phrases.get(language)
        if only is None:
            alone = self._list_alone(language)
            only = self._only_in_phrases[language] = frozenset(
                word for word in self._forms_of_phrases if self._judge(word, alone) is None
            )
        return only

    @property
    def pattern_nodes(self) -> list[Pattern]:
        """The patterns that are asked for, those of quotations left out."""
        return [leaf for leaf in self.tree.leaves() if isinstance(leaf, Pattern) and leaf.fieldname == "text"]

    def alone(self, language: str | None) -> dict[str, bool]:
        """Return the forms that are marked by themselves in a language, as `among` does, without patterns."""
        return self._list_alone(language)

    def _list(self, language: str | None) -> dict[str, bool]:
        """List the forms that can be marked, but for patterns."""
        return self._list_alone(language) | dict.fromkeys(self._forms_of_phrases, True)

    def _list_alone(self, language: str | None) -> dict[str, bool]:
        listed = {}
        for form in self.words.forms_of(self._plain) if self._plain else ():
            asked = [group in self._plain for group in self.words.of_form(form, language)]
            if any(asked):
                listed[form] = all(asked)
        return listed | dict.fromkeys(self._forms, True)

    def _judge(self, word: str, listed: dict[str, bool]) -> bool | None:
        if self._any or any(fits(word) for fits in self._patterns):
            return True
        return listed.get(word)

    def _add(self, leaf: query.Query) -> None:
        field = getattr(leaf, "fieldname", None)
        match leaf:
            case query.Term(fieldname="stem"):
                self.groups.add(leaf.text)
                if compound := compound_of(leaf.text):
                    self.compounds.setdefault(compound, []).append(leaf.text)
            case query.Term(fieldname="text"):
                self._forms.add(leaf.text)
            case Near(fieldname="text"):
                self._forms_of_phrases.update(leaf.words)
            case query.Phrase(fieldname="text"):
                self._forms_of_phrases.update(leaf.words)
                self.phrases.append(leaf)
            case Quotation(fieldname="text"):
                slots = [slot for run in leaf.runs for slot in run]
                self._forms_of_phrases.update(slot for slot in slots if isinstance(slot, str))
                self._patterns += map(fits, leaf.patterns)
                self.phrases.append(leaf)
            case query.Prefix() | query.Wildcard() | query.FuzzyTerm() if field == "text":
                self._patterns.append(fits(leaf))
            case _ if field in ("text", "stem"):
                self._any = True


def _alternatives(tree: query.Query) -> Iterator[tuple[str, query.Query]]:
    """Yield the words of content of which any was asked for; those of grammar have less than their weight."""
    if isinstance(tree, AnyOf) and tree.run is None:
        for part in tree.subqueries:
            if getattr(part, "boost", 1.0) == 1.0:
                yield named(part), part
    elif isinstance(tree, query.AndNot):
        yield from _alternatives(tree.a)
    elif isinstance(tree, query.And | Either):
        for part in tree.subqueries:
            yield from _alternatives(part)


def _marks_always(tree: query.Query, *, may_fail: bool = False) -> bool:
    """Tell whether all words of a tree are marked wherever they stand: no part that fails holds several."""
    match tree:
        case Apart():
            return False
        case query.Phrase(fieldname="text"):
            return not _meets_itself(tree.words)
        case query.Term() | query.Prefix() | query.Wildcard() | query.FuzzyTerm() | query.NumericRange():
            return True
        case query.ConstantScoreQuery():
            return _marks_always(tree.child, may_fail=may_fail)
        case query.Or():
            return all(_marks_always(part, may_fail=True) for part in tree.subqueries)
        case query.And():
            return not may_fail and all(map(_marks_always, tree.subqueries))
    return False


def _meets_itself(words: Sequence[str]) -> bool:
    """Tell whether a phrase can begin before it has ended, as "side by side" can."""
    return any(words[:length] == words[-length:] for length in range(1, len(words)))


def _run(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds a phrase in a folded text, where what stands between words became spaces."""
    return re.compile(" (" + " +".join(map(re.escape, words)) + ")(?= )")


def spans_of_words(text: str, *, language: str | None, asked: WordsAsked) -> list[Span] | None:
    """Find the words and phrases that are asked for wherever they stand; None where folding moves them."""
    written, keeps_places = _folded(text)
    small = written.casefold()
    if not keeps_places or len(small) != len(text):
        return None
    padded, spans, doubtful = f" {small} ", list[Span](), list[Span]()
    words_of_phrases = asked.only_in_phrases(language) if asked.runs else ()
    for word, everywhere in asked.among(small, language).items():
        if word in words_of_phrases:
            continue
        spaced, length = f" {word} ", len(word)
        places = spans if everywhere else doubtful
        at = padded.find(spaced)
        while at >= 0:
            places.append((at, at + length))
            at = padded.find(spaced, at + length + 1)
    for run in asked.runs:
        spans += [(found.start(1) - 1, found.end() - 1) for found in run.finditer(padded)]
    compounds = asked.compounds and list(_compounds(text, small, language, asked))
    words = _words_of(written) if doubtful or compounds else []
    if doubtful:
        groups = asked.words.in_text(text, language)
        position = {span: at for at, span in enumerate(words)}
        spans += [span for span in doubtful if groups.group(position[span]) in asked.groups]
    spans += [(words[first][0], words[last][1]) for first, last, _ in compounds or ()]
    spans.sort()
    return _merged(spans) if asked.runs or compounds else spans


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Put stretches together that share letters."""
    merged: list[Span] = []
    for first, last in spans:
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _compounds(
    text: str, small: str, language: str | None, asked: WordsAsked
) -> Iterator[tuple[int, int, str]]:
    """Yield the compounds of a text that are asked for: the positions of their ends, and their group.

    ``small`` is the folded text. To take a text apart takes long: the words of a compound come first.
    """
    if not any(words in small for words in asked.words_of_compounds):
        return
    own = ("=", f"{language}:")
    for compound in compounds_in(text):
        for group in asked.compounds.get(spelling_of(compound.text), ()):
            if group.startswith(own):
                yield compound.first, compound.last, group


class ParagraphWords:
    """The words of one paragraph, and where each form and each group that is asked for stands."""

    def __init__(self, text: str, *, language: str | None, asked: WordsAsked) -> None:
        self._text = text
        self.language = language
        self._asked = asked
        self._folded, self._keeps_places = _folded(text)
        small = self._folded.casefold()
        self.words: Sequence[str] = small.split()
        self.forms: dict[str, list[int]] = {}
        wanted = asked.among(small, language)
        for position, word in enumerate(self.words):
            if word in wanted:
                self.forms.setdefault(word, []).append(position)
        self._groups: dict[str, list[int]] | None = None
        self._spans: list[Span] = []  # those that were looked at
        self._places = self._all_spans()
        self._compounds = (
            list(_compounds(text, " ".join(self.words), language, asked)) if asked.compounds else []
        )

    @property
    def groups(self) -> dict[str, list[int]]:
        """Where each inflection group that is asked for stands; a compound stands where its words do."""
        if self._groups is None:
            self._groups = {}
            for position, group in self._grouped() if self._asked.groups else ():
                self._groups.setdefault(group, []).append(position)
            for first, last, group in self._compounds:
                self._groups.setdefault(group, []).extend(range(first, last + 1))
        return self._groups

    def _grouped(self) -> Iterator[tuple[int, str]]:
        """Yield the positions of the words that can be marked, and their groups."""
        groups: GroupsInText | None = None
        for form, places in self.forms.items():
            known = self._asked.words.of_form(form, self.language)
            if len(known) < 2:
                yield from ((place, known[0]) for place in places if known)
                continue
            if groups is None:
                groups = self._asked.words.in_text(self._text, self.language)
            yield from ((place, groups.group(place)) for place in places)

    @property
    def pairs(self) -> set[tuple[int, int]]:
        """The neighbouring positions that a compound holds together."""
        return {(place, place + 1) for first, last, _ in self._compounds for place in range(first, last)}

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
        while len(self._spans) <= position:  # no further than the last word that is marked
            self._spans.append(next(self._places))
        return self._spans[position]

    def _all_spans(self) -> Iterator[Span]:
        if self._keeps_places:
            return (found.span() for found in _UNPARTED.finditer(self._folded))
        return ((word.start, word.end) for word in words_with_offsets(self._text))


@lru_cache(maxsize=64)
def places_of_words(text: str) -> tuple[Span, ...]:
    """Return where each word of a text stands, in a quarter of the time that its words take.

    Those of the last few texts are kept: who asks for a line of a paragraph asks twice.
    """
    written, keeps_places = _folded(text)
    if keeps_places:
        return tuple(_words_of(written))
    return tuple((word.start, word.end) for word in words_with_offsets(text))


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
