"""Counts on a whole corpus, held against pandas and against facts that others published.

Run it with::

    ONRECORD_LONG_INDEX=INDEX pytest -m long tests/long/test_many_counts.py --log-cli-level=INFO

``ONRECORD_LONG_INDEX`` names an index of the UN General Debate corpus (doi:10.7910/DVN/0TJX8Y), as
`test_general_debate` leaves one behind. pandas has to be installed for the first of the checks.

pandas is given the paragraphs as they are quoted, reads their words by the rules of the scan
(`oracles.scan.read_words`) and counts with regular expressions and its own groups; it sees no posting.
``silence.json`` has the facts: who spoke for Taiwan, and the figures of the Lancet Countdown for 2018.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from oracles.scan import in_line, read_words

from onrecord import Index, open_index
from onrecord.indexer.register import delegation_named
from onrecord.search.research.topics import read_topics

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")

FACTS = json.loads(Path(__file__).with_name("silence.json").read_text("utf-8"))
TAIWAN, LANCET = FACTS["taiwan"]["years"], FACTS["lancet_countdown"]
# A word that no text has: all without it are all there are.
EVERYTHING = "-zqxzqx"
_PLAIN = re.compile("[A-Za-z0-9]+")
_RAISED = re.compile("([\u00aa\u00ba]+)")

WORDS = (
    *("the", "nuclear", "peace", "war", "climate", "women", "terrorism", "palestine", "apartheid", "debt"),
    *("development", "rights", "atomic", "internet", "pandemic", "kosovo", "drugs", "we", "not", "israel"),
)
PHRASES = (
    *("united nations", "climate change", "human rights", "nuclear weapons", "the security council"),
    *("of the", "cold war", "weapons of mass destruction", "middle east", "not the"),
)
ALTERNATIVES = (
    ("peace", "security", "war"),
    ("climate change", "global warming"),
    ("climate change", "climate"),
    ("small arms", "light weapons", "landmines"),
    ("soviet union", "ussr"),
)
BEGINNINGS = ("disarm", "terror", "coloni", "democra", "refuge")


def questions() -> Iterator[tuple[str, str]]:
    """Yield what is typed, and the regular expression that finds it in a line of words."""
    for word in WORDS:
        yield f'"{word}"', f" {word}(?= )"
    for phrase in PHRASES:
        yield f'"{phrase}"', f" {phrase}(?= )"
    for parts in ALTERNATIVES:  # the longer first, so that those that share a word are one
        yield " OR ".join(f'"{part}"' for part in parts), f" (?:{'|'.join(parts)})(?= )"
    for beginning in BEGINNINGS:
        yield f"{beginning}*", f" {beginning}[^ ]*(?= )"


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    folder = os.environ.get("ONRECORD_LONG_INDEX")
    if not folder:
        pytest.skip("ONRECORD_LONG_INDEX does not name an index of the UN General Debate corpus")
    with open_index(Path(folder).expanduser()) as opened:
        yield opened


def words_of(text: str) -> Iterable[str]:
    """Read words by the rules of the scan; a raised letter ends its word, as in the index."""
    if text.isascii():  # then they are as simple as this
        return map(str.casefold, _PLAIN.findall(text))
    return map(str.casefold, read_words(_RAISED.sub(r"\1 ", text)))


@pytest.fixture(scope="module")
def paragraphs(index: Index) -> Any:
    pandas = pytest.importorskip("pandas")
    began = time.process_time()
    rows = [
        (hit.statement, str(hit.year), hit.speaker, in_line(words_of(hit.text)))
        for hit in index.stream(EVERYTHING)
    ]
    frame = pandas.DataFrame(rows, columns=["statement", "year", "speaker", "line"])
    frame["words"] = frame["line"].map(lambda line: len(line.split()))
    log.info("%d paragraphs read in %.0f s of CPU", len(frame), time.process_time() - began)
    return frame


def test_cells_are_those_of_pandas(index: Index, paragraphs: Any) -> None:
    keys: tuple[list[str], ...] = (["year"], ["speaker"], ["year", "speaker"])
    asked = list(questions())
    assert len(asked) == 40
    compared, differing, ours = 0, list[object](), 0.0
    facts = paragraphs.groupby("statement").agg(
        year=("year", "first"),
        speaker=("speaker", "first"),
        paragraphs=("line", "size"),
        words=("words", "sum"),
    )
    for typed, pattern in asked:
        find = re.compile(pattern).findall
        times = paragraphs["line"].map(lambda line, find=find: len(find(line)))
        found = paragraphs.assign(times=times, found=1, held=paragraphs["words"])[times > 0]
        matched = found.groupby("statement")[["times", "found", "held"]].sum()
        frame = facts.join(matched.assign(those=1)).fillna(0).assign(there=1)
        for by in keys:
            began = time.process_time()
            counts = index.count(typed, by=by, mode="exact")
            ours += time.process_time() - began
            rows = {row.keys: row for row in counts if row.of_paragraphs}
            sums = frame.groupby(by)[
                ["times", "found", "held", "those", "paragraphs", "words", "there"]
            ].sum()
            assert len(rows) == len(sums)
            for key, cell in zip(sums.index, sums.to_numpy().tolist(), strict=True):
                row = rows[key if isinstance(key, tuple) else (key,)]
                mine = [
                    *(row.occurrences, row.paragraphs, row.words, row.statements),
                    *(row.of_paragraphs, row.of_words, row.of_statements),
                ]
                compared += 1
                if mine != list(map(int, cell)):
                    differing.append((typed, key, mine, cell))
        assert index.search(typed, mode="exact", limit=0).total == len(found)
    log.info("%d cells of 40 questions, ours in %.1f s of CPU; %d differ", compared, ours, len(differing))
    assert differing == []


def test_one_word_by_year_and_speaker_takes_milliseconds(index: Index) -> None:
    """Say how long it takes, and judge nothing: a machine may be busy."""
    index.count("nuclear", by=("year", "speaker"), mode="exact")
    began = time.process_time()
    for _ in range(20):
        index.count("nuclear", by=("year", "speaker"), mode="exact")
    log.info("nuclear by year and speaker: %.1f ms of CPU", (time.process_time() - began) / 20 * 1000)


# What is known to differ: a mention without support, and a sixteenth that the page did not name.
ALSO = {"2010": {"COM", "SGP"}, "2015": {"TUV"}}
NOT_FOUND = {"2010": {"PAN"}}
SPOKE_ALL_THE_SAME = {"2008": {"HND"}}


@pytest.mark.parametrize("year", sorted(TAIWAN))
def test_the_allies_of_taiwan_are_those_that_were_published(index: Index, year: str) -> None:
    result = index.silence("Taiwan", since=year, until=year)
    spoke, silent = {one.code for one in result.spoke}, {one.code for one in result.silent}
    if "spoke" in TAIWAN[year]:
        assert spoke - ALSO.get(year, set()) == codes(TAIWAN[year]["spoke"]) - NOT_FOUND.get(year, set())
    assert codes(TAIWAN[year].get("silent", ())) - silent == SPOKE_ALL_THE_SAME.get(year, set())


def test_the_figures_of_the_lancet_countdown_are_found_but_for_hyphens(index: Index) -> None:
    """Of 392 cells those with nothing are the published ones but for three; each difference is a hyphen."""
    topics, differing, compared = read_topics("lancet"), set[tuple[str, str]](), 0
    counts = index.count(topics, by="delegation", since="2018", until="2018")
    published = LANCET["2018_occurrences_by_iso3"]
    for row in counts:
        topic, name = map(str, row.keys)
        known = delegation_named(name)
        assert known is not None
        expected = published.get(known.code, (0, 0))[topic == "health"]
        compared += 1
        assert row.occurrences is not None
        if bool(row.occurrences) != bool(expected):
            differing.add((topic, known.code))
        if row.occurrences != expected:
            hyphens = [
                f"{hit.address}: {hit.text[max(0, first - 12) : last + 12]!r}"
                for hit in index.search(str(row.query), mode="exact", since="2018", until="2018", limit=None)
                for first, last in hit.highlights
                if "-" in hit.text[first - 1 : last + 1]
            ]
            log.info("%s %s: %d and not %d; %s", topic, name, row.occurrences, expected, hyphens)
            assert row.occurrences - expected == len(hyphens)
    assert compared == 392
    named = LANCET["known_differences_2018"]
    assert differing == {(topic, code) for topic, some in named.items() for code in some}


def test_the_silent_of_the_lancet_countdown_are_silent(index: Index) -> None:
    topics = read_topics("lancet")
    question = " OR ".join(f"({topic.query})" for topic in topics.values())
    silent = index.silence(question, mode="exact", since="2018", until="2018").silent
    differing = {code for some in LANCET["known_differences_2018"].values() for code in some}
    assert {one.code for one in silent} == set(LANCET["2018_silent_on_both"]) - differing


def codes(names: Iterator[str] | list[str] | tuple[str, ...]) -> set[str]:
    return {known.code for name in names if (known := delegation_named(name))}
