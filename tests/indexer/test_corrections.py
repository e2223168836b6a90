"""Corrections by a person, and the report of what there is to correct."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from onrecord import Guess, Hit, Report, build, inspect, open_index, update
from onrecord.indexer.sources.beside import files_above, looking_once
from onrecord.search.cli import main

DEBATE = Path(__file__).parent / "sources" / "parlparse" / "debates2011-02-03a.xml"


def write(folder: Path, corrections: str, at: str = ".") -> None:
    (folder / "texts" / at / "onrecord-overrides.yaml").write_text(corrections, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts" / "letters").mkdir(parents=True)
    text = "Statement by Panama\n\nGeneva, 12 May 2021\n\nThe canal is ours."
    (tmp_path / "texts" / "letters" / "p.txt").write_text(text, "utf-8")
    (tmp_path / "texts" / "q.txt").write_text("Statement by Norway\n\nThe fjord is ours.", "utf-8")
    return tmp_path


def indexed(folder: Path, *, fresh: bool = False) -> Report:
    return (build if fresh else update)(folder / "texts", into=folder / "index")


def hit(folder: Path, question: str) -> Hit:
    with open_index(folder / "index") as index:
        [found] = index.search(question)
    return found


@pytest.mark.parametrize("fresh", [False, True])
def test_a_correction_goes_before_what_was_read(folder: Path, *, fresh: bool) -> None:
    indexed(folder)
    write(folder, "letters/p.txt:\n  speaker: Japan\n  date: 2020-01-02\n  place: ~\n")
    indexed(folder, fresh=fresh)
    found = hit(folder, "canal")
    assert (found.speaker, found.date, found.place) == ("Japan", "2020-01-02", None)


def test_a_correction_is_found_by_every_name_of_a_delegation(folder: Path) -> None:
    write(folder, "letters/p.txt: {speaker: Türkei}")
    indexed(folder)
    assert hit(folder, "speaker:turkey").printed_speaker == "Türkei"


def test_a_correction_by_hash_follows_a_file_that_is_renamed(folder: Path) -> None:
    letter = folder / "texts" / "letters" / "p.txt"
    write(folder, f"sha256:{sha256(letter.read_bytes()).hexdigest()}:\n  forum: Security Council\n")
    letter.rename(folder / "texts" / "moved.txt")
    assert indexed(folder).unmatched == ()
    assert hit(folder, "canal").forum == "Security Council"


def test_only_the_files_whose_corrections_change_are_read_again(folder: Path) -> None:
    write(folder, "q.txt: {place: Oslo}")
    indexed(folder)
    write(folder, "# moved down\n\nq.txt: {place: Oslo}\nletters/p.txt: {place: Vienna}")
    assert (indexed(folder).changed.statements, hit(folder, "canal").place) == (1, "Vienna")
    write(folder, "q.txt: {place: Oslo}")
    assert (indexed(folder).changed.statements, hit(folder, "canal").place) == (1, "Geneva")
    assert not indexed(folder).written


def test_an_update_gives_what_a_rebuild_gives(folder: Path) -> None:
    indexed(folder)
    write(folder, "letters/p.txt: {speaker: Japan, date: ~}")
    indexed(folder)
    updated = hit(folder, "canal")
    indexed(folder, fresh=True)
    # What was replaced counts for the rarity of words until its segment is merged.
    assert replace(hit(folder, "canal"), score=0) == replace(updated, score=0)


def test_the_nearest_file_that_names_a_text_counts(folder: Path) -> None:
    write(folder, "letters/p.txt: {place: Vienna}\nq.txt: {place: Oslo}")
    write(folder, "p.txt: {place: Rome}", at="letters")
    indexed(folder)
    assert (hit(folder, "canal").place, hit(folder, "fjord").place) == ("Rome", "Oslo")


def test_a_statement_of_many_is_corrected_by_its_identifier_or_its_number(folder: Path) -> None:
    (folder / "texts" / "d.xml").write_bytes(DEBATE.read_bytes())
    second = inspect(folder / "texts" / "d.xml")[1].statement.source_id
    speeches = f"{second}: {{speaker_role: guest}}, 1: {{speaker: Ann Other}}, none.such: {{date: 2000}}"
    write(folder, f"d.xml:\n  place: London\n  statements: {{{speeches}}}\n")
    corrected = [one.statement.metadata for one in inspect(folder / "texts" / "d.xml")]
    assert {one.place.value for one in corrected if one.place} == {"London"}
    assert corrected[0].speaker is not None
    assert corrected[0].speaker.value.printed == "Ann Other"
    assert corrected[1].speaker_role is not None
    assert corrected[1].speaker_role.value == "guest"
    assert [entry.rpartition("/")[2] for entry in indexed(folder).unmatched] == ["d.xml: none.such"]


def test_a_value_says_where_it_was_corrected(folder: Path) -> None:
    write(folder, "letters/p.txt:\n  speaker: Japan\n")
    known = inspect(folder / "texts" / "letters" / "p.txt")[0].as_dict()
    assert known["evidence"]["speaker"] == "onrecord-overrides.yaml, line 2: speaker: Japan"
    assert known["confidence"]["speaker"] == "certain"


@pytest.mark.parametrize(
    ("corrections", "speaker", "place"),
    [
        ("letters/*: {speaker: Japan}", "Japan", "Geneva"),
        ("'*': {speaker: Japan}", "Japan", "Geneva"),
        ("letters/?.txt: {speaker: Japan}", "Japan", "Geneva"),
        ("'*.txt': {speaker: Chad, place: Oslo}\nletters/*: {speaker: Japan}", "Japan", "Oslo"),
        ("letters/*: {speaker: Japan}\n'*.txt': {speaker: Chad}", "Japan", "Geneva"),
        ("letters/p.txt: {place: Rome}\nletters/*: {speaker: Japan, place: Oslo}", "Japan", "Rome"),
        ("letters/p.txt: {place: ~}\nletters/*: {speaker: Japan, place: Oslo}", "Japan", None),
        ("letters/*: {place: ~}\nletters/p.txt: {speaker: Japan}", "Japan", None),
    ],
)
@pytest.mark.parametrize("before", ["", "q.txt: {place: Bonn}"])
def test_a_pattern_covers_a_folder_and_the_narrowest_wins_fact_by_fact(
    folder: Path, corrections: str, speaker: str, place: str | None, before: str
) -> None:
    write(folder, before)
    indexed(folder)
    write(folder, corrections)
    assert indexed(folder).unmatched == ()
    found = hit(folder, "canal")
    assert (found.speaker, found.place) == (speaker, place)


def test_a_pattern_reaches_folders_below_and_members_of_archives(folder: Path) -> None:
    (folder / "texts" / "letters" / "2021").mkdir()
    (folder / "texts" / "letters" / "2021" / "r.txt").write_text("The reef is ours.", "utf-8")
    with ZipFile(folder / "texts" / "letters" / "b.zip", "w") as archive:
        archive.writestr("s.txt", "The river is ours.")
    write(folder, "letters/*: {speaker: Japan}\nletters/b.zip!/*: {place: Oslo}")
    assert indexed(folder).unmatched == ()
    assert [hit(folder, word).speaker for word in ("canal", "reef", "river")] == ["Japan"] * 3
    assert [hit(folder, word).place for word in ("reef", "river")] == [None, "Oslo"]


def test_a_pattern_of_a_nearer_file_goes_before_one_of_a_file_above_and_a_path_before_both(
    folder: Path,
) -> None:
    write(folder, "letters/*: {place: Vienna, forum: First}\nletters/p.txt: {speaker: Chad}")
    write(folder, "'*': {place: Rome, speaker: Japan}", at="letters")
    indexed(folder)
    found = hit(folder, "canal")
    assert (found.place, found.forum, found.speaker) == ("Rome", "First", "Chad")


def test_a_bracket_in_a_pattern_is_a_letter(folder: Path) -> None:
    (folder / "texts" / "letters" / "p.txt").rename(folder / "texts" / "letters" / "p [1].txt")
    write(folder, "letters/p [1]*: {speaker: Japan}")
    assert (indexed(folder).unmatched, hit(folder, "canal").speaker) == ((), "Japan")


@pytest.mark.parametrize("pattern", ["japan/*", "../*", "/etc/*", '"a\\0b*"', "x" * 300 + "/*"])
def test_a_pattern_that_fits_nothing_is_told(folder: Path, pattern: str) -> None:
    write(folder, f"{pattern}: {{date: 2020}}\n")
    report = indexed(folder)
    assert (len(report.unmatched), len(report.failed)) == (1, 0)


def test_a_pattern_that_fits_files_which_were_not_looked_at_is_none_that_fits_nothing(folder: Path) -> None:
    write(folder, "letters/*: {speaker: Japan}")
    assert update(folder / "texts" / "q.txt", into=folder / "index").unmatched == ()


def test_a_correction_that_fits_no_file_is_told(folder: Path) -> None:
    write(folder, f"letters/p.txt: {{}}\ngone.txt: {{date: 2020}}\nsha256:{'0' * 64}: {{date: 2020}}\n")
    unmatched = [entry.rpartition("onrecord-overrides.yaml, ")[2] for entry in indexed(folder).unmatched]
    assert unmatched == ["line 2: gone.txt", f"line 3: sha256:{'0' * 64}"]


@pytest.mark.parametrize("name", ["a" * 300, "letters/" + "a" * 300, "../" * 300, '"a\\0b"'])
def test_a_name_that_no_file_can_have_fits_none(folder: Path, name: str) -> None:
    write(folder, f"{name}: {{date: 2020}}\n")
    report = indexed(folder)
    assert (len(report.unmatched), len(report.failed)) == (1, 0)


@pytest.mark.parametrize(
    ("corrections", "line", "reason"),
    [
        ("letters/p.txt:\n  spaeker: Japan\n", 2, '"spaeker" is nothing to correct'),
        ("letters/p.txt:\n  date: yesterday\n", 2, '"yesterday" is not a date'),
        ("q.txt: {place: Oslo}\nq.txt: {place: Rome}\n", 2, '"q.txt" is there twice'),
        ("letters/p.txt:\n  speaker_role: king\n", 2, '"king" is not the role of a speaker'),
        ("letters/p.txt: Japan\n", 1, "metadata must be keys and values"),
        ("{", 1, "this is not YAML"),
    ],
)
def test_what_cannot_be_meant_is_told_once_and_the_index_stays(
    folder: Path, corrections: str, line: int, reason: str
) -> None:
    write(folder, "letters/p.txt: {speaker: Japan}")
    indexed(folder)
    write(folder, corrections)
    [error] = indexed(folder).failed
    assert (Path(error.source).name, error.line) == ("onrecord-overrides.yaml", line)
    assert reason in error.reason
    assert hit(folder, "canal").speaker == "Japan"


def test_the_report_lists_what_was_not_understood(folder: Path) -> None:
    report = folder / "report.json"
    asked = ["index", str(folder / "texts"), "-i", str(folder / "index"), "--report", str(report)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    told = json.loads(report.read_text("utf-8"))
    assert told["missing"] == {"forum": 2, "date": 1, "place": 1, "language": 2}
    by_name = {Path(one["path"]).name: one["missing"] for one in told["statements"]}
    assert by_name == {"p.txt": ["forum", "language"], "q.txt": ["forum", "date", "place", "language"]}


def test_a_guess_is_listed_with_its_evidence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Statement by Panama\n\n2021\n\nThe canal is ours.", "utf-8")
    [doubt] = build(tmp_path, into=tmp_path / "index", doubts=True).doubts
    assert doubt.doubtful == {"date": Guess("2021", "2021", "year alone")}


def test_a_report_that_cannot_be_written_is_told_before_the_work(folder: Path) -> None:
    asked = ["index", str(folder / "texts"), "-i", str(folder / "index")]
    result = CliRunner().invoke(main, [*asked, "--report", str(folder / "none" / "r.json")])
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)
    assert not (folder / "index").exists()


def test_a_pass_looks_once_a_folder_for_what_holds_for_its_texts(tmp_path: Path) -> None:
    looked: list[Path] = []

    def there(place: Path) -> bool:
        looked.append(place)
        return place.is_file()

    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    for folder in (tmp_path, deep):
        (folder / "list.xlsx").write_bytes(b"")
    found = [deep / "list.xlsx", tmp_path / "list.xlsx"]
    with looking_once():
        for name in ("1.txt", "2.txt", "3.txt"):
            assert list(files_above(deep / name, "list.xlsx", there=there)) == found
        assert len(looked) == len(set(looked))
        (deep / "list.xlsx").unlink()
    assert list(files_above(deep / "1.txt", "list.xlsx", there=there)) == found[1:]
