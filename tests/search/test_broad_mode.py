"""Broad mode: an entry of the lexicon is found under all its names, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from onrecord import Index, QueryError, build, open_index
from onrecord.search.language import Match, Mode, read_query
from onrecord.search.lexicon import Entry, FieldLexicon, Guard
from onrecord.search.query.lexicon import Dictionaries

# What stands in a statement each, and its language and year.
TEXTS = {
    "typed": ("en", "2010", "Our States keep the NPT, and the NPT keeps our States."),
    "named": ("en", "2010", "Our States keep the Non-Proliferation Treaty in all its parts."),
    "french": ("fr", "2010", "Nos États respectent le TNP dans toutes ses parties."),
    "french-name": (
        "fr",
        "2010",
        "Nos États respectent le Traité sur la non-prolifération des armes nucléaires.",
    ),
    "russian": ("ru", "2010", "Наши государства соблюдают ДНЯО во всех его частях."),
    "chinese": ("zh", "2010", "我们的国家遵守不扩散核武器条约的各项规定。"),
    "arabic": ("ar", "2010", "تحترم دولنا معاهدة عدم انتشار الأسلحة النووية بجميع أجزائها."),
    "none": ("en", "2010", "Our States keep the Arms Trade Treaty in all its parts."),
    "english-tnp": ("en", "2010", "Our States know the TNP as a party of the opposition."),
    "who": ("en", "2010", "Those who work for health know who they are, and we know them too."),
    "health": ("en", "2010", "Those people at the World Health Organization work for health."),
    "capitals": ("en", "2010", "Those people at the WHO work for health in all our countries."),
    "non-nuclear": ("en", "2010", "The non-nuclear-weapon States ask for more than words."),
    "nuclear": ("en", "2010", "The nuclear-weapon States ask for no more than words."),
    "east": ("en", "1975", "The DDR has joined us, and its delegation sits among us today."),
    "reintegration": ("en", "2010", "The DDR of former fighters takes years of patient work."),
    "process": (
        "en",
        "2010",
        "The disarmament, demobilization and reintegration of fighters takes years.",
    ),
    "nsa-spies": ("en", "2010", "The NSA listens to the telephones of our ministers and people."),
    "nsa-nuclear": ("en", "2010", "The NSA that nuclear powers give us are worth their paper."),
    "nsa-name": ("en", "2010", "The negative security assurances we have are worth their paper."),
}


@contextmanager
def indexed(texts: dict[str, tuple[str, str, str]], own: str = "") -> Iterator[Index]:
    """Index texts, a statement each, with a user's own entries beside the index."""
    with TemporaryDirectory() as name:
        folder = Path(name, "texts")
        folder.mkdir()
        for stem, (language, date, text) in texts.items():
            front = f"---\nspeaker: Panama\nlanguage: {language}\ndate: {date}\n---\n\n"
            (folder / f"{stem}.md").write_text(f"{front}{text}\n", "utf-8")
        if own:
            Path(name, "onrecord-lexicon.csv").write_text(own, "utf-8")
        build(folder, into=Path(name, "index"))
        with open_index(Path(name, "index")) as index:
            yield index


Find = Callable[[Index, str], set[str]]


def found(index: Index, question: str, mode: str = "broad") -> set[str]:
    return {Path(hit.source).stem for hit in index.search(question, mode=mode, limit=None)}


@pytest.fixture(scope="module")
def field() -> Iterator[Index]:
    with indexed(TEXTS) as index:
        yield index


NPT = {"typed", "named", "french", "french-name", "russian", "chinese", "arabic"}


@pytest.mark.parametrize(
    ("question", "stems", "why"),
    [
        ("NPT", NPT, "an acronym finds the names, in the languages of the index"),
        ("npt", NPT, "in small letters too, for it is no word"),
        ("non-proliferation treaty", NPT, "a name finds the acronyms"),
        ("Non-Proliferation Treaty parts", {"named"}, "beside other words, as in normal mode"),
        ("ДНЯО", NPT, "in any language"),
        ("不扩散核武器条约", NPT, "in one without spaces"),
        ("TNP", NPT | {"english-tnp"}, "what was typed is found as in normal mode"),
        ('"NPT"', {"typed"}, "inside quotation marks as written"),
        ("WHO", {"capitals", "health"}, "an acronym that is a word"),
        ("World Health Organization", {"capitals", "health"}, "is looked for in capitals"),
        ("who health", {"who", "capitals"}, "and is none in small letters"),
        ("NWS", {"nuclear"}, "longest entry wins: no name in a longer name"),
        ("NNWS", {"non-nuclear"}, "which is another entry"),
        ("non-nuclear-weapon States", {"non-nuclear"}, "also as it is typed"),
        ("disarmament, demobilization and reintegration", {"process", "reintegration"}, "a year guards"),
        ("negative security assurances", {"nsa-name", "nsa-nuclear"}, "a companion word guards"),
        ("NSA", {"nsa-name", "nsa-nuclear", "nsa-spies"}, "other forms than the one that was typed"),
        ("States -NPT", {"none", "english-tnp", "non-nuclear", "nuclear"}, "a minus leaves out all forms"),
        ("NPT OR WHO", NPT | {"capitals", "health"}, "each side"),
        ("(NPT) language:ru", {"russian"}, "fields narrow all forms"),
    ],
)
def test_broad_mode_finds(field: Index, question: str, stems: set[str], why: str) -> None:
    assert found(field, question) == stems, why


