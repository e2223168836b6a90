"""An address leads back to its words, or says what became of them (docs/addresses.md)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from oracles.histories import World

from onrecord import AddressError, IndexDamaged, SourceError, build, examine, open_index, remove, update
from onrecord.indexer.address import make_slug, parse_address
from onrecord.indexer.fingerprint import fingerprint
from onrecord.indexer.statement import Metadata
from onrecord.indexer.store.former_addresses import Former, FormerAddresses
from onrecord.search.cli import main

PANAMA = "Statement by Panama\n\nLandmines must go.\n"
DATED = "Statement by Panama\n(3 March 2011)\n\nWe call for the destruction of all landmines.\n"
CHILE = "Statement by Chile\n(4 May 2012)\n\nWater is life for all of us here.\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def only(index: Path, words: str) -> str:
    """Return the address of the one paragraph that holds some words."""
    [address] = every(index, words)
    return address


def every(index: Path, words: str) -> list[str]:
    with open_index(index) as opened:
        return sorted(hit.address for hit in opened.search(words, mode="exact", limit=None))


def lasting(index: Path, words: str) -> str:
    with open_index(index) as opened:
        [hit] = opened.search(words, mode="exact")
        return hit.lasting_address


def shown(index: Path, address: str) -> str:
    """Return the text that an address leads to."""
    with open_index(index) as opened:
        passage = opened.show(address, context=0)
        return " ".join(hit.text for hit in passage)


def note(index: Path, address: str) -> str | None:
    with open_index(index) as opened:
        return opened.show(address).note


def refusal(index: Path, address: str) -> str:
    with open_index(index) as opened, pytest.raises(AddressError) as caught:
        opened.show(address)
    return str(caught.value)


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"ONRECORD_INDEX": ""})


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return tmp_path / "c"


class TestTheSameFilesGiveTheSameAddresses:
    def test_a_file_that_was_first_indexed_by_its_own_path(self, texts: Path, index: Path) -> None:
        """S1-1a."""
        write(texts / "y.txt", CHILE)
        update(texts, into=index)
        update(write(texts / "2021" / "x.txt", DATED), into=index)
        before = only(index, "landmines")
        build(into=index)
        assert only(index, "landmines") == before

    def test_a_folder_that_was_indexed_after_one_inside_it(self, texts: Path, index: Path) -> None:
        """S1-1a, the other way round: the address changes with the outer folder and leads on."""
        write(texts / "2021" / "x.txt", DATED)
        update(texts / "2021", into=index)
        before = only(index, "landmines")
        update(texts, into=index)
        after = only(index, "landmines")
        build(into=index)
        assert before != after == only(index, "landmines")
        assert shown(index, before) == "We call for the destruction of all landmines."

    def test_two_folders_with_a_file_of_one_name(self, tmp_path: Path, index: Path) -> None:
        """S1-1b."""
        for name in "ab":
            write(tmp_path / name / "x.txt", f"Statement by Panama\n\nLandmines must go {name}.\n")
        update(tmp_path / "a", into=index)
        first = only(index, "landmines")
        update(tmp_path / "b", into=index)
        after = every(index, "landmines")
        build(into=index)
        assert every(index, "landmines") == after
        build([tmp_path / "b", tmp_path / "a"], into=tmp_path / "another")
        assert every(tmp_path / "another", "landmines") == after
        assert shown(index, first) == "Landmines must go a."

    def test_one_of_two_alone_anew_has_its_first_address_again(self, tmp_path: Path, index: Path) -> None:
        for name in "ab":
            write(tmp_path / name / "x.txt", f"Statement by Panama\n\nLandmines must go {name}.\n")
        update(tmp_path / "a", into=index)
        first = only(index, "landmines")
        update(tmp_path / "b", into=index)
        apart = only(index, '"go b"')
        remove(tmp_path / "a", into=index)
        assert only(index, "landmines") == first
        assert shown(index, apart) == "Landmines must go b."

    def test_a_file_of_one_name_that_holds_no_statement_tells_nothing_apart(
        self, tmp_path: Path, index: Path
    ) -> None:
        write(tmp_path / "a" / "x.txt", PANAMA)
        write(tmp_path / "b" / "x.txt", "\n")
        build([tmp_path / "a", tmp_path / "b"], into=index)
        build(tmp_path / "a", into=tmp_path / "alone")
        assert every(index, "landmines") == every(tmp_path / "alone", "landmines")

    def test_a_folder_that_is_empty_all_of_a_sudden_counts_until_it_is_taken_out(
        self, tmp_path: Path, index: Path
    ) -> None:
        one, other = tmp_path / "one", tmp_path / "other"
        write(one / "x.txt", PANAMA)
        file = write(other / "x.txt", CHILE)
        write(one / "y.txt", CHILE)
        update([one, other], into=index)
        before = [*every(index, "landmines"), *every(index, "water")]
        file.replace(one / "y.txt")
        update([one, other], into=index)
        assert [*every(index, "landmines"), *every(index, "water")] == before
        remove(other, into=index)
        build(one, into=tmp_path / "fresh")
        assert only(index, "landmines") == only(tmp_path / "fresh", "landmines")
        assert only(index, "water") == only(tmp_path / "fresh", "water")
        assert {shown(index, address) for address in before[1:]} == {"Water is life for all of us here."}

    def test_what_was_taken_out_counts_for_none_of_them(self, tmp_path: Path, index: Path) -> None:
        one, other = tmp_path / "one", tmp_path / "other"
        write(one / "x.txt", PANAMA)
        write(other / "x.txt", CHILE)
        update([one, other], into=index)
        remove(other / "x.txt", into=index)
        write(other / "x.txt", DATED)
        update([one, other], into=index)
        build([one, other], into=tmp_path / "fresh")
        remove(other / "x.txt", into=tmp_path / "fresh")
        assert only(index, "landmines") == only(tmp_path / "fresh", "landmines")

    def test_statements_of_one_file_never_share_an_address(self, texts: Path, index: Path) -> None:
        """Among ten thousand pairs of five letters a few meet."""
        count = 12_000
        slugs = [make_slug(Metadata(), relative_path="x.jsonl", ordinal=number) for number in range(count)]
        assert len(set(slugs)) < count
        lines = (json.dumps({"paragraphs": [f"The text {number}."]}) for number in range(count))
        write(texts / "x.jsonl", "\n".join(lines))
        build(texts, into=index)
        with open_index(index) as opened:
            assert len({one.address for one in opened.addresses()}) == count


class TestAStatementThatBecameAnother:
    def test_a_moved_folder_keeps_every_address(self, tmp_path: Path, texts: Path, index: Path) -> None:
        """S1-1c."""
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        first = only(index, "landmines")
        texts.rename(tmp_path / "d")
        update(tmp_path / "d", into=index)
        assert only(index, "landmines") == first
        assert shown(index, first) == "Landmines must go."
        build(tmp_path / "d", into=index)
        assert only(index, "landmines") == first
        assert shown(index, first) == "Landmines must go."

    def test_a_file_that_was_edited_on_the_way_of_its_folder_leads_on(
        self, tmp_path: Path, texts: Path, index: Path
    ) -> None:
        write(texts / "x.txt", "Statement by Panama\n\nLandmines must go now, all of them.\n")
        write(texts / "y.txt", CHILE)
        write(texts / "z.txt", PANAMA.replace("Landmines", "Torpedoes"))
        update(texts, into=index)
        cited = only(index, "landmines")
        (tmp_path / "e").mkdir()
        texts.rename(tmp_path / "e" / "texts")
        text = "Statement by Norway\n\nLandmines must go now, most of them.\n"
        write(tmp_path / "e" / "texts" / "x.txt", text)
        report = update(tmp_path / "e", into=index)
        assert (report.moved.statements, report.removed.statements) == (3, 0)
        assert only(index, "landmines") != cited
        assert shown(index, cited) == "Landmines must go now, most of them."
        assert "was edited in generation 2" in (note(index, cited) or "")

    def test_a_folder_that_moves_beside_one_with_the_same_paths(self, tmp_path: Path, index: Path) -> None:
        for name in "ab":
            write(tmp_path / name / "x.txt", f"Statement by Panama\n\nLandmines must go {name}.\n")
        update([tmp_path / "a", tmp_path / "b"], into=index)
        before = every(index, "landmines")
        (tmp_path / "b").rename(tmp_path / "c")
        update(tmp_path / "c", into=index)
        assert every(index, "landmines") == before
        build(into=index)
        assert every(index, "landmines") == before

    def test_what_a_rebuild_takes_over_keeps_its_address(self, tmp_path: Path, index: Path) -> None:
        for name in "ab":
            write(tmp_path / name / "x.txt", f"Statement by Panama\n\nLandmines must go {name}.\n")
        update([tmp_path / "a", tmp_path / "b"], into=index)
        before = every(index, "landmines")
        shutil.rmtree(tmp_path / "b")
        assert build(into=index).kept.statements == 1
        assert [shown(index, address) for address in before] == [
            f"Landmines must go {name}." for name in "ab"
        ]

    def test_a_rebuild_over_a_damaged_segment_goes_on_with_the_others(
        self, tmp_path: Path, texts: Path, index: Path
    ) -> None:
        write(texts / "x.txt", DATED)
        update(texts, into=index)
        (tmp_path / "b").mkdir()
        write(tmp_path / "b" / "y.txt", CHILE)
        update(tmp_path / "b", into=index)
        cited = only(index, "water")
        [first, _] = sorted(index.glob("segment-*.seg"), key=lambda path: path.stat().st_mtime_ns)
        damaged = bytearray(first.read_bytes())
        damaged[damaged.index(b"destruction")] ^= 1
        first.write_bytes(damaged)
        (texts / "x.txt").rename(texts / "w.txt")
        (tmp_path / "b" / "y.txt").rename(tmp_path / "b" / "z.txt")
        build(into=index)
        assert shown(index, cited) == "Water is life for all of us here."

    def test_an_inserted_paragraph_is_no_silent_other_words(self, texts: Path, index: Path) -> None:
        """S1-1d."""
        head = "Statement by Panama\n(3 March 2011)\n\n"
        write(texts / "x.txt", f"{head}We never agreed to this.\n")
        update(texts, into=index)
        plain, cited = only(index, "agreed"), lasting(index, "agreed")
        write(texts / "x.txt", f"{head}We welcome the report.\n\nWe never agreed to this.\n")
        update(texts, into=index)
        assert "was edited in generation 2" in (note(index, plain) or "")
        assert shown(index, cited) == "We never agreed to this."
        assert note(index, cited) == f"The words of {plain} are {plain[:-1]}2 now."

    def test_words_that_are_no_longer_there_are_not_passed_off(self, texts: Path, index: Path) -> None:
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        cited = lasting(index, "landmines")
        write(texts / "x.txt", PANAMA.replace("must", "may"))
        update(texts, into=index)
        done = run("show", cited, "-i", index)
        assert (done.exit_code, "> #1  Landmines may go." in done.stdout) == (3, True)
        assert done.stderr.startswith(f"The words that {cited} cites are no longer there; ")

    @pytest.mark.parametrize("fact", ["{date: 2011-03-03}", "{speaker: Chad}", "{forum: Security Council}"])
    def test_a_corrected_fact(self, texts: Path, index: Path, fact: str) -> None:
        """S1-1e."""
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        before = only(index, "landmines")
        write(texts / "onrecord-overrides.yaml", f"x.txt: {fact}\n")
        update(texts, into=index)
        assert before != only(index, "landmines")
        assert shown(index, before) == "Landmines must go."

    @pytest.mark.parametrize("rebuilt", [True, False])
    def test_a_renamed_file(self, texts: Path, index: Path, *, rebuilt: bool) -> None:
        """S1-1e."""
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        before = only(index, "landmines")
        path.rename(texts / "other.txt")
        (build if rebuilt else update)(texts, into=index)
        assert before != only(index, "landmines")
        assert (shown(index, before), note(index, before)) == (
            "Landmines must go.",
            f"{before[:-2]} is {only(index, 'landmines')[:-2]} now.",
        )

    def test_a_renamed_and_edited_file_is_known_by_its_paragraphs(self, texts: Path, index: Path) -> None:
        path = write(texts / "x.txt", f"{PANAMA}\nThe canal is ours, and the tolls are low.\n")
        update(texts, into=index)
        cited = lasting(index, "canal")
        path.unlink()
        write(
            texts / "y.txt", f"{PANAMA.replace('must', 'may')}\nThe canal is ours, and the tolls are low.\n"
        )
        update(texts, into=index)
        assert shown(index, cited) == "The canal is ours, and the tolls are low."

    def test_a_file_put_in_the_place_of_another(self, texts: Path, index: Path) -> None:
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        plain, cited = only(index, "landmines"), lasting(index, "landmines")
        path.rename(texts / "y.txt")
        write(texts / "x.txt", "Statement by Panama\n\nThe canal is ours.\n")
        update(texts, into=index)
        assert shown(index, cited) == "Landmines must go."
        assert note(index, plain) == (
            f"Until generation 2 {plain[:-2]} was the address of what is {only(index, 'landmines')[:-2]} now."
        )

    def test_a_speech_put_before_others_in_a_record(self, texts: Path, index: Path) -> None:
        said = ["The lake is ours.", "The lake is not yours.", "The lake is shrinking."]
        lines = [json.dumps({"speaker": "Chad", "paragraphs": [text]}) for text in said]
        write(texts / "x.jsonl", "\n".join(lines))
        update(texts, into=index)
        cited = {text: lasting(index, f'"{text}"') for text in said}
        write(
            texts / "x.jsonl", "\n".join([json.dumps({"speaker": "Chad", "paragraphs": ["Order."]}), *lines])
        )
        update(texts, into=index)
        assert {text: shown(index, address) for text, address in cited.items()} == {
            text: text for text in said
        }

    def test_one_that_was_taken_out_is_said_to_be_gone(self, texts: Path, index: Path) -> None:
        write(texts / "y.txt", CHILE)
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        before = only(index, "landmines")
        path.unlink()
        update(texts, into=index)
        assert refusal(index, before) == (
            f"{before[:-2]} was taken out of the index in generation 2; it came from {path}; "
            "index that file again to have it back."
        )

    def test_one_that_was_taken_out_and_comes_back(self, texts: Path, index: Path) -> None:
        write(texts / "y.txt", CHILE)
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        before = only(index, "landmines")
        path.unlink()
        update(texts, into=index)
        write(texts / "later" / "z.txt", PANAMA)
        update(texts, into=index)
        assert shown(index, before) == "Landmines must go."

    def test_one_whose_file_came_to_a_path_that_stays_out(self, texts: Path, index: Path) -> None:
        file = write(texts / "x.txt", CHILE)
        write(texts / "y.txt", PANAMA)
        update(texts, into=index)
        address = lasting(index, "water")
        remove(texts / "y.txt", into=index)
        file.replace(texts / "y.txt")
        write(texts / "z.txt", PANAMA)
        update(texts, into=index)
        assert "was taken out" in refusal(index, address)
        update(texts / "y.txt", into=index)
        assert shown(index, address) == "Water is life for all of us here."

    @pytest.mark.parametrize(("more", "is_known"), [("", False), (" We say so again." * 12, True)])
    def test_one_that_comes_back_under_another_date_is_known_by_fifty_words(
        self, texts: Path, index: Path, more: str, *, is_known: bool
    ) -> None:
        """A seed of the long histories: a corrected file that was taken out, and named under another name."""
        file = write(texts / "x.txt", CHILE.rstrip() + more + "\n")
        write(texts / "y.txt", PANAMA)
        write(texts / "onrecord-overrides.yaml", "x.txt: {date: 2015}\n")
        update(texts, into=index)
        address = lasting(index, "water")
        remove(file, into=index)
        file.rename(texts / "z.txt")
        update(texts, into=index)
        if is_known:
            assert shown(index, address).startswith("Water is life")
        else:
            assert "was taken out" in refusal(index, address)

    def test_one_whose_copy_stays_leads_to_the_copy(self, texts: Path, index: Path) -> None:
        write(texts / "y.txt", DATED)
        path = write(texts / "x.txt", DATED)
        update(texts, into=index)
        with open_index(index) as opened:
            both = sorted(one.address for one in opened.addresses())
        path.unlink()
        update(texts, into=index)
        assert len(both) == 2
        assert {shown(index, address) for address in both} == {
            "We call for the destruction of all landmines."
        }

    def test_short_words_said_by_someone_else_are_not_taken_for_it(self, texts: Path, index: Path) -> None:
        path = write(texts / "x.txt", "Statement by Panama\n\nThank you.\n")
        write(texts / "y.txt", CHILE)
        update(texts, into=index)
        before = only(index, "thank")
        path.unlink()
        write(texts / "z.txt", "Statement by Chad\n\nThank you.\n")
        update(texts, into=index)
        assert "was taken out of the index" in refusal(index, before)


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        "typed",
        [
            "{}",
            "see {}.",
            "({})",
            "[{}]",
            "“{}”",
            "«{}»,",
            "'{}';",
            "<{}>",
            "…{}…",
            "https://example.org/show/{}",
            "https://example.org/show?address={}&context=2",
        ],
    )
    def test_an_address_as_it_stands_in_a_sentence_or_a_url(self, typed: str) -> None:
        """S2-6."""
        address = "2011-03-03-panama-gmjpu#1~abcde"
        assert str(parse_address(typed.format(address))) == address
        assert str(parse_address(typed.format(address.replace("#", "%23").replace("~", "%7E")))) == address

    @pytest.mark.parametrize(
        "typed",
        ["2011‑03‑03‑panama‑gmjpu#1", "2011-03-\n03-panama-gmjpu #1", "2011-03-03-Panama-GMJPU#1", " # "],
    )
    def test_an_address_as_a_page_prints_it(self, typed: str) -> None:
        if typed.strip() == "#":
            with pytest.raises(AddressError):
                parse_address(typed)
        else:
            assert str(parse_address(typed)) == "2011-03-03-panama-gmjpu#1"

    @pytest.mark.parametrize(
        "typed", ["", "#1", "a#", "a#0", "a#b", "a#1~", "a#1~abc", "a~abcde", "a#1~abcd1"]
    )
    def test_what_is_no_address_is_refused(self, typed: str) -> None:
        if typed == "a#1~":  # a mark that was left standing
            assert str(parse_address(typed)) == "a#1"
            return
        with pytest.raises(AddressError, match="is not an address; write STATEMENT#NUMBER or STATEMENT"):
            parse_address(typed)

    def test_the_letters_decide(self, texts: Path, index: Path) -> None:
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        letters = only(index, "landmines").removeprefix("panama-")
        for typed in (letters, f"panama-{letters}", f"peru-at-the-council-{letters}", f"({letters.upper()})"):
            assert shown(index, typed) == "Landmines must go."

    def test_letters_that_two_statements_have_name_both(self, texts: Path, index: Path) -> None:
        letters: dict[str, str] = {}
        for number in range(30_000):
            slug = make_slug(Metadata(), relative_path=f"{number}.txt")
            other = letters.setdefault(slug[-5:], slug)
            if other != slug:
                break
        names = [other[:-6], slug[:-6]]
        for name in names:
            write(texts / f"{name}.txt", f"The text {name}.")
        update(texts, into=index)
        assert refusal(index, slug[-5:]) == (
            f"No statement has the address {slug[-5:]}; 2 may be meant: {', '.join(sorted([other, slug]))}."
        )
        assert shown(index, slug) == f"The text {names[1]}."

    def test_short_addresses_are_printed_as_a_choice(self, texts: Path, index: Path) -> None:
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        short = only(index, "landmines").removeprefix("panama-")
        assert run("search", "landmines", "--short", "-i", index).stdout.splitlines()[0] == short
        assert run("show", short, "--short", "-i", index).stdout.splitlines()[0] == short[:-2]
        [line] = run("search", "landmines", "--short", "--json", "-i", index).stdout.splitlines()
        assert json.loads(line)["address"] == short

    def test_show_prints_the_lasting_address_and_the_note_as_json(self, texts: Path, index: Path) -> None:
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        cited = lasting(index, "landmines")
        [line] = run("show", cited, "--json", "-i", index).stdout.splitlines()
        told = json.loads(line)
        assert (told["lasting_address"], told["note"]) == (cited, None)
        assert cited.endswith(f"~{fingerprint('Landmines must go.')}")

    def test_a_number_that_is_gone_from_an_edited_statement_says_so(self, texts: Path, index: Path) -> None:
        write(texts / "x.txt", f"{PANAMA}\nThe canal is ours.\n")
        update(texts, into=index)
        before = only(index, "canal")
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        said = refusal(index, before)
        assert said.startswith(f"{before[:-2]} has 1 paragraphs and none has the number 2; ")
        assert "was edited in generation 2" in said


class TestAddressesOfAnotherIndex:
    def test_they_lead_to_the_same_words_in_a_new_one(self, tmp_path: Path, texts: Path, index: Path) -> None:
        write(texts / "gone.txt", CHILE)
        path = write(texts / "x.txt", PANAMA)
        edited = write(texts / "z.txt", "Statement by Chad\n\nThe lake is shrinking.\n")
        update(texts, into=index)
        first, lake, water = only(index, "landmines"), only(index, "lake"), only(index, "water")
        path.rename(texts / "y.txt")
        update(texts, into=index)
        second = only(index, "landmines")
        printed = run("addresses", "-i", index).stdout
        known = write(tmp_path / "addresses.jsonl", printed)
        (texts / "gone.txt").unlink()
        (texts / "y.txt").rename(texts / "third.txt")
        edited.write_text("Statement by Chad\n\nThe lake is growing.\n", "utf-8")
        other = tmp_path / "other"
        assert run("index", texts, "--addresses", known, "-i", other, "-q").exit_code == 0
        assert (shown(other, first), shown(other, second)) == ("Landmines must go.", "Landmines must go.")
        assert "was edited" in (note(other, lake) or "")
        assert refusal(other, water).startswith(
            f"{water[:-2]} is an address of another index; its statement, from {texts / 'gone.txt'}, "
        )
        write(texts / "back.txt", CHILE)
        update(texts, into=other)
        assert shown(other, water) == "Water is life for all of us here."

    def test_each_is_one_object_on_one_line(self, texts: Path, index: Path) -> None:
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        [line] = run("addresses", "-i", index).stdout.splitlines()
        address = only(index, "landmines")[:-2]
        found = json.loads(line)
        assert len(found.pop("words")) == 32
        assert found == {
            "address": address,
            "now": address,
            "source": str(path),
            "generation": 1,
            "edited": None,
        }

    @pytest.mark.parametrize("line", ["", "[]", "{}", '{"address": 1}', "\xff"])
    def test_what_is_no_such_file_is_refused_with_its_line(
        self, tmp_path: Path, texts: Path, index: Path, line: str
    ) -> None:
        write(texts / "x.txt", PANAMA)
        known = write(tmp_path / "addresses.jsonl", f"{line}\n")
        with pytest.raises(SourceError, match="line 1: this is no line that onrecord addresses printed"):
            build(texts, into=index, addresses=known)


class TestTheFileOfFormerAddresses:
    FORMER = FormerAddresses(
        (Former("a", "b", "/x", 2), Former("b", "a", "/x", 3), Former("c", None, "/y", 3, "ff", 2)),
        {"a": 3},
    )

    def test_what_was_written_is_read(self) -> None:
        assert FormerAddresses.load(self.FORMER.dump()) == self.FORMER

    def test_a_statement_is_followed_through_its_names_in_time(self) -> None:
        (first,) = self.FORMER.of("a")
        assert self.FORMER.last(first).now == "a"
        assert FormerAddresses().with_ends(self.FORMER.former, {}).of("a") == ()

    def test_every_byte_that_changes_is_noticed(self) -> None:
        whole = self.FORMER.dump()
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 1
            with pytest.raises(ValueError, match="checksum"):
                FormerAddresses.load(bytes(changed))

    @pytest.fixture
    def damaged(self, texts: Path, index: Path) -> Path:
        write(texts / "y.txt", CHILE)
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        path.rename(texts / "z.txt")
        update(texts, into=index)
        [file] = index.glob("addresses-*.json")
        file.write_bytes(file.read_bytes().replace(b"panama", b"panana"))
        return file

    def test_its_damage_is_named_and_found_and_mended(self, texts: Path, index: Path, damaged: Path) -> None:
        with (
            open_index(index) as opened,
            pytest.raises(IndexDamaged, match="the former addresses are damaged"),
        ):
            opened.show("panama-aaaaa")
        assert [(fault.file, fault.what) for fault in examine(index).faults] == [
            (str(damaged), "the former addresses are damaged")
        ]
        assert run("doctor", "--repair", "-i", index).exit_code == 0
        assert examine(index).healthy
        assert only(index, "landmines")

    def test_a_search_does_without_it(self, index: Path, damaged: Path) -> None:
        assert damaged.exists()
        assert only(index, "landmines")

    def test_one_of_no_generation_is_swept(self, texts: Path, index: Path) -> None:
        write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        left = write(index / "addresses-00000000deadbeef.json", "half a file")
        update(texts, into=index)
        assert not left.exists()

    def test_an_update_that_adds_leaves_it_alone(self, texts: Path, index: Path) -> None:
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        path.rename(texts / "z.txt")
        update(texts, into=index)
        before = [file.name for file in index.glob("addresses-*")]
        write(texts / "y.txt", CHILE)
        update(texts, into=index)
        assert [file.name for file in index.glob("addresses-*")] == before != []

    def test_a_reader_of_an_older_generation_still_follows(self, texts: Path, index: Path) -> None:
        path = write(texts / "x.txt", PANAMA)
        update(texts, into=index)
        first = only(index, "landmines")
        path = path.rename(texts / "z.txt")
        update(texts, into=index)
        with open_index(index) as opened:
            for name in ("v.txt", "w.txt"):
                path = path.rename(texts / name)
                update(texts, into=index)
            assert [hit.text for hit in opened.show(first)] == ["Landmines must go."]


@pytest.mark.parametrize("seed", range(15))
def test_every_address_of_a_history_leads_to_its_words_or_says_what_became_of_them(
    tmp_path: Path, seed: int
) -> None:
    world = World(tmp_path, Random(seed))
    world.begin()
    for _ in range(8):
        world.step()
    of_the_index, of_a_fresh_one = world.compared()
    assert of_the_index == of_a_fresh_one, world.done
    shutil.rmtree(tmp_path)
