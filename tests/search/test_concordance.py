"""Concordances: lines are what a search marks, in the order that Python gives them, however found."""

from __future__ import annotations

import json
import pickle
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracles.lines import Line, drawn, in_order, small_words, stretches

from onrecord import Concordance, Index, QueryError, build, open_index, update
from onrecord.indexer.analysis.words import FOLD_TABLE, fold, words_with_offsets
from onrecord.search.cli import main
from onrecord.search.cli.kwic_table import table_of
from onrecord.search.cli.screen import Screen, cells
from onrecord.search.engine import stretch_order, stretch_places
from onrecord.search.engine import stretches as engine_stretches
from onrecord.search.research.concordances.concordance import Line as ConcordanceLine
from onrecord.search.research.concordances.context import ContextUnit, context_of
from onrecord.search.research.concordances.sentences import sentence_starts
from onrecord.search.results.stretches import LineSort

WORDS = [
    *("the", "of", "mine", "mines", "Mining", "weapon", "weapons", "aid", "aids", "AIDS", "who", "WHO"),
    *("co-operation", "cooperation", "U.N.", "UN", "1,250", "1", "2", "½", "№", "kg", "a", "℅", "side", "by"),
    *("Côte", "d’Ivoire", "United", "Nations", "nations", "核武器", "武器", "السلام", "ﷺ", "мины"),
]
SPEAKERS = ("Guinea", "Japan", "Côte d’Ivoire", None)
DATES = ("1999", "2000-02", "2000-02-29", None)
ALONE = sorted({word for text in WORDS for word in small_words(text)})
FAR = 1 << 30


def write(folder: Path, name: str, chance: random.Random) -> None:
    speaker, date = chance.choice(SPEAKERS), chance.choice(DATES)
    known = [f"speaker: {speaker}" if speaker else "", f"date: {date}" if date else "", "language: en"]
    paragraphs = [
        f"Here {' '.join(chance.choices(WORDS, k=chance.randrange(1, 14)))}."
        for _ in range(chance.randrange(1, 6))
    ]
    lines = ["---", *filter(None, known), "---", "", "\n\n".join(paragraphs), ""]
    (folder / f"{name}.md").write_text("\n".join(lines), "utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts in two segments, some of which have changed since."""
    folder, chance = tmp_path_factory.mktemp("lines"), random.Random(16)
    texts = folder / "texts"
    texts.mkdir()
    for number in range(40):
        write(texts, f"first{number}", chance)
    build(texts, into=folder / "index")
    for number in range(30):
        write(texts, f"later{number}", chance)
    for number in range(5):
        write(texts, f"first{number}", chance)
    update(texts, into=folder / "index")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder / "index") as opened:
        yield opened


def questions() -> st.SearchStrategy[str]:
    exact = st.sampled_from(ALONE).map(lambda word: f'"{word}"')
    phrase = st.lists(st.sampled_from(ALONE), min_size=2, max_size=3).map(
        lambda words: f'"{" ".join(words)}"'
    )
    anyform = st.sampled_from([*WORDS[:17], "nation", "mined"])
    prefix = st.sampled_from(["mi*", "na*", "w*", "ai?", "*ons"])
    near = st.just('"the mines"~3') | st.just('"united nat*"')
    leaf = exact | phrase | anyform | prefix | near
    several = st.builds(
        lambda one, sign, other: f"{one}{sign}{other}", leaf, st.sampled_from([" OR ", " ", " -"]), leaf
    )
    nested = st.builds(lambda one, other, third: f"({one} {other}) OR {third}", leaf, leaf, leaf)
    return leaf | several | nested


def lines(found: Concordance) -> list[tuple[str, int, int, int]]:
    return [(line.address, line.occurrence, line.start, line.end) for line in found]


def ways(
    monkeypatch: pytest.MonkeyPatch, index: Index, typed: str, **options: object
) -> list[list[tuple[str, int, int, int]]]:
    """Ask by the texts, by the arrays, and by the arrays a few rows at a time."""
    found = []
    for many, at_once in ((FAR, FAR), (0, FAR), (0, 3)):
        monkeypatch.setattr(engine_stretches, "MANY", many)
        monkeypatch.setattr(stretch_order, "_AT_ONCE", at_once)
        found.append(lines(index.kwic(typed, **options)))  # type: ignore[arg-type]
    return found


