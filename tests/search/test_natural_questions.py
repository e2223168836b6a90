"""Questions as people type them: in capitals, with apostrophes, with words that no text has together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import Index, Request, build, open_index
from onrecord.indexer.errors import QueryError
from onrecord.search.cli import main
from onrecord.search.results.counts import Hint, WordCount

TEXTS = {
    "japan.txt": "Statement by Japan\nSecurity Council, 4 May 2010\n\n"
    "The colonial rule of the past has ended, and France was asked to speak of it.\n\n"
    "My delegation will apologise for nothing, and the mines of 2010 are cleared.",
    "panama.txt": "Statement by Panama\nGeneral Assembly, 12 June 2011\n\n"
    "France did speak of colonial rule, and nobody would apologise for it here.\n\n"
    "The mines were laid in our rivers, and the treaty bans them for all.",
    "paris.txt": "Déclaration de la France\nAssemblée générale, 12 juin 2011\n\n"
    "L'identité de notre peuple est liée à la mer, et la délégation remercie le président de la réunion.\n\n"
    "Une identité commune se forme entre les peuples qui vivent au bord de cette mer.",
    "beijing.txt": "Statement by China\nGeneral Assembly, 12 June 2011\n\n"
    "中国政府一贯主张全面禁止和彻底销毁核武器，并为此作出了不懈努力。\n\n"
    "我们支持联合国在维护国际和平与安全方面发挥核心作用。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("natural")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    build(folder, into=folder / "index")
    return folder / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as index:
        yield index


def holding(index: Index, *words: str) -> set[str]:
    """Return the addresses of the paragraphs that hold any of some words, each asked for by itself."""
    return {hit.address for word in words for hit in index.search(word, limit=None)}


def test_any_finds_what_each_word_finds(index: Index) -> None:
    found = index.search("colonial mines kangaroo", match="any", limit=None)
    assert {hit.address for hit in found} == holding(index, "colonial", "mines")
    assert found.understood.startswith("any of: colonial (any form or spelling), mines")


def test_a_hit_says_which_words_of_content_it_lacks(index: Index) -> None:
    for hit in index.search("the colonial mines kangaroo", match="any", limit=None):
        held = {word for word in ("colonial", "mines") if hit.address in holding(index, word)}
        assert {*hit.lacks} == {"colonial", "mines", "kangaroo"} - held


def test_phrases_minus_and_fields_keep_their_meaning(index: Index) -> None:
    found = index.search('"colonial rule" treaty -nobody speaker:panama', match="any", limit=None)
    assert {hit.address for hit in found} == holding(index, "treaty speaker:panama")
    both = index.search("colonial AND apologise kangaroo", match="any", limit=None)
    assert {hit.address for hit in both} == holding(index, "colonial apologise")


def test_all_is_what_words_side_by_side_mean_without_it(index: Index) -> None:
    assert index.search("colonial mines").total == 0
    assert index.search("colonial mines", match="all").total == 0
    with pytest.raises(QueryError, match='"some" is not a match; write all or any'):
        index.search("mines", match="some")
    assert Request.from_dict(Request.of("a", match="any").as_dict()) == Request.of("a", match="any")


def test_where_nothing_has_all_words_each_is_counted(index: Index) -> None:
    typed = "Did France apologise for colonial mines?"
    found = index.search(typed)
    assert found.total == 0
    instead = found.instead
    assert instead is not None
    assert instead.words == tuple(
        WordCount(word, index.search(word).total)
        for word in ("did", "france", "apologise", "for", "colonial", "mines")
    )
    assert instead.any == index.search(typed, match="any").total


def test_the_fewest_words_that_stand_in_the_way_are_named(index: Index) -> None:
    content = ("france", "apologise", "colonial", "mines", "treaty")
    instead = index.search(f"did {' '.join(content)}").instead
    assert instead is not None
    given_up = [word for word in instead.without if word in content]
    totals = {
        kept: index.search(" ".join(kept)).total
        for size in range(1, len(content) + 1)
        for kept in combinations(content, size)
    }
    fewest = min(len(content) - len(kept) for kept, total in totals.items() if total)
    assert len(given_up) == fewest
    assert instead.paragraphs == totals[tuple(word for word in content if word not in given_up)]
    assert instead.paragraphs == max(
        total for kept, total in totals.items() if len(kept) == len(content) - fewest
    )


def test_what_is_found_says_nothing_of_the_sort(index: Index) -> None:
    assert index.search("colonial rule").instead is None
    assert index.search("kangaroo").instead is None  # there is only one word


def test_a_word_that_is_a_speaker_or_a_year_is_told(index: Index) -> None:
    found = index.search("what did japan say about mines in 2010")
    assert found.hints == (
        Hint("japan", "speaker", "speaker:japan"),
        Hint("2010", "date", "date:2010"),
    )
    assert all(index.search(hint.query).total for hint in found.hints)
    assert index.search("mines 1999 kangaroo").hints == ()


def test_the_command_says_what_could_be_asked_instead(folder: Path) -> None:
    done = CliRunner().invoke(main, ["search", "-i", str(folder), "colonial treaty kangaroo japan"])
    assert done.exit_code == 0
    assert "No paragraph has all of these words: colonial 2; treaty 1; kangaroo 0; japan 0." in done.stderr
    assert "Any of them, best first: 3 paragraphs; to see them add --any." in done.stderr
    assert "japan is also a speaker: speaker:japan." in done.stderr
    any_of_them = CliRunner().invoke(main, ["search", "-i", str(folder), "--any", "colonial treaty"])
    assert "lacks: treaty" in any_of_them.stdout


@pytest.mark.parametrize(
    ("shouted", "quiet"),
    [
        ("FRANCE APOLOGISE COLONIAL", "france apologise colonial"),
        ("MINES RIVERS TREATY", "mines rivers treaty"),
    ],
)
def test_a_question_in_capitals_is_read_as_in_small_letters(index: Index, shouted: str, quiet: str) -> None:
    assert index.search(shouted).total == index.search(quiet).total > 0
    assert "capitals throughout say nothing" in index.search(shouted).understood


@pytest.mark.parametrize("acronyms", ["WHO", "WHO UN", "WHO OR UN OR EU"])
def test_a_few_words_in_capitals_and_those_beside_operators_are_acronyms(index: Index, acronyms: str) -> None:
    assert "capitals throughout" not in index.search(acronyms).understood


@pytest.mark.parametrize("typed", ["l'identité", "L’identité", "d'identité", "qu'identité"])
def test_an_elision_is_left_out_before_its_word(index: Index, typed: str) -> None:
    assert {hit.address for hit in index.search(typed)} == {hit.address for hit in index.search("identité")}
    assert "left out before a word" in index.search(typed).understood


def test_in_quotation_marks_and_in_exact_mode_an_elision_is_read_as_it_stands(index: Index) -> None:
    assert index.search('"l\'identité"').total == 1
    assert index.search("l'identité", mode="exact").total == 1
    assert index.search("identité").total == 2


def test_a_long_run_of_chinese_is_its_pairs_where_any_will_do(index: Index) -> None:
    asked = "中国对核武器有什么主张"
    assert index.search(asked).total == 0
    found = index.search(asked, match="any")
    assert found.hits[0].text.startswith("中国政府")
    assert found.understood == f'any two neighbours of "{asked}"'
    nowhere = index.search("龙凤龟麟虎豹", match="any")
    assert [one.near for one in nowhere.missing] == [()]
    assert index.search("核武器", match="any").understood == 'the phrase "核 武 器"'
    assert index.search(f'"{asked}"', match="any").total == 0
    assert index.search(f"kangaroo OR {asked}").hits[0].text.startswith("中国政府")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("high-speed mines", "any of: high (any form or spelling), speed (any form or spelling), mines"),
        ("A/RES/76/47 mines", 'any of: the phrase "a res 76 47", mines'),
        ("U.N. mines", 'any of: the phrase "u n", mines'),
        ("主张2010年核武器", 'any of: the phrase "主 张", the word "2010", the phrase "年 核 武 器"'),
    ],
)
def test_what_is_typed_together_is_parted_where_any_will_do(
    index: Index, typed: str, understood: str
) -> None:
    assert index.search(typed, match="any").understood.startswith(understood)