def test_other_modes_know_no_other_forms(field: Index) -> None:
    assert [found(field, "NPT", mode) for mode in ("normal", "exact")] == [{"typed"}, {"typed"}]


def test_any_of_the_words_may_be_an_entry(field: Index) -> None:
    hits = field.search("NPT health", mode="broad", match="any", limit=None)
    assert {Path(hit.source).stem for hit in hits} == NPT | {"who", "health", "capitals"}
    lacks = {Path(hit.source).stem: hit.lacks for hit in hits}
    assert (lacks["russian"], lacks["who"]) == (("health",), ("NPT",))


def test_a_name_of_several_words_is_one_of_any(field: Index) -> None:
    hits = field.search("non-proliferation treaty", mode="broad", match="any", limit=None)
    assert {Path(hit.source).stem for hit in hits} >= NPT


def test_another_form_scores_below_the_one_that_was_typed(field: Index) -> None:
    scores = {Path(hit.source).stem: hit.score for hit in field.search("WHO", mode="broad", limit=None)}
    assert scores["capitals"] > scores["health"] > 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "NPT",
            "NPT (in capitals), also as Treaty on the Non-Proliferation of Nuclear Weapons, TNP, ДНЯО,"
            " Non-Proliferation Treaty, Nuclear Non-Proliferation Treaty …",
        ),
        (
            "LAWS mines",
            "LAWS (in capitals), also as lethal autonomous weapons systems, lethal autonomous weapon"
            " systems, fully autonomous weapons, systèmes d’armes létaux autonomes, смертоносные автономные"
            " системы вооружений …; mines (any form or spelling)",
        ),
        ('"NPT"', 'the word "npt"'),
        ("mines", "mines (any form or spelling)"),
    ],
)
def test_the_echo_says_what_else_is_looked_for(field: Index, question: str, words: str) -> None:
    assert field.search(question, mode="broad").understood == words


def test_other_forms_are_marked_where_they_count(field: Index) -> None:
    marked = {
        Path(hit.source).stem: [hit.text[start:end] for start, end in hit.highlights]
        for question in ("ДНЯО", "NSA", "NWS")
        for hit in field.search(question, mode="broad", limit=None)
    }
    assert (marked["french"], marked["named"]) == (["TNP"], ["Non-Proliferation Treaty"])
    assert (marked["nsa-name"], marked["nuclear"]) == (
        ["negative security assurances"],
        ["nuclear-weapon States"],
    )


def test_an_acronym_that_the_index_has_not_is_no_word_of_every_day() -> None:
    with indexed({"a": ("en", "2010", "The laws of our country are laws for everybody.")}) as index:
        assert (found(index, "LAWS"), found(index, "LAWS", "normal")) == (set(), {"a"})


def test_a_long_word_in_capitals_is_read_as_in_normal_mode() -> None:
    texts = {
        "word": ("en", "2010", "We start anew, and start with what all of us can agree upon today."),
        "stressed": ("en", "2010", "We welcome START and all that our two great neighbours do for it."),
        "name": ("en", "2010", "We welcome the Strategic Arms Reduction Treaty and all it does."),
        "phrase": ("en", "2010", "We welcome the START Treaty and all that it does for our peace."),
    }
    with indexed(texts) as index:
        assert found(index, "START") == texts.keys()
        assert found(index, "Strategic Arms Reduction Treaty") == {"name", "phrase"}


def test_a_form_may_be_guarded_by_a_language() -> None:
    texts = {
        "union": ("en", "2010", "We thank the African Union and all its member countries today."),
        "au": ("fr", "2010", "Nous remercions la délégation DU Panama et celle AU nom de laquelle il parle."),
        "acronym": ("en", "2010", "We thank the AU and all of its member countries for what they did."),
    }
    with indexed(texts) as index:
        assert found(index, "African Union") == {"union", "acronym"}


def test_more_entries_than_may_be_asked_at_once_are_refused() -> None:
    with pytest.raises(QueryError) as refused:
        read_query(" ".join(["NPT"] * 51), mode=Mode.BROAD, lexicon=Dictionaries(["en"]))
    assert refused.value.limit == "ENTRIES"


def test_an_index_without_a_language_is_asked_for_none_of_its_names() -> None:
    understood = read_query("NPT", mode=Mode.BROAD, lexicon=Dictionaries(["es"])).understood
    assert understood.startswith("NPT (in capitals), also as TNP, Tratado sobre la No Proliferación")


def test_of_two_entries_with_one_form_the_first_is_meant() -> None:
    lexicon = FieldLexicon(
        [
            Entry("A", "term", (("en", "ZZZ"), ("en", "first of all"))),
            Entry("B", "term", (("en", "ZZZ"), ("en", "second to none")), guard=Guard(capitals=("ZZZ",))),
        ]
    )
    question = read_query("ZZZ", mode=Mode.BROAD, lexicon=Dictionaries(["en"]), field=lexicon)
    assert question.understood == "ZZZ (in capitals), also as first of all"


def test_an_and_takes_no_more_than_one_word_of_any() -> None:
    question = read_query(
        "health AND Non-Proliferation Treaty",
        mode=Mode.BROAD,
        match=Match.ANY,
        lexicon=Dictionaries(["en"]),
    )
    assert "also as" not in question.understood