def marked(index: Index, typed: str) -> list[Line]:
    """Read all lines off the hits of a search."""
    return [
        Line(hit.address, number, hit.text, start, end, hit.speaker, hit.date)
        for hit in index.search(typed, limit=None)
        for number, (start, end) in enumerate(hit.highlights, 1)
    ]


@given(
    typed=questions(),
    sort=st.sampled_from(list(LineSort)),
    offset=st.integers(0, 9),
    limit=st.none() | st.integers(0, 9),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lines_are_what_a_search_marks_in_the_order_that_python_gives_them(
    index: Index, monkeypatch: pytest.MonkeyPatch, typed: str, sort: LineSort, offset: int, limit: int | None
) -> None:
    expected = in_order(marked(index, typed), sort.value)
    page = expected[offset : None if limit is None else offset + limit]
    rows = [(line.address, line.occurrence, line.start, line.end) for line in page]
    assert ways(monkeypatch, index, typed, sort=sort, offset=offset, limit=limit) == [rows, rows, rows]
    for many in (FAR, 0):
        monkeypatch.setattr(engine_stretches, "MANY", many)
        found, results = index.kwic(typed, limit=0), index.search(typed, limit=0)
        assert (found.total, found.paragraphs, found.statements) == (
            len(expected),
            results.total,
            results.statements,
        )


@given(phrases=st.lists(st.lists(st.sampled_from(ALONE), min_size=1, max_size=3), min_size=1, max_size=3))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_lines_of_phrases_are_those_of_a_scan(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch, phrases: list[list[str]]
) -> None:
    typed = " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases)
    texts = [path.read_text("utf-8").split("---\n")[2].split("\n\n") for path in (folder / "texts").iterdir()]
    read = [small_words(paragraph) for text in texts for paragraph in text]
    if any(fold(word) in stretch_places.IN_SIGNS for phrase in phrases for word in phrase):
        return  # several words may stand in one character, which is one line
    expected = sorted(words[first:last] for words in read for first, last in stretches(words, phrases))
    for many in (FAR, 0):
        monkeypatch.setattr(engine_stretches, "MANY", many)
        assert sorted(small_words(line.match) for line in index.kwic(typed, limit=None)) == expected


@given(
    typed=questions(),
    node=st.sampled_from(ALONE).map(lambda word: f'"{word}"'),
    sample=st.none() | st.integers(0, 20),
    seed=st.integers(-3, 3),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_node_leaves_its_own_lines_and_a_sample_those_with_the_smallest_lots(
    index: Index, monkeypatch: pytest.MonkeyPatch, typed: str, node: str, sample: int | None, seed: int
) -> None:
    asked = {hit.address for hit in index.search(typed, limit=None)}
    left = [line for line in marked(index, node) if line.address in asked]
    kept = drawn(left, len(left) if sample is None else sample, seed)
    expected = [line for line in in_order(left, "left") if line.place in kept]
    rows = [(line.address, line.occurrence, line.start, line.end) for line in expected]
    options = {"node": node, "sample": sample, "seed": seed, "sort": "left", "limit": None}
    assert ways(monkeypatch, index, typed, **options) == [rows, rows, rows]


def test_a_sample_is_the_same_in_an_index_of_shuffled_files(
    folder: Path, tmp_path: Path, index: Index
) -> None:
    files = sorted((folder / "texts").iterdir())
    random.Random(5).shuffle(files)
    (tmp_path / "texts").mkdir()
    for half in (files[:35], files[35:]):
        for file in half:
            shutil.copy(file, tmp_path / "texts")
        update(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as other:
        for sample, seed in ((10, 0), (10, 1), (40, 7)):
            assert (
                index.kwic("the", sample=sample, seed=seed).lines
                == other.kwic("the", sample=sample, seed=seed).lines
            )


def test_the_forms_that_may_share_a_character_are_those_of_unicode() -> None:
    signs = [FOLD_TABLE[code].casefold().split() for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert {form for forms in signs if len(forms) > 1 for form in forms} == set(stretch_places.IN_SIGNS)


def test_a_line_stands_in_its_paragraph(index: Index) -> None:
    for line in index.kwic("mines", window=2, limit=None):
        [hit] = [hit for hit in index.show(line.address, context=0) if hit.address == line.address]
        assert hit.text[line.start : line.end] == line.match
        assert hit.text[: line.start].endswith(line.before)
        assert hit.text[line.end :].startswith(line.after)
        for side in (line.before, line.after):  # of words that share a character none is cut off
            assert len({word.start for word in words_with_offsets(side)}) <= 2
        assert (line.speaker, line.date, line.statement, line.number) == (
            hit.speaker,
            hit.date,
            hit.statement,
            hit.number,
        )


def test_lines_outlive_the_index_and_can_be_pickled(folder: Path) -> None:
    with open_index(folder / "index") as index:
        found = index.kwic("mines", limit=5)
        again = index.kwic("mines", limit=5)
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found == again
    assert copy.lines == found.lines
    assert (copy.total, len(copy), bool(copy)) == (found.total, 5, True)
    json.dumps(found.as_dict())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"sort": "score"},
            '"score" is not an order of lines; write right or left or node or newest or oldest or speaker '
            "or address.",
        ),
        ({"unit": "page"}, '"page" is not a unit of context; write words or sentence or paragraph.'),
        ({"window": -1}, "Window is a number from 0 up and not -1."),
        ({"sample": "x"}, 'Sample is a number from 0 up and not "x".'),
        ({"seed": 1.5}, "A seed is a whole number and not 1.5."),
        ({"node": '"the'}, None),
    ],
)
def test_what_is_no_option_is_refused(index: Index, options: dict[str, object], sentence: str | None) -> None:
    with pytest.raises(QueryError) as error:
        index.kwic("mines", **options)  # type: ignore[arg-type]
    assert sentence is None or str(error.value) == sentence


