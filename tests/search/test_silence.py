"""Who spoke on something, who spoke and not on it, who did not speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord import Index, QueryError, build, open_index
from onrecord.indexer.register import delegation_named
from onrecord.search.cli import main
from onrecord.search.engine.local import LocalBackend
from onrecord.search.research.silence import Presence, read_among
from onrecord.search.results.presence import GivenStatement

# Speakers by year, and what each said: counts of the facts that were published of one debate.
FACTS: dict[str, dict[str, list[str]]] = {
    "2017": {"island": ["Belize", "Swaziland", "Tuvalu"], "nothing": ["Haiti", "Holy See"]},
    "2018": {"island": ["Belize", "Eswatini"], "nothing": ["Haiti", "Tuvalu", "Holy See"]},
}
WORDS = {
    "island": "We speak for the island. The island belongs here.",
    "nothing": "We thank the chair for it.",
}


def statement(speaker: str, date: str | None, words: str, forum: str | None = "General Debate") -> str:
    known = [f"speaker: {speaker}", f"date: {date}" if date else "", f"forum: {forum}" if forum else ""]
    return "\n".join(["---", *filter(None, known), "---", "", "Here we are again, all of us.", "", words, ""])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("silence")


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    texts = folder / "texts"
    texts.mkdir()
    for year, said in FACTS.items():
        for words, speakers in said.items():
            for speaker in speakers:
                path = texts / f"{year}-{speaker.replace(' ', '-').lower()}.md"
                path.write_text(statement(speaker, f"{year}-09-20", WORDS[words]), "utf-8")
    (texts / "undated.md").write_text(statement("Nauru", None, WORDS["island"]), "utf-8")
    (texts / "year.md").write_text(statement("Palau", "2018", WORDS["nothing"]), "utf-8")
    (texts / "nowhere.md").write_text(
        statement("Kiribati", "2018-09-21", WORDS["island"], forum=None), "utf-8"
    )
    (texts / "person.md").write_text(statement("Ada Lind", "2018-09-21", WORDS["island"]), "utf-8")
    build(texts, into=folder / "index")
    with open_index(folder / "index") as opened:
        yield opened


def names(presences: tuple[Presence, ...]) -> list[str]:
    return [one.name for one in presences]


@pytest.mark.parametrize("year", sorted(FACTS))
def test_those_who_spoke_and_those_who_did_not_are_those_of_the_facts(index: Index, year: str) -> None:
    result = index.silence("island", since=f"{year}-09-01", until=f"{year}-09-30", forum="General Debate")
    assert names(result.spoke) == sorted(FACTS[year]["island"])
    assert names(result.silent) == sorted(FACTS[year]["nothing"])


def test_a_delegation_is_one_under_all_its_names_and_bears_that_of_the_day(index: Index) -> None:
    [row] = [one for one in index.silence("island").spoke if one.code == "SWZ"]
    assert (row.name, row.statements, row.of_statements, row.paragraphs) == ("Eswatini", 2, 2, 2)
    assert row.first is not None
    assert row.first.startswith("2017-09-20-swaziland")
    assert row.first.endswith("#2")


def test_who_spoke_once_on_it_is_not_silent(index: Index) -> None:
    [row] = [one for one in index.silence("island") if one.code == "TUV"]
    assert (row.status, row.statements, row.of_statements) == ("spoke", 1, 2)


def test_the_silent_come_with_the_statement_they_gave(index: Index) -> None:
    [haiti] = [one for one in index.silence("island", since=2018).silent if one.name == "Haiti"]
    assert haiti.first is None
    assert haiti.statement is not None
    assert index.show(haiti.statement).hits[0].speaker == "Haiti"


def test_what_cannot_be_told_is_nobodys_silence(index: Index) -> None:
    result = index.silence("island", since="2018-09-01", until="2018-09-30", forum="General Debate")
    apart = {(one.field, one.query, len(one.statements), len(one.matching)) for one in result.unknown}
    assert apart == {
        ("forum", "forum:unknown", 1, 1),
        ("date", "date:unknown", 1, 1),
        ("date", "date:2018..2018", 1, 0),
    }
    assert not {"Nauru", "Palau", "Kiribati"} & {one.name for one in result}


def test_persons_are_looked_at_by_themselves(index: Index) -> None:
    assert names(index.silence("island", among="persons").spoke) == ["Ada Lind"]
    assert len(index.silence("island").others) == 1


def test_the_absent_are_the_states_that_the_register_has_at_that_date(index: Index) -> None:
    absent = index.silence("island", since=2018, until=2018, absent=True).absent
    assert {"Japan", "South Africa"} <= set(names(absent))
    assert not {"Swaziland", "Czechoslovakia", "Belize", "Eswatini"} & set(names(absent))
    assert all(one.statements == one.of_statements == 0 for one in absent)
    assert index.silence("island").absent == ()


@pytest.mark.parametrize(
    ("year", "there", "not_there"),
    [
        (1985, ["Czechoslovakia", "Swaziland", "Zaire"], ["Czech Republic", "South Sudan", "Namibia"]),
        (1946, ["France", "Byelorussian SSR"], ["Ghana", "Israel", "Dahomey"]),
        (2012, ["South Sudan", "Czech Republic", "Montenegro"], ["Yugoslavia", "Czechoslovakia"]),
    ],
)
def test_who_was_no_state_yet_or_any_more_is_not_absent(
    index: Index, year: int, there: list[str], not_there: list[str]
) -> None:
    absent = names(index.silence("island", since=year, until=year, absent=True).absent)
    assert set(there) <= set(absent)
    assert not set(not_there) & set(absent)
    assert len(absent) == len(set(absent))


def test_a_list_says_who_is_looked_at_and_in_which_groups(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "allies.txt"
    path.write_text("# allies\nBelize\nSWZ; African Group\nJapan\n\nHaiti\n", "utf-8")
    listed = read_among(path)
    assert listed == {"BLZ": (), "SWZ": ("African Group",), "JPN": (), "HTI": ()}
    result = index.silence("island", among=listed, since=2018, absent=True)
    assert (names(result.spoke), names(result.silent), names(result.absent)) == (
        ["Belize", "Eswatini"],
        ["Haiti"],
        ["Japan"],
    )


def test_a_name_that_the_register_does_not_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "allies.txt"
    path.write_text("Belize\nAtlantis\n", "utf-8")
    with pytest.raises(QueryError) as refused:
        read_among(path)
    assert str(refused.value) == (
        f'{path}, line 2: the register has no delegation "Atlantis"; write it as a search does.'
    )


def test_what_is_said_on_behalf_of_a_group_covers_its_members_and_is_not_theirs(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = LocalBackend.statements

    def for_a_group(*asked: Any, **options: Any) -> Iterator[GivenStatement]:
        for one in statements(*asked, **options):
            yield one._replace(on_behalf_of="African Group") if one.speaker == "Eswatini" else one

    monkeypatch.setattr(LocalBackend, "statements", for_a_group)
    listed = {"SWZ": ["African Group"], "HTI": ["african group"], "TUV": [], "GHA": ["African Group"]}
    result = index.silence("island", among=listed, since=2018, absent=True)
    assert result.groups == ("African Group",)
    assert {(one.name, one.status, one.covered_by) for one in result} == {
        ("Eswatini", "spoke", ()),
        ("Haiti", "silent", ("African Group",)),
        ("Tuvalu", "silent", ()),
        ("Ghana", "absent", ("African Group",)),
    }
    assert result.notes[0].startswith("Also spoken for on it: African Group;")


GROUPS = """---
speaker: {speaker}
date: 2020-09-20
forum: General Debate
language: en
{more}---

