"""What is new of saved searches: each piece of news once, whatever becomes of texts, files and indexes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner, Result
from faults.disk import calls_of, is_killed
from hypothesis import given
from hypothesis import strategies as st
from program import command, environment

from onrecord import AlertError, build, open_index, update
from onrecord.search.alerts import Ledger, News, Saved, SavedSearches, news
from onrecord.search.alerts.delivery import Delivery, Outputs, deliver, what_is_new
from onrecord.search.alerts.ledger import Delivered, Paragraphs, ledger_beside, one_run_at_a_time
from onrecord.search.alerts.word_difference import difference
from onrecord.search.cli import main

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
MINES = Saved.of("mines", "mines")
JAPAN = "We clear mines with our partners every day."


class World:
    """Texts, their index, one saved search and what was delivered of it."""

    def __init__(self, folder: Path, saved: Saved = MINES) -> None:
        self.texts, self.index, self.saved = folder / "texts", folder / "index", saved
        self.texts.mkdir()
        self.ledger = Ledger()
        self.today = date(2026, 11, 29)

    def write(self, name: str, *paragraphs: str, speaker: str = "Japan", date: str = "") -> None:
        head = "\n".join(filter(None, ["---", f"speaker: {speaker}", date and f"date: {date}", "---"]))
        path = self.texts / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join((head, *paragraphs)) + "\n", "utf-8")

    def news(self) -> News:
        """Bring the index up to date and return what is new, which is delivered thereby."""
        update(self.texts, into=self.index)
        with open_index(self.index) as index:
            found = news(index, self.saved, self.ledger, today=self.today)
        ledger = self.ledger.with_delivered(self.saved.name, found.delivered)
        self.ledger = Ledger.load(ledger.dump())
        assert self.ledger == ledger
        return found

    def told(self) -> list[str]:
        """Return the news in short: a sign and the words, without the head."""
        found = self.news()
        return [
            *(f"+ {hit.text}" for hit in found.new),
            *(f"{'~' if one.found else '!'} {one.hit.text}" for one in found.changed),
            *(f"{'?' if one.stands else '-'} {one.text}" for one in found.withdrawn),
        ]


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.write("a.md", JAPAN, "The sea is wide.")
    assert made.told() == [f"+ {JAPAN}"]
    assert made.told() == []
    return made


def test_a_text_of_1962_that_comes_today_is_news(world: World) -> None:
    world.write("old.md", "No more mines, we said in 1962.", date="1962-10-25")
    assert world.told() == ["+ No more mines, we said in 1962."]


def test_a_changed_paragraph_is_told_with_both_versions(world: World) -> None:
    world.write("a.md", JAPAN.replace("every day", "every week"), "The sea is wide.")
    found = world.news()
    (change,) = found.changed
    assert (found.new, found.withdrawn, change.found) == ((), (), True)
    assert [(piece.kind, piece.text) for piece in change.difference] == [
        ("same", "We clear mines with our partners every "),
        ("left out", "day"),
        ("added", "week"),
        ("same", "."),
    ]
    assert (change.hit.address, change.was) == (change.former_address, JAPAN)
    assert world.told() == []


def test_a_paragraph_that_is_edited_until_it_is_found_no_more_is_told(world: World) -> None:
    world.write("a.md", JAPAN.replace("mines", "roads"), "The sea is wide.")
    assert world.told() == [f"! {JAPAN.replace('mines', 'roads')}"]
    assert world.told() == []


def test_a_text_that_is_taken_out_is_withdrawn(world: World) -> None:
    world.write("b.md", "Other words.")
    (world.texts / "a.md").unlink()
    assert world.told() == [f"- {JAPAN}"]
    assert world.told() == []


def test_what_comes_back_is_news_under_another_name(world: World) -> None:
    text = (world.texts / "a.md").read_text("utf-8")
    world.write("b.md", "Other words.")
    ids = []
    for step in (
        lambda: None,
        (world.texts / "a.md").unlink,
        lambda: (world.texts / "a.md").write_text(text),
    ):
        step()
        ids += [entry.id for entry in world.news().entries()]
    assert len(ids) == len(set(ids)) == 2
    assert ids[1].endswith(",2")


def test_what_comes_back_after_it_had_another_address_has_another_name(world: World) -> None:
    """Of Japan, then of Chad, then of Japan again: the first and the last are one address and one hash."""
    world.saved = Saved.of("of-japan", "mines", speaker="Japan")
    ids = []
    for speaker in ("Japan", "Chad", "Japan"):
        world.write("a.md", JAPAN, "The sea is wide.", speaker=speaker)
        ids += [entry.id for entry in world.news().entries()]
    assert len(ids) == len(set(ids)) == 3


def test_another_text_at_a_former_address_has_another_name(world: World) -> None:
    (world.texts / "a.md").rename(world.texts / "z.md")
    assert world.told() == []
    (first,) = world.ledger.searches["mines"].before.values()
    world.write("a.md", JAPAN, "The sea is narrow.", "It is deep, too.")
    (entry,) = world.news().entries()
    assert (first, entry.id.endswith(",2")) == (1, True)


def test_a_paragraph_put_before_it_is_no_news_of_the_others(world: World) -> None:
    world.write("a.md", "Mines were laid in our sea.", JAPAN, "The sea is wide.")
    assert world.told() == ["+ Mines were laid in our sea."]
    world.write("a.md", "First of all, thank you.", "Mines were laid in our sea.", JAPAN, "The sea is wide.")
    assert world.told() == []


def test_a_paragraph_that_moves_and_changes_is_told_as_changed(world: World) -> None:
    world.write("a.md", "Mines are laid by others.", JAPAN.replace("day", "week"), "The sea is wide.")
    assert world.told() == ["+ Mines are laid by others.", f"~ {JAPAN.replace('day', 'week')}"]


def test_where_and_by_whom_it_was_said_is_looked_at_too(world: World) -> None:
    world.saved = Saved.of("of-japan", "mines", speaker="Japan")
    assert world.told() == [f"+ {JAPAN}"]
    world.write("a.md", JAPAN, "The sea is wide.", speaker="Chad")
    assert world.told() == [f"? {JAPAN}"]
    world.write("a.md", JAPAN, "The sea is wide.", speaker="Japan")
    assert world.told() == [f"+ {JAPAN}"]


def test_of_two_paragraphs_with_the_same_words_one_may_go(world: World) -> None:
    world.write("b.md", "Mines.", "Roads.", "Mines.", "Rivers.")
    assert world.told() == ["+ Mines.", "+ Mines."]
    world.write("b.md", "Mines.", "Roads.", "Rivers.")
    assert world.told() == ["- Mines."]
    world.write("b.md", "Mines.", "Roads.", "Rivers.", "Mines.")
    assert world.told() == ["+ Mines."]
    world.saved = Saved.of("mines", "mines -nothing", speaker="Chad")
    assert world.told() == []


def test_another_speaker_is_no_news_where_nobody_asks_for_one(world: World) -> None:
    world.write("a.md", JAPAN, "The sea is wide.", speaker="Chad")
    assert world.told() == []


def rebuilt(world: World) -> None:
    build(world.texts, into=world.index)


def rebuilt_elsewhere(world: World) -> None:
    shutil.rmtree(world.index)


def moved(world: World) -> None:
    world.texts = world.texts.rename(world.texts.with_name("elsewhere"))


def renamed(world: World) -> None:
    (world.texts / "a.md").rename(world.texts / "z.md")


def moved_below(world: World) -> None:
    (world.texts / "sub").mkdir()
    (world.texts / "a.md").rename(world.texts / "sub" / "z.md")


def touched(world: World) -> None:
    os.utime(world.texts / "a.md", (1, 1))


def dated(world: World) -> None:
    world.write("a.md", JAPAN, "The sea is wide.", date="2019-05-05")


def punctuated_elsewhere(world: World) -> None:
    world.write("a.md", JAPAN, "The sea is, indeed, wide!")


@pytest.mark.parametrize(
    "step",
    [rebuilt, rebuilt_elsewhere, moved, renamed, moved_below, touched, dated, punctuated_elsewhere],
    ids=lambda step: step.__name__,
)
def test_what_changes_no_words_is_no_news(world: World, step: Callable[[World], None]) -> None:
    step(world)
    assert world.told() == []
    world.write("b.md", "Mines again.")
    assert world.told() == ["+ Mines again."]


def test_another_file_under_the_name_of_a_renamed_one_is_news(world: World) -> None:
    renamed(world)
    world.write("a.md", "Our mines are of coal.", "And of salt.")
    assert world.told() == ["+ Our mines are of coal."]
    assert world.told() == []


def test_a_copy_that_takes_the_place_of_another_is_no_news(tmp_path: Path) -> None:
    world = World(tmp_path)
    long = " ".join(f"Mines number {number} were cleared." for number in range(40))
    for name in ("m.md", "a.md", "z.md"):
        world.write(name, long, date="2020-02-02")
        assert world.told() == ([f"+ {long}"] if name == "m.md" else [])
    for name in ("m.md", "a.md"):
        (world.texts / name).unlink()
        assert world.told() == []
    world.write("b.md", "Other words.")
    (world.texts / "z.md").unlink()
    assert world.told() == [f"- {long}"]


def test_two_texts_that_become_copies_of_each_other_are_no_news(tmp_path: Path) -> None:
    world = World(tmp_path)
    long = " ".join(f"Mines number {number} were cleared." for number in range(40))
    world.write("a.md", long, date="2020-02-02")
    world.write("b.md", long, date="2021-02-02")
    assert world.told() == [f"+ {long}"] * 2
    world.write("b.md", long, date="2020-02-02")
    assert world.told() == []
    assert world.told() == []


def test_what_grows_old_is_not_withdrawn_and_not_told_again(tmp_path: Path) -> None:
    world = World(tmp_path, Saved.of("new-mines", "mines", since="-30d"))
    world.write("a.md", JAPAN, date="2026-11-20")
    world.write("b.md", "Mines of last year.", date="2025-11-20")
    assert world.told() == [f"+ {JAPAN}"]
    world.today = date(2027, 3, 1)
    assert world.told() == []
    world.write("a.md", JAPAN, "The sea.", date="2026-11-20")
    assert world.told() == []
    world.today = date(2026, 11, 29)
    assert world.told() == []
    world.today = date(2027, 3, 1)
    world.write("c.md", "Other words.")
    (world.texts / "a.md").unlink()
    assert world.told() == [f"- {JAPAN}"]


def test_another_question_under_a_name_withdraws_nothing(world: World) -> None:
    world.write("b.md", "Landmines and mines.", "Ships at sea.")
    assert world.told() == ["+ Landmines and mines."]
    world.saved = Saved.of("mines", "sea OR landmines")
    found = world.news()
    assert [hit.text for hit in found.new] == ["The sea is wide.", "Ships at sea."]
    assert (found.changed, found.withdrawn, found.other_question) == ((), (), True)
    assert world.told() == []


def test_folded_what_is_nearly_the_same_as_something_delivered_is_no_news(tmp_path: Path) -> None:
    world = World(tmp_path, Saved.of("mines", "mines", fold=True))
    paragraphs = [
        f"Mines and roads and rivers, chapter {number}, of our long report." for number in range(30)
    ]
    world.write("b.md", *paragraphs, date="2020-02-02")
    assert len(world.told()) == 30
    world.write("a.md", *paragraphs[:-1], "Nearly the same, with mines at the end.", date="2020-02-02")
    assert world.told() == []
    (world.texts / "b.md").unlink()
    world.news()
    with open_index(world.index) as index:
        total = index.search("mines", fold=True).total
    assert world.ledger.searches["mines"].paragraphs == total == 30


def test_only_what_is_not_known_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.search.results import hit_reader

    world.write("b.md", "Mines again.")
    read: list[int] = []
    several = hit_reader.HitReader.read

    def counting(self: hit_reader.HitReader, places: object, *, readers: int = 1) -> object:
        found = list(several(self, places, readers=readers))  # type: ignore[arg-type]
        read.append(len(found))
        return iter(found)

    monkeypatch.setattr(hit_reader.HitReader, "read", counting)
    assert world.told() == ["+ Mines again."]
    assert read == [1]


# The ledger.


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8"), max_size=4),
        st.dictionaries(st.integers(0, 1 << 20), st.text(st.characters(codec="utf-8")), max_size=3),
        max_size=3,
    ),
    st.integers(0, 9),
)
def test_a_ledger_reads_back(statements: dict[str, dict[int, str]], runs: int) -> None:
    held = {slug: Paragraphs(b"\x01\xff", texts) for slug, texts in statements.items()}
    ledger = Ledger({"a": Delivered({"query": "x"}, held, {"a#1,f": 2}), "b": Delivered({})}, runs)
    assert Ledger.load(ledger.dump()) == ledger
    assert Ledger.load(ledger.dump()).dump() == ledger.dump()


def test_any_changed_byte_of_a_ledger_is_a_sentence(world: World, tmp_path: Path) -> None:
    file = tmp_path / "index.alerts"
    world.ledger.write(file)
    whole = file.read_bytes()
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :]
        file.write_bytes(changed)
        with pytest.raises(AlertError) as error:
            Ledger.read(file)
        assert "the ledger of what was delivered is damaged (" in str(error.value)
        assert error.value.path == str(file)
    for cut in range(len(whole)):
        with pytest.raises(ValueError, match=r"ledger|checksum"):
            Ledger.load(whole[:cut])


def test_a_ledger_that_unpacks_to_more_than_there_is_memory_for_is_refused() -> None:
    packed = zstandard.ZstdCompressor(write_content_size=True).compress(b" " * (1 << 27))
    with pytest.raises(ValueError, match="it is larger than any ledger"):
        Ledger.load(b"onrecord ledger 1 %08x\n%b" % (zlib.crc32(packed), packed))


def test_a_ledger_is_a_plain_file(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(Ledger().dump())
    (tmp_path / "index.alerts").symlink_to(tmp_path / "real")
    with pytest.raises(AlertError, match="is damaged"):
        Ledger.read(tmp_path / "index.alerts")


@given(st.text(), st.text())
def test_a_difference_is_both_texts(before: str, now: str) -> None:
    pieces = difference(before, now)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "left out") == now


# A run.


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with texts, an index and two saved searches."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, words in {"a": JAPAN, "b": "Mines and the sea.", "c": "The sea."}.items():
        (texts / f"{name}.md").write_text(f"---\nspeaker: Japan\n---\n\n{words}\n", "utf-8")
    build(texts, into=tmp_path / "index")
    (tmp_path / "onrecord-saved.yaml").write_text("mines: mines\nsea: sea\n", "utf-8")
    return tmp_path


def run(place: Path, outputs: Outputs | None = None, **more: object) -> Delivery:
    with open_index(place / "index") as index:
        return deliver(index, place / "index", outputs or everything(place), at=AT, **more)  # type: ignore[arg-type]


def everything(place: Path) -> Outputs:
    return Outputs(place / "feeds", atom=True, json_feed=True, jsonl=True)


def files(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((place / "feeds").iterdir())}


def count(done: Delivery) -> dict[str, int]:
    return {one.saved.name: len(one) for one in done.news}


def test_a_run_delivers_all_and_the_next_one_nothing(place: Path) -> None:
    assert count(run(place)) == {"mines": 2, "sea": 2}
    before = files(place)
    assert count(run(place)) == {"mines": 0, "sea": 0}
    assert files(place) == before


def test_some_searches_may_be_delivered_alone(place: Path) -> None:
    assert count(run(place, names=["sea"])) == {"sea": 2}
    assert count(run(place)) == {"mines": 2, "sea": 0}


def test_at_first_all_there_is_may_be_taken_for_delivered(place: Path) -> None:
    assert count(run(place, since_first=True)) == {"mines": 0, "sea": 0}
    (place / "texts" / "d.md").write_text("Mines.\n", "utf-8")
    update(place / "texts", into=place / "index")
    assert count(run(place, since_first=True)) == {"mines": 1, "sea": 0}


def test_a_run_killed_at_any_call_loses_nothing_and_tells_nothing_twice(place: Path) -> None:
    asked = calls_of(lambda: run(place))
    wanted = {name: len(lines) for name, lines in _ids(place).items()}
    first = files(place)
    for number in range(1, len(asked) + 1):
        shutil.rmtree(place / "feeds")
        ledger_beside(place / "index").unlink(missing_ok=True)
        assert is_killed(lambda: run(place), number)
        run(place)
        assert {name: len(ids) for name, ids in _ids(place).items()} == wanted, number
        assert {name for name in files(place) if not name.endswith(".part")} == first.keys()
        assert count(run(place)) == {"mines": 0, "sea": 0}


def _ids(place: Path) -> dict[str, list[str]]:
    """Return the names of all entries of each file; none is there twice."""
    found: dict[str, list[str]] = {}
    for name in ("mines", "sea"):
        lines = (place / "feeds" / f"{name}.jsonl").read_text("utf-8").splitlines()
        found[f"{name}.jsonl"] = [json.loads(line)["id"] for line in lines]
        feed = json.loads((place / "feeds" / f"{name}.json").read_bytes())
        found[f"{name}.json"] = [item["id"] for item in feed["items"]]
        atom = (place / "feeds" / f"{name}.atom").read_text("utf-8")
        found[f"{name}.atom"] = [part.partition("</id>")[0] for part in atom.split("<id>tag:")[1:]]
    assert all(len(ids) == len(set(ids)) for ids in found.values())
    return found


def test_of_two_runs_at_once_one_waits_and_finds_nothing_left(place: Path) -> None:
    args = ["alerts", "--json", "--index", place / "index"]
    both = [
        subprocess.Popen(command(*args), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    told = [one.communicate()[0].splitlines() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sorted(map(len, told)) == [0, 4]


def test_a_run_does_not_wait_for_another_for_ever(place: Path) -> None:
    file = ledger_beside(place / "index")
    with one_run_at_a_time(file), pytest.raises(AlertError) as error, one_run_at_a_time(file, wait=0.1):
        pass
    assert str(error.value) == (
        f"{file}: another run of onrecord alerts is delivering; run this one when it is done."
    )


def test_a_run_that_was_killed_holds_no_lock(place: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from onrecord.search.alerts.ledger import *\n"
        "with one_run_at_a_time(Path(sys.argv[1])):\n print('held', flush=True); time.sleep(60)"
    )
    held = subprocess.Popen(
        [command()[0], "-c", program, str(ledger_beside(place / "index"))],
        env=environment(),
        stdout=subprocess.PIPE,
    )
    assert held.stdout is not None
    assert held.stdout.readline() == b"held\n"
    held.send_signal(signal.SIGKILL)
    held.wait()
    held.stdout.close()
    assert count(run(place)) == {"mines": 2, "sea": 2}


def test_a_damaged_ledger_delivers_nothing(place: Path) -> None:
    run(place)
    ledger_beside(place / "index").write_bytes(b"onrecord ledger 1 00000001\n")
    with pytest.raises(AlertError, match="its checksum is another"):
        run(place)


def test_news_are_not_put_among_the_texts_where_they_would_be_read_as_statements(place: Path) -> None:
    for folder in (place / "texts", place / "texts" / "feeds", place / "feeds" / ".." / "texts"):
        with pytest.raises(AlertError) as error:
            run(place, Outputs(folder, atom=True))
        assert str(error.value) == (
            f"{folder}: the texts below {place / 'texts'} are indexed, so that news there would be read as "
            "statements; name a folder elsewhere."
        )
    assert not ledger_beside(place / "index").exists()


def test_a_file_of_others_is_not_written_over(place: Path) -> None:
    (place / "feeds").mkdir()
    other = "<feed xmlns='http://www.w3.org/2005/Atom'><generator>Theirs</generator></feed>"
    (place / "feeds" / "mines.atom").write_text(other)
    with pytest.raises(AlertError) as error:
        run(place)
    assert str(error.value) == (
        f"{place / 'feeds' / 'mines.atom'}: it is not a feed that On Record wrote; name another folder."
    )
    assert (place / "feeds" / "mines.atom").read_text() == other
    assert not ledger_beside(place / "index").exists()


def test_a_question_that_cannot_be_meant_is_left_out_and_the_rest_goes_on(place: Path) -> None:
    (place / "onrecord-saved.yaml").write_text("bad: '\"open'\nsea: sea\n", "utf-8")
    done = run(place)
    assert count(done) == {"sea": 2}
    assert done.left_out[0].startswith("bad is left out: ")
    assert done.needs_eyes


def test_a_question_of_an_older_grammar_is_asked_and_named(place: Path) -> None:
    (place / "onrecord-saved.yaml").write_text("sea: {query: sea, grammar: 1}\n", "utf-8")
    done = run(place)
    assert count(done) == {"sea": 2}
    assert "sea was written in version 1 of the query language" in done.left_out[0]


# The command line.


def invoke(place: Path, *args: str) -> Result:
    return CliRunner().invoke(main, [*args, "--index", str(place / "index")])


def test_news_are_printed_once(place: Path) -> None:
    first = invoke(place, "alerts", "sea")
    assert first.exit_code == 0
    assert "The **sea**." in first.stdout
    assert "sea: 2 new (the first run; --since-first takes what there is for delivered), of 2" in first.stderr
    again = invoke(place, "alerts", "sea")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "sea: nothing new, of 2 for sea (any form or spelling)" in again.stderr


def test_a_dry_run_notes_nothing(place: Path) -> None:
    for _ in range(2):
        lines = invoke(place, "alerts", "--dry-run", "--json").stdout.splitlines()
        assert [json.loads(line)["kind"] for line in lines] == ["new"] * 4
    assert not ledger_beside(place / "index").exists()


def test_a_reader_that_leaves_gets_the_news_again(place: Path) -> None:
    shell = f"{' '.join(command('alerts', '--json', '--index', place / 'index'))} | true"
    subprocess.run(["sh", "-c", shell], env=environment(), check=True, timeout=60)
    assert len(invoke(place, "alerts", "--json").stdout.splitlines()) in (0, 4)


@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_a_digest_is_one_search_after_the_other(place: Path, form: str) -> None:
    done = invoke(place, "alerts", "--digest", form)
    assert done.stdout.index("Mines") < done.stdout.index("The ")
    assert invoke(place, "alerts", "--digest", form).stdout == ""


def test_digests_of_a_folder_are_numbered_by_run(place: Path) -> None:
    to = str(place / "feeds")
    invoke(place, "alerts", "--to", to, "--digest", "md")
    invoke(place, "alerts", "--to", to, "--digest", "md")
    assert list(files(place)) == ["digest-000001.md"]
    (place / "texts" / "d.md").write_text("Mines.\n", "utf-8")
    update(place / "texts", into=place / "index")
    invoke(place, "alerts", "--to", to, "--digest", "md")
    assert list(files(place)) == ["digest-000001.md", "digest-000002.md"]


def test_searches_are_saved_listed_shown_and_removed(place: Path) -> None:
    added = invoke(place, "saved", "add", "wide", "mines -sea", "--since", "-30d", "--any")
    assert added.exit_code == 0
    assert added.stderr.startswith("wide is saved in onrecord-saved.yaml: 0 paragraphs in 0 statements for ")
    assert "whose date is unknown" in added.stderr
    listed = [json.loads(line) for line in invoke(place, "saved", "--json").stdout.splitlines()]
    assert listed[2] == {
        "name": "wide",
        "query": "mines -sea",
        "since": "-30d",
        "match": "any",
        "grammar": 2,
    }
    assert invoke(place, "saved", "show", "wide").stdout == (
        "wide:\n  query: 'mines -sea'\n  since: -30d\n  match: any\n  grammar: 2\n"
    )
    assert invoke(place, "saved", "remove", "wide").exit_code == 0
    assert (place / "onrecord-saved.yaml").read_text("utf-8") == "mines: mines\nsea: sea\n"


TOPICS = "Clean water: sea\narms: {query: mines, mode: exact}\n"


def test_the_topics_of_a_file_are_searches_whose_news_come_once(place: Path) -> None:
    (place / "mine.yaml").write_text(TOPICS, "utf-8")
    to = ("alerts", "--topics", str(place / "mine.yaml"), "--to", str(place / "feeds"), "--jsonl")
    told = invoke(place, *to).stderr
    assert [line.partition(" new")[0] for line in told.splitlines()] == [
        "mine.Clean-water: 2",
        "mine.arms: 2",
    ]
    assert list(files(place)) == ["mine.Clean-water.jsonl", "mine.arms.jsonl"]
    assert invoke(place, *to, "mine.arms").stderr.startswith("mine.arms: nothing new, ")
    assert "mines: 2 new (the first run" in invoke(place, "alerts").stderr


def test_the_topics_of_a_file_are_saved_under_the_names_that_alerts_has_for_them(place: Path) -> None:
    (place / "mine.yaml").write_text(TOPICS, "utf-8")
    invoke(place, "alerts", "--topics", str(place / "mine.yaml"))
    added = invoke(
        place, "saved", "add", "--topics", str(place / "mine.yaml"), "--speaker", "Japan", "--json"
    )
    assert [json.loads(line) for line in added.stdout.splitlines()] == [
        {"name": "mine.Clean-water", "query": "sea", "speaker": ["Japan"], "grammar": 2},
        {"name": "mine.arms", "query": "mines", "speaker": ["Japan"], "mode": "exact", "grammar": 2},
    ]
    assert "mine.arms: nothing new" in invoke(place, "alerts", "mine.arms").stderr
    again = invoke(place, "saved", "add", "--topics", str(place / "mine.yaml"))
    assert 'There is a saved search "mine.Clean-water" already; take another name' in again.stderr


def test_the_topics_that_come_along_are_told_of(place: Path) -> None:
    done = invoke(place, "alerts", "--topics", "topics/lancet.yaml", "--dry-run")
    assert done.stderr.startswith(
        "There is no topics/lancet.yaml; taken was lancet, which comes with On Record."
    )


def test_topics_of_one_name_are_refused(place: Path) -> None:
    (place / "two.yaml").write_text("a b: sea\n'a, b': mines\n", "utf-8")
    assert (
        '"a, b" and another topic both become two.a-b; give one another name.'
        in invoke(place, "alerts", "--topics", str(place / "two.yaml")).stderr
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Missing argument 'NAME'."),
        (("sea",), "Missing argument 'QUERY...'."),
        (
            ("sea", "--topics", "lancet"),
            "Write a name and a query, or name a file with --topics, and not both.",
        ),
    ],
)
def test_a_search_to_save_has_a_name_and_a_question(
    place: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    done = invoke(place, "saved", "add", *arguments)
    assert (done.exit_code, sentence in done.stderr) == (2, True), done.stderr


def test_an_index_is_named_behind_the_command(place: Path) -> None:
    done = CliRunner().invoke(main, ["saved", "-i", str(place / "index"), "list"])
    assert done.exit_code == 2
    assert "Write -i behind the command: onrecord saved list -i …" in done.stderr


def test_what_leaves_the_machine_does_not_say_where_files_lie_on_it(place: Path) -> None:
    assert str(place) not in invoke(place, "alerts", "--dry-run", "--json").stdout


def test_a_name_that_is_none_names_those_there_are(place: Path) -> None:
    (place / "onrecord-saved.yaml").write_text('bad: "a" b\nsea: sea\n', "utf-8")
    assert invoke(place, "alerts", "bad").stderr == (
        'onrecord: There is no saved search "bad" in onrecord-saved.yaml; there are sea, '
        "and onrecord saved says which entries are left out.\n"
    )


def test_a_search_that_is_removed_begins_anew(place: Path) -> None:
    invoke(place, "alerts")
    invoke(place, "saved", "remove", "sea")
    invoke(place, "saved", "add", "sea", "sea")
    assert "sea: 2 new (the first run" in invoke(place, "alerts").stderr


def test_a_bad_entry_of_the_file_needs_eyes(place: Path) -> None:
    (place / "onrecord-saved.yaml").write_text('bad: "a" b\nsea: sea\n', "utf-8")
    done = invoke(place, "alerts")
    assert done.exit_code == 3
    assert "onrecord-saved.yaml, line 1, is left out: " in done.stderr
    assert invoke(place, "saved").exit_code == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--atom"], "Feeds and lines are kept in files; name their folder with --to DIR."),
        (["--allow-private"], "--allow-private is said of a --webhook."),
    ],
)
def test_options_that_go_with_others_say_so(place: Path, options: list[str], sentence: str) -> None:
    done = invoke(place, "alerts", *options)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_what_is_new_delivers_nothing(place: Path) -> None:
    with open_index(place / "index") as index:
        saved = SavedSearches.beside(place / "index")
        for _ in range(2):
            assert count(what_is_new(index, saved, Ledger(), at=AT)) == {"mines": 2, "sea": 2}