def test_a_question_without_words_has_paragraphs_and_no_lines(index: Index) -> None:
    found = index.kwic("speaker:japan")
    assert (found.total, found.lines, found.paragraphs > 0) == (0, (), True)


class TestTheCommand:
    def run(self, folder: Path, *args: str) -> tuple[str, str]:
        result = CliRunner().invoke(main, ["kwic", *args, "-i", str(folder / "index")])
        assert result.exit_code == 0, result.output
        return result.stdout, result.stderr

    def test_json_is_a_line_an_object(self, folder: Path, index: Index) -> None:
        out, err = self.run(folder, "mines", "--json", "--limit", "all", "--sort", "newest")
        assert [json.loads(line) for line in out.splitlines()] == [
            line.as_dict() for line in index.kwic("mines", sort="newest", limit=None)
        ]
        assert "newest first" in err

    def test_every_row_has_what_was_found_in_one_column(self, folder: Path) -> None:
        out, _ = self.run(folder, '"united nations"', "nations", "--width", "100", "--columns", "date")
        rows = [row for row in out.splitlines() if len(row) == cells(row)]
        assert rows
        # The words get what a date and the gap before it leave.
        assert {row[(100 - 12) * 2 // 5 :][:6].casefold() for row in rows} <= {"united", "nation"}

    @pytest.mark.parametrize(
        ("option", "value"), [("--width", "12"), ("--columns", "speaker,hat"), ("--sort", "best")]
    )
    def test_what_is_no_option_is_wrong_usage(self, folder: Path, option: str, value: str) -> None:
        result = CliRunner().invoke(main, ["kwic", "mines", option, value, "-i", str(folder / "index")])
        assert result.exit_code == 2

    def test_a_sample_says_how_it_was_drawn(self, folder: Path) -> None:
        _, err = self.run(folder, "the", "--sample", "3", "--seed", "4")
        assert err.startswith("3 drawn by seed 4 of ")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We agree. We vote.", ["We agree.", "We vote."]),
        ("We thank Mr. Vega. He spoke.", ["We thank Mr. Vega.", "He spoke."]),
        ("See Art. 5, para. 2. It holds.", ["See Art. 5, para. 2.", "It holds."]),
        ("The U.S. Government, i.e. Congress, e.g. here. So be it!", None),
        ("J. F. Kennedy said so. Yes.", ["J. F. Kennedy said so.", "Yes."]),
        ("“We agree.” They left.", ["“We agree.”", "They left."]),
        ("He said “stop.” and left. We stayed.", ["He said “stop.” and left.", "We stayed."]),
        ("We agree.[12] We vote.", ["We agree.[12]", "We vote."]),
        ("12. We agree. 13. We vote.", ["12. We agree.", "13. We vote."]),
        ("It grew 3.5 times. Why? Who knows!", ["It grew 3.5 times.", "Why?", "Who knows!"]),
        ("我们同意。我们投票！为什么？", ["我们同意。", "我们投票！", "为什么？"]),
        ("هل نوافق؟ نعم نوافق.", ["هل نوافق؟", "نعم نوافق."]),
        ("हम सहमत हैं। हम जाते हैं।", ["हम सहमत हैं।", "हम जाते हैं।"]),
        ("Das gilt z.B. hier. Vgl. Abs. 2 des Textes.", ["Das gilt z.B. hier.", "Vgl. Abs. 2 des Textes."]),
        ("M. Dupont est là. Mme Roy, cf. p. 3, non.", ["M. Dupont est là.", "Mme Roy, cf. p. 3, non."]),
        ("в т.ч. мины и т.д. в мире. Мы против.", ["в т.ч. мины и т.д. в мире.", "Мы против."]),
        ("¿Quién? ¡Nosotros! El Sr. Gil.", ["¿Quién?", "¡Nosotros!", "El Sr. Gil."]),
        ("no stop at all", ["no stop at all"]),
        ("", [""]),
    ],
)
def test_sentences_are_guessed_by_stops_and_abbreviations(text: str, sentences: list[str] | None) -> None:
    if sentences is None:
        sentences = ["The U.S. Government, i.e. Congress, e.g. here.", "So be it!"]
    starts = sentence_starts(text)
    assert [
        text[begin:end].strip() for begin, end in zip(starts, [*starts[1:], None], strict=True)
    ] == sentences


