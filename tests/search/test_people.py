"""People: who spoke, as what, for whom, and through whom; each searched by itself.

`scan` answers the same questions by reading the statements, and knows nothing of the index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Index, QueryError, build, open_index
from onrecord.indexer.analysis.words import words
from onrecord.search.cli.program import main

GROUP = """Statement by Finland
on behalf of the European Union

Mr. Chair,

The union looks after its harbours.
"""
NORDIC = """Statement by H.E. Ms. Aino Virta, Ambassador of Finland
on behalf of the Nordic countries

Mr. Chair,

The harbours are cold.
"""
OWN = """Statement by Finland

Mr. Chair,

Finland has harbours.
"""
BAN = {
    "speaker": {"printed": "The Secretary-General", "person": "Ban Ki-moon", "post": "Secretary-General"},
    "paragraphs": ["Harbours are for all."],
}
ANNAN = {
    "speaker": {"printed": "The Secretary-General", "person": "Kofi Annan", "post": "Secretary-General"},
    "paragraphs": ["Harbours were for all."],
}
MINISTER = {
    "speaker": {
        "printed": "Ms. Virta",
        "delegation": "Finland",
        "person": "Aino Maria Virta",
        "post": "Minister of Ports",
    },
    "on_behalf_of": "Friends of Harbours",
    "paragraphs": ["Friends of harbours agree."],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    texts = folder / "texts"
    texts.mkdir()
    for name, said in {"eu": GROUP, "nordic": NORDIC, "own": OWN}.items():
        (texts / f"{name}.txt").write_text(said, "utf-8")
    for name, entry in {"ban": BAN, "annan": ANNAN, "minister": MINISTER}.items():
        (texts / f"{name}.jsonl").write_text(json.dumps(entry), "utf-8")
    build(texts, into=folder / "index")
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder / "index") as opened:
        yield opened


def found(index: Index, question: str, **options: Any) -> list[str]:
    return sorted({Path(hit.source).stem for hit in index.search(question, limit=None, **options)})


TABLE = [
    ("person:ban", ["ban"], "a word of the name"),
    ('person:"Ban Ki-moon"', ["ban"], "the whole name"),
    ('person:"=ban ki-moon"', ["ban"], "the name that is shown"),
    ('person:"Ki-moon Ban"', [], "a whole name has its order"),
    ("person:moon-ki-ban", ["ban"], "words of a name in any order"),
    ("person:(annan OR ban)", ["annan", "ban"], "either"),
    ("person:virta", ["minister", "nordic"], "also where a delegation speaks"),
    ("person:finland", [], "a delegation is no person"),
    ("person:secretary", [], "and a post is none"),
    ("post:secretary-general", ["annan", "ban"], "the words of a post"),
    ('post:"minister of ports"', ["minister"], "side by side"),
    ("post:ambassador", ["nordic"], "read from a heading"),
    ("-person:unknown harbours", ["annan", "ban", "minister", "nordic"], "who is known"),
    ("behalf:eu", ["eu"], "a group by its code"),
    ('behalf:"European Union"', ["eu"], "by its name"),
    ('behalf:"Union européenne"', ["eu"], "and by any of its names"),
    ("behalf:nordic", ["nordic"], "a word that is a name of it"),
    ('behalf:"friends of harbours"', ["minister"], "a group that the register does not know"),
    ("behalf:harbours", ["minister"], "by a word of its name"),
    ("behalf:finland", [], "who speaks is not whom it is for"),
    ("delivered:finland", ["eu", "nordic"], "the state that gave a group's statement"),
    ("delivered:fin behalf:eu", ["eu"], "both"),
    ("speaker:finland", ["minister", "own"], "and the speaker is who it was"),
    ('speaker:"European Union"', ["eu"], "the group whose statement it is"),
]


@pytest.mark.parametrize(("question", "expected", "why"), TABLE, ids=[row[0] for row in TABLE])
def test_a_question_finds(index: Index, question: str, expected: list[str], why: str) -> None:
    assert found(index, question) == expected, why


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("person", "Moon Ban", ["ban"]),
        ("person", ["Annan, Kofi", "Virta"], ["annan", "minister", "nordic"]),
        ("person", [None], ["eu", "own"]),
        ("post", "general secretary", ["annan", "ban"]),
        ("behalf", "EU", ["eu"]),
        ("delivered", ["Finland", "Sweden"], ["eu", "nordic"]),
    ],
)
def test_a_filter_by_name_finds(
    folder: Path, index: Index, option: str, value: Any, expected: list[str]
) -> None:
    everything = "chair OR harbours OR union OR friends"
    assert found(index, everything, **{option: value}) == expected
    values = [value] if isinstance(value, str) else value
    if None not in values:
        typed = [part for one in values for part in (f"--{option}", one)]
        asked = ["search", everything, *typed, "-i", str(folder / "index"), "--json", "--limit", "all"]
        lines = CliRunner().invoke(main, asked).stdout.splitlines()
        assert sorted({Path(json.loads(line)["source"]).stem for line in lines}) == expected


def test_what_is_known_of_people_is_in_json_and_shown(folder: Path, index: Index) -> None:
    [hit] = index.search('"looks after"').hits
    told = hit.as_dict()
    names = (
        "speaker",
        "delegation_code",
        "on_behalf_of",
        "on_behalf_of_code",
        "delivered_by",
        "delivered_by_code",
    )
    assert [told[name] for name in names] == [
        "European Union",
        "EU",
        "European Union",
        "EU",
        "Finland",
        "FIN",
    ]
    shown = CliRunner().invoke(main, ["search", "friends", "-i", str(folder / "index")]).stdout
    assert "Finland (Aino Maria Virta, Minister of Ports, on behalf of Friends of Harbours)" in shown
    shown = CliRunner().invoke(main, ["search", "cold", "-i", str(folder / "index")]).stdout
    assert "given by Finland" in shown


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ('person:"Ban Ki-mon"', ("Ban Ki-moon",)),
        ("person:anan", ("Kofi Annan",)),
        ("person:kofy-anan", ("Kofi Annan",)),
        ("post:secretary-generol", ("Secretary-General",)),
        ('behalf:"friends of harbors"', ("Friends of Harbours",)),
    ],
)
def test_a_name_that_is_nowhere_is_answered_with_the_nearest(
    index: Index, question: str, near: tuple[str, ...]
) -> None:
    [missing] = index.search(question).missing
    assert missing.near == near


def test_a_filter_says_what_it_leaves_out_unseen(index: Index) -> None:
    [unknown] = index.search("harbours person:ban").unknown
    assert (unknown.filter, unknown.statements, unknown.query) == ("person", 2, "person:unknown")
    assert found(index, f"harbours {unknown.query}") == ["eu", "own"]


def test_persons_are_counted_and_each_count_can_be_asked_for(index: Index) -> None:
    persons = index.search("harbours").facets().persons
    assert {one.name: one.paragraphs for one in persons}["Ban Ki-moon"] == 1
    for one in persons:
        assert index.search(f"harbours {one.query}").total == one.paragraphs


@pytest.mark.parametrize(
    ("question", "words_"),
    [
        ("person:moon-ban", 'person named "moon ban", in any order'),
        ('person:"Ban Ki-moon"', 'person named "ban ki moon"'),
        ("post:minister", 'post with "minister"'),
        ("behalf:eu", "on behalf of European Union"),
        ("behalf:harbours", 'on behalf of one named "harbours"'),
        ("delivered:fin", "delivered by Finland"),
    ],
)
def test_a_question_says_how_it_was_understood(index: Index, question: str, words_: str) -> None:
    assert index.search(question).understood == words_


def test_the_statements_of_a_person_are_listed_as_a_search_finds_them(folder: Path) -> None:
    def listed(*options: str) -> list[str]:
        done = CliRunner().invoke(main, ["list", "-i", str(folder / "index"), "--json", *options])
        return [Path(json.loads(line)["source"]).stem for line in done.stdout.splitlines()]

    assert listed("--person", "moon ban") == ["ban"]
    assert sorted(listed("--person", "virta", "--person", "annan")) == ["annan", "minister", "nordic"]
    wrong = CliRunner().invoke(main, ["list", "-i", str(folder / "index"), "--files", "--person", "ban"])
    assert "--person chooses statements, and goes without --files." in wrong.stderr


def test_a_list_of_groups_is_answered_with_how_to_write_it(index: Index) -> None:
    with pytest.raises(QueryError, match=r"write behalf:\(friends OR others\)"):
        index.search("behalf:friends,others")


# A scan of the same statements


NAMES = st.sampled_from(["Ana Lima", "Lima Ana", "Ana-Maria Lima", "Bo Ek", "É. Ek", None])
POSTS = st.sampled_from(["Minister", "Prime Minister", "Minister of Ports", None])
GROUPS = st.sampled_from(["European Union", "EU", "Friends of Ports", "Port States", None])
ENTRIES = st.lists(st.tuples(NAMES, POSTS, GROUPS), min_size=1, max_size=6)
ASKED = st.lists(
    st.sampled_from(["ana", "lima", "ek", "maria", "e", "minister", "ports", "prime"]), min_size=1, max_size=3
)


def scan(
    entries: Sequence[tuple[str | None, ...]], at: int, wanted: Sequence[str], *, in_order: bool
) -> set[int]:
    """Find the entries whose name has the words, by reading."""
    kept = set()
    for number, entry in enumerate(entries):
        own = words(entry[at] or "")
        runs = [own[start : start + len(wanted)] for start in range(len(own))]
        if (list(wanted) in runs) if in_order else set(wanted) <= set(own):
            kept.add(number)
    return kept


@settings(max_examples=25, deadline=None)
@given(entries=ENTRIES, asked=st.lists(ASKED, min_size=1, max_size=6))
def test_people_are_found_as_by_a_scan(
    entries: list[tuple[str | None, str | None, str | None]], asked: list[list[str]]
) -> None:
    with TemporaryDirectory() as folder:
        lines = [
            json.dumps(
                {
                    "speaker": {"printed": f"S{number}", "person": person, "post": post},
                    "on_behalf_of": group,
                    "paragraphs": [f"word number{number}"],
                }
            )
            for number, (person, post, group) in enumerate(entries)
        ]
        Path(folder, "a.jsonl").write_text("\n".join(lines), "utf-8")
        build(Path(folder, "a.jsonl"), into=Path(folder, "index"))
        with open_index(Path(folder, "index")) as index:

            def numbers(question: str, **options: Any) -> set[int]:
                hits = index.search(question, limit=None, **options)
                return {int(hit.text.removeprefix("word number")) for hit in hits}

            for wanted in asked:
                typed = " ".join(wanted)
                for at, field in enumerate(("person", "post")):
                    assert numbers(f'word {field}:"{typed}"') == scan(entries, at, wanted, in_order=True)
                    assert numbers("word", **{field: typed}) == scan(entries, at, wanted, in_order=False)
            union = {number for number, entry in enumerate(entries) if entry[2] in ("European Union", "EU")}
            assert numbers("word behalf:eu") == union
            assert numbers("word behalf:unknown") == {
                n for n, entry in enumerate(entries) if entry[2] is None
            }
