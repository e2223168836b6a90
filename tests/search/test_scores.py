"""A word scores by its rarity, in whatever form it stands; words of grammar count less."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import query

from onrecord import Index, build, open_index
from onrecord.indexer.analysis.function_words import function_words, make_table
from onrecord.search.language import read_query
from onrecord.search.language.weights import FUNCTION_WORD_WEIGHT
from onrecord.search.query.lexicon import Dictionaries

ENGLISH = Dictionaries(["en"])
FILLING = (
    "The delegation thanks the chair and looks forward to the work of the session.\n\n"
    "Our region has known many years of conflict, and we wish for all peoples to live in security.\n\n"
)


def index_of(folder: Path, **texts: str) -> Index:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    build(folder, into=folder / "index")
    return open_index(folder / "index")


def scores(index: Index, typed: str) -> dict[str, float]:
    return {hit.text: hit.score for hit in index.search(typed, limit=None)}


@pytest.mark.parametrize(
    ("asked", "one", "other"),
    [
        ("trade", "We spoke of trade with our friends here.", "We spoke of TRADE with our friends here."),
        ("defence", "It is a matter of defence for us today.", "It is a matter of defense for us today."),
        (
            "cooperation",
            "We value the cooperation of all states here.",
            "We value the co-operation of all states here.",
        ),
        (
            "co-operation",
            "We value the cooperation of all states here.",
            "We value the co-operation of all states here.",
        ),
        ("mines", "Clear the mine before the children come.", "Clear the mines before the children come."),
    ],
)
def test_a_word_scores_alike_in_whatever_form_it_stands(
    tmp_path: Path, asked: str, one: str, other: str
) -> None:
    with index_of(tmp_path, a=FILLING + one, b=FILLING.upper() + "\n\n" + FILLING + other) as index:
        found = scores(index, asked)
        lengths = {text: len(text.replace("-", " ").split()) for text in (one, other)}
        if lengths[one] == lengths[other]:
            assert found[one] == found[other]
        else:  # a word written in two is a paragraph of one word more
            assert found[one] >= found[other] >= 0.95 * found[one]


def test_the_score_of_a_word_does_not_depend_on_other_languages_that_have_it(tmp_path: Path) -> None:
    english = FILLING + "The train of arms came to the important port, and no transport left it.\n"
    french = (
        "Le port de la ville est important pour le transport de nos marchandises vers le sud du pays.\n\n" * 2
    )
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    text = "The train of arms came to the important port, and no transport left it."
    with (
        index_of(tmp_path / "one", a=english, b=french) as one,
        index_of(tmp_path / "two", a=english, b=english.replace("train", "convoy")) as two,
    ):
        # In both a second file has the word in two paragraphs, or in one: what counts is how many hold it.
        assert scores(one, "port")[text] < scores(two, "port")[text]


@pytest.mark.parametrize(
    ("typed", "light"),
    [
        ("the reform of the council", {"the", "of"}),
        ("to be or not to be", set()),
        ("the", set()),
        ('"rule of law" the', {"the"}),
        ("what OR mines", {"what"}),
        ("(the OR a) mines", {"the", "a"}),
        ("mines -the", set()),
        ("war and peace", {"and"}),
        ("disarm* the", {"the"}),
        ("the speaker:japan", set()),
    ],
)
def test_words_of_grammar_weigh_a_quarter_beside_words_of_content(typed: str, light: set[str]) -> None:
    tree = read_query(typed.replace(" or ", " ").replace(" not ", " "), lexicon=ENGLISH).query
    found = {
        getattr(node, "word", None) or getattr(node, "text", None)
        for node in nodes(tree)
        if getattr(node, "boost", 1.0) == FUNCTION_WORD_WEIGHT
    }
    assert found == light


def nodes(tree: query.Query) -> list[query.Query]:
    return [tree, *(inner for child in tree.children() for inner in nodes(child))]


def test_a_word_of_content_decides_the_order(tmp_path: Path) -> None:
    about = "The treaty on mines was signed, and those who live in that valley are glad to see it at last."
    empty = "The the of the and the of the, as it was and as it is, mines aside, of the and the."
    with index_of(tmp_path, a=FILLING + about, b=FILLING + empty) as index:
        assert index.search("the treaty OR the mines")[0].text == about


def test_a_word_that_is_one_of_grammar_elsewhere_keeps_its_weight(tmp_path: Path) -> None:
    german = (
        "Es war ein langer Krieg in unserem Land, und wir wollen Frieden mit allen Nachbarn haben.\n\n"
        "Die Vertragsstaaten haben sich verpflichtet, alle Minen zu vernichten und den Opfern zu helfen.\n\n"
    )
    english = "".join(
        f"The war number {number} has ended and our peoples live in peace again.\n\n" for number in range(9)
    )
    with index_of(tmp_path, a=english, b=german) as index:
        tree = index.search("war peace").understood
        assert "war" in tree
        lexicon = index._backend.lexicon
        assert not lexicon.is_grammatical("war", lexicon.meaning("war").groups)
        assert lexicon.is_grammatical("the", lexicon.meaning("the").groups)
        assert lexicon.is_grammatical("und", lexicon.meaning("und").groups)


def test_the_lists_of_words_of_grammar_are_those_of_whoosh() -> None:
    table = make_table()
    assert {line.partition("\t")[0] for line in table.splitlines()} >= {"ar", "de", "en", "es", "fr", "ru"}
    for line in table.splitlines():
        language, _, listed = line.partition("\t")
        assert function_words(language) == set(listed.split())
    assert function_words("zz") == frozenset()