{words}
"""


def test_whoever_a_group_spoke_for_is_covered_by_it_and_has_not_spoken(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for speaker, more, words in (
        ("Eswatini", "on_behalf_of: African Group\n", WORDS["island"]),
        ("European Union", "", WORDS["island"]),
        ("Ghana", "", WORDS["nothing"]),
        ("Austria", "", WORDS["nothing"]),
        ("Haiti", "", WORDS["nothing"]),
    ):
        text = GROUPS.format(speaker=speaker, more=more, words=words)
        (texts / f"{speaker.lower().replace(' ', '-')}.md").write_text(text, "utf-8")
    build(texts, into=tmp_path / "index")
    listed = {
        "SWZ": ["African Group"],
        "GHA": ["African Group"],
        "KEN": ["African Group"],
        "AUT": ["EU"],
        "FRA": ["European Union"],
        "HTI": [],
    }
    with open_index(tmp_path / "index") as index:
        result = index.silence("island", among=listed, absent=True, since=2020, until=2020)
        assert result.groups == ("African Group", "European Union")
        assert {(one.name, one.status, one.covered_by) for one in result} == {
            ("Eswatini", "spoke", ()),
            ("Ghana", "silent", ("African Group",)),
            ("Kenya", "absent", ("African Group",)),
            ("Austria", "silent", ("European Union",)),
            ("France", "absent", ("European Union",)),
            ("Haiti", "silent", ()),
        }
        covered = [one for one in result if one.covered_by]
        assert all(one.statements == one.paragraphs == 0 and one.first is None for one in covered)
        page = index.brief({"islands": "island"}, among=listed, silence=True, absent=True).markdown()
        assert "| Ghana | 1 |" in page
        assert page.count("| African Group |") == 2
        nobody = index.silence("wealth", among=listed, absent=True, since=2020, until=2020)
        assert nobody.groups == ()
        assert not any(one.covered_by for one in nobody)


TOPICS = {"islands": "island", "nothing": '"here we are"'}


def test_topics_are_looked_at_one_by_one(index: Index) -> None:
    several = index.silence(TOPICS, since=2017, absent=True)
    alone = {name: index.silence(typed, since=2017, absent=True) for name, typed in TOPICS.items()}
    assert dict(several) == alone
    assert several.as_dict() == {name: one.as_dict() for name, one in alone.items()}
    rows = several.table().as_dicts()
    assert [row["topic"] for row in rows] == [name for name, one in alone.items() for _ in one]
    assert [{**row, "topic": None} for row in rows if row["topic"] == "islands"] == [
        {"topic": None, **row} for row in alone["islands"].table().as_dicts()
    ]
    assert [one.pop("topic") for one in several.as_dicts()] == [row["topic"] for row in rows]


def test_the_command_has_a_row_for_each_speaker_on_each_topic(
    run: Callable[..., tuple[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "topics.yaml"
    path.write_text("islands: island\nnobody: zebra\n", "utf-8")
    out, err = run("--topics", str(path), "--since", "2017", "--until", "2017", "--format", "tsv")
    assert [line.split("\t")[:3] for line in out.splitlines()][:3] == [
        ["topic", "status", "name"],
        ["islands", "spoke on it", "Belize"],
        ["islands", "spoke on it", "Swaziland"],
    ]
    assert {line.split("\t")[1] for line in out.splitlines() if line.startswith("nobody")} == {
        "spoke, not on it"
    }
    assert {line.partition(":")[0] for line in err.splitlines()} == {"islands", "nobody"}


@pytest.mark.parametrize("args", [[], ["island", "--topics", "lancet"]])
def test_a_question_or_topics_and_not_both(folder: Path, index: Index, args: list[str]) -> None:
    done = CliRunner().invoke(main, ["silence", *args, "-i", str(folder / "index")])
    assert done.exit_code == 2
    assert "Write a query, or name a file with --topics, and not both." in done.stderr


def test_counts_are_those_of_a_search(index: Index) -> None:
    result, found = index.silence("island"), index.search("island", limit=None)
    persons = index.silence("island", among="persons")
    assert sum(one.paragraphs for one in (*result, *persons)) == found.total
    assert sum(one.statements for one in (*result, *persons)) == found.statements


@pytest.fixture
def run(folder: Path, index: Index) -> Callable[..., tuple[str, str]]:
    def run(*args: str) -> tuple[str, str]:
        done = CliRunner().invoke(main, ["silence", *args, "-i", str(folder / "index")])
        assert done.exit_code == 0, done.output
        return done.stdout, done.stderr

    return run


def test_the_command_says_who(run: Callable[..., tuple[str, str]]) -> None:
    out, err = run("island", "--since", "2018-09-01", "--until", "2018-09-30", "--format", "tsv")
    assert [line.split("\t")[:3] for line in out.splitlines()[1:]] == [
        ["spoke on it", "Belize", "BLZ"],
        ["spoke on it", "Eswatini", "SWZ"],
        ["spoke on it", "Kiribati", "KIR"],
        ["spoke, not on it", "Haiti", "HTI"],
        ["spoke, not on it", "Holy See", "VAT"],
        ["spoke, not on it", "Tuvalu", "TUV"],
    ]
    assert err.splitlines()[0].startswith("3 speakers on it, 3 not on it, for island")
    assert "Apart stand 1 statement whose date is not known or not precise enough" in err


def test_each_line_of_json_is_one_speaker(run: Callable[..., tuple[str, str]]) -> None:
    out, _ = run("island", "--since", "2017", "--until", "2017", "--json")
    rows: list[Mapping[str, object]] = [json.loads(line) for line in out.splitlines()]
    assert [(row["status"], row["name"]) for row in rows][:2] == [("spoke", "Belize"), ("spoke", "Swaziland")]
    assert all(delegation_named(str(row["name"])) for row in rows)
