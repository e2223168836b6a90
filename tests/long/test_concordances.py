"""Concordances of the UN General Debate: the lines of 500 drawn questions are those of a scan, in its order.

Run it with::

    ONRECORD_LONG_INDEX=INDEX pytest -m long tests/long/test_concordances.py --log-cli-level=INFO

``INDEX`` is an index of the corpus. The paragraphs are read from it, their words by the rules of the scan
(`oracles.scan.read_words`); all phrases are looked for in one pass, and sorted by Python.
"""

from __future__ import annotations

import logging
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from oracles.lines import REACH, Line, first_of, merged
from oracles.scan import read_words
from whoosh.query import Every

from onrecord import Index, Mode, open_index
from onrecord.search.engine.stretch_places import IN_SIGNS

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
PHRASES, ALTERNATIVES, WORDS = 300, 100, 100
#: Lines up to which all are compared; of more, those on some pages.
ALL = 3000
#: Lines of a word that are compared, of as many as there are.
FIRST = 200
#: Words of the corpus that no question begins with: so common that their lines fill the memory of the test.
COMMONEST = 30

IN_SIGNS_SET = frozenset(IN_SIGNS)

Phrase = tuple[str, ...]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    folder = os.environ.get("ONRECORD_LONG_INDEX")
    if not folder:
        pytest.skip("ONRECORD_LONG_INDEX does not name the folder of an index of the UN General Debate")
    with open_index(Path(folder).expanduser()) as opened:
        yield opened


class Scan:
    """The words of all paragraphs, numbered, and where drawn phrases stand."""

    def __init__(self, index: Index) -> None:
        self.numbers: dict[str, int] = {}
        self.addresses: list[str] = []
        self.paragraphs: list[tuple[int, ...]] = []
        for hit in index.stream(Every()):
            words = [word.casefold() for word in read_words(hit.text)]
            self.paragraphs.append(tuple(self.numbers.setdefault(word, len(self.numbers)) for word in words))
            self.addresses.append(hit.address)
        self.words = list(self.numbers)
        log.info("%s paragraphs read", f"{len(self.paragraphs):,}")

    def drawn(self, chance: random.Random) -> list[list[Phrase]]:
        """Draw questions: phrases of one to four words that stand somewhere, and two of them."""
        counts = Counter(number for words in islice(self.paragraphs, 0, None, 10) for number in words)
        common = {number for number, _ in counts.most_common(COMMONEST)}
        phrases: list[Phrase] = []
        while len(phrases) < PHRASES + 2 * ALTERNATIVES:
            words = chance.choice(self.paragraphs)
            if not words:
                continue
            first = chance.randrange(len(words))
            phrase = words[first : first + chance.choice((1, 1, 2, 2, 3, 4))]
            named = tuple(self.words[number] for number in phrase)
            if phrase[0] not in common and not IN_SIGNS_SET & set(named):
                phrases.append(named)
        single = [[phrase] for phrase in phrases[:PHRASES]]
        pairs = zip(phrases[PHRASES::2], phrases[PHRASES + 1 :: 2], strict=True)
        return [*single, *map(list, pairs)]

    def lines_of(self, questions: list[list[Phrase]]) -> list[list[tuple[int, int, int]]]:
        """Find the lines of all questions in one pass: paragraph, first word, and the one behind the last."""
        beginning: defaultdict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        for at, asked in enumerate(questions):
            for phrase in asked:
                numbers = tuple(map(self.numbers.__getitem__, phrase))
                beginning[numbers[0]].append((at, numbers))
        found: list[list[tuple[int, int, int]]] = [[] for _ in questions]
        for paragraph, words in enumerate(self.paragraphs):
            places: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
            for first, word in enumerate(words):
                for at, numbers in beginning.get(word, ()):
                    if words[first : first + len(numbers)] == numbers:
                        places[at].append((first, first + len(numbers)))
            for at, some in places.items():
                found[at] += [(paragraph, *place) for place in merged(some)]
        return found

    def key(self, row: tuple[int, int, int]) -> tuple[object, ...]:
        """Sort by the words behind, then by address and place."""
        paragraph, first, last = row
        slug, _, number = self.addresses[paragraph].rpartition("#")
        behind = [self.words[word] for word in self.paragraphs[paragraph][last : last + REACH]]
        return behind, slug, int(number), first


def test_the_lines_of_phrases_are_those_of_a_scan(index: Index) -> None:
    scan = Scan(index)
    questions = scan.drawn(random.Random(1945))
    for asked, rows in zip(questions, scan.lines_of(questions), strict=True):
        typed = " OR ".join(f'"{" ".join(phrase)}"' for phrase in asked)
        rows.sort(key=scan.key)
        assert index.kwic(typed, limit=0).total == len(rows), typed
        starts = [0] if len(rows) <= ALL else [0, len(rows) // 3, len(rows) - 50]
        for start in starts:
            limit = None if len(rows) <= ALL else 50
            lines = index.kwic(typed, limit=limit, offset=start)
            expected = [
                scan.addresses[row[0]] for row in rows[start : None if limit is None else start + limit]
            ]
            assert [line.address for line in lines] == expected, typed
    log.info("%d questions", len(questions))


def test_the_lines_of_words_are_what_a_search_marks(index: Index) -> None:
    chance = random.Random(2021)
    sample = index.kwic("the OR of", mode=Mode.EXACT, sample=4 * WORDS, limit=None, window=1)
    words = {word for line in sample for word in read_words(line.after) if len(word) > 1}
    lines = 0
    for word in sorted(words, key=lambda _: chance.random())[:WORDS]:
        marked = (
            Line(hit.address, number, hit.text, start, end)
            for hit in index.stream(word, sort="address")
            for number, (start, end) in enumerate(hit.highlights, 1)
        )
        total, first = first_of(marked, ("left", "node"), count=FIRST)
        for sort, expected in first.items():
            found = index.kwic(word, sort=sort, limit=FIRST)
            assert found.total == total, word
            assert [(line.address, line.occurrence) for line in found] == [
                (line.address, line.occurrence) for line in expected
            ], word
        lines += total
    log.info("%d words, %s lines", WORDS, f"{lines:,}")