@pytest.mark.parametrize(
    ("unit", "window", "context"),
    [
        (ContextUnit.WORDS, 0, "mines"),
        (ContextUnit.WORDS, 1, "lay mines there"),
        (ContextUnit.WORDS, 2, "“We lay mines there. Why?”"),
        (ContextUnit.WORDS, 50, "“We lay mines there. Why?”"),
        (ContextUnit.SENTENCE, 9, "“We lay mines there."),
        (ContextUnit.PARAGRAPH, 0, "“We lay mines there. Why?”"),
    ],
)
def test_the_context_ends_with_its_unit_and_with_the_paragraph(
    unit: ContextUnit, window: int, context: str
) -> None:
    text = "“We lay mines there. Why?”"
    start = text.index("mines")
    begin, stop = context_of(text, start, start + 5, unit=unit, window=window)
    assert text[begin:stop] == context


def row(before: str, match: str, after: str, *, width: int = 40, terminal: bool = True) -> str:
    line = ConcordanceLine("a-b-abcde#1", 1, before, match, after, 0, 0, None, None, None, None)
    screen = Screen(width=80) if terminal else Screen()
    return next(table_of([line], screen, width=width, columns=()))


def visible(text: str) -> str:
    """Take out the marks that set parts apart."""
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2069")


class TestTheTable:
    def test_what_was_found_begins_at_one_cell_and_contexts_are_cut_at_the_edges(self) -> None:
        assert row("this is far too long to be shown before ", "mines", " and this behind it too") == (
            "…e shown before mines and this behind i…"
        )
        assert row("no ", "mines", "") == "             no mines"

    def test_wide_letters_take_two_cells_and_marks_none(self) -> None:
        for before in ("我们反对一切核", "x我们反对一切核", "e\u0301" * 30):
            assert cells(row(before, "X", "", width=24).partition("X")[0]) == 24 * 2 // 5

    def test_a_mark_stays_with_its_letter_where_a_context_is_cut(self) -> None:
        assert row("abc" + "e\u0301" * 15, "X", "", width=25).lstrip("…")[0] == "e"

    def test_a_line_from_the_right_is_mirrored_and_each_part_set_apart(self) -> None:
        shown = row("نحن نعارض ", "الألغام", " في كل مكان")
        assert (shown[0], shown[-1]) == ("\u2067", "\u2069")
        assert shown.count("\u2067") == shown.count("\u2069") == 4
        assert cells(visible(shown)) == 40
        # From the right edge: what stands before, what was found, what stands behind.
        assert visible(shown).strip() == "نحن نعارض الألغام في كل مكان"
        assert cells(visible(shown).partition("الألغام")[0]) == 40 * 2 // 5

    def test_words_from_the_right_in_another_line_are_not_drawn_across_the_column(self) -> None:
        shown = row("he said ", "سلام", " سلام to all")
        assert "\u2066سلام\u2069\u2066 سلام to all\u2069" in shown
        assert not shown.startswith("\u2067")

    def test_a_file_has_no_marks_of_direction(self) -> None:
        shown = row("نحن نعارض ", "الألغام", " في كل مكان", terminal=False)
        assert shown == visible(shown)

    def test_control_characters_do_not_reach_the_terminal(self) -> None:
        assert "\x1b" not in row("a\x1b[31m ", "mi\x1bnes", "\u202e x")
