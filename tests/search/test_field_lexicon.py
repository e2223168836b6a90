"""The lexicon of the field: its table, what a user changes in it, and the command that lists it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.indexer.analysis.common_words import is_common
from onrecord.indexer.analysis.lemmas import dictionary
from onrecord.indexer.register.cases import cases_of_beginnings
from onrecord.indexer.register.tables import rows
from onrecord.search.cli import main
from onrecord.search.lexicon import (
    LANGUAGES,
    Entry,
    FieldLexicon,
    entries,
    is_acronym,
    lexicon_beside,
    read_lexicon,
    written_forms,
)
from onrecord.search.lexicon.entry import form_key
from onrecord.search.lexicon.table import KINDS


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], env={"ONRECORD_INDEX": ""})


def by_code(lexicon: FieldLexicon) -> dict[str, Entry]:
    return {entry.code: entry for entry in lexicon.entries}


def own(folder: Path, *lines: str) -> FieldLexicon:
    """Read a lexicon with a user's file."""
    file = folder / "onrecord-lexicon.csv"
    file.write_text("\n".join([*lines, ""]), "utf-8")
    return read_lexicon(file)


class TestTable:
    def test_has_three_hundred_dated_entries_and_more(self) -> None:
        assert len([entry for entry in entries() if entry.since]) >= 300

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_has_names_in_each_language(self, language: str) -> None:
        assert len([entry for entry in entries() if entry.in_language(language)]) >= 300

    def test_says_of_each_entry_what_it_is_and_where_it_is_from(self) -> None:
        assert {entry.kind for entry in entries()} == KINDS
        assert [entry.code for entry in entries() if not entry.source] == []

    def test_has_a_code_once(self) -> None:
        codes = [entry.code for entry in entries()]
        assert sorted(set(codes)) == sorted(codes)

    def test_has_two_forms_of_each_entry_or_more(self) -> None:
        assert [entry.code for entry in entries() if len({form_key(f) for _, f in entry.forms}) < 2] == []

    def test_has_a_form_of_two_entries_in_one_language_only_where_both_are_guarded(self) -> None:
        holders = defaultdict(set)
        for entry in entries():
            for language, form in entry.forms:
                holders[language, form_key(form)].add(entry)
        unguarded = {
            form: [entry.code for entry in some]
            for form, some in holders.items()
            if len(some) > 1 and not all(one.guard.beside or one.guard.years for one in some)
        }
        assert unguarded == {}

    def test_wants_capitals_where_small_letters_make_a_word(self) -> None:
        words = {
            form
            for entry in entries()
            for _, form in entry.forms
            if is_acronym(form) and form not in entry.guard.capitals
            for small in [form.lower().removesuffix("s" if form.endswith("s") else " ")]
            if is_common(small) or any(dictionary.is_word(small, language) for language in ("en", "fr"))
        }
        assert words == set()

    def test_names_nothing_with_the_arrows_of_a_spreadsheet(self) -> None:
        """A cell that begins with a sign of a formula would be one."""
        assert [entry.code for entry in entries() for _, f in entry.forms if f[0] in "=+-@"] == []

    def test_the_cases_of_russian_names_are_those_of_the_table(self) -> None:
        kept = [(row["beginning"], row["cases"]) for row in rows("lexicon_cases.csv")]
        assert kept == list(cases_of_beginnings()), "run python -m onrecord.indexer.register.generate"


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [
        (
            "Договор о нераспространении ядерного оружия",
            "ru",
            "договором о нераспространении ядерного оружия",
        ),
        ("Международный уголовный суд", "ru", "международного уголовного суда"),
        ("зона, свободная от ядерного оружия", "ru", "зоны свободной от ядерного оружия"),
        ("парниковые газы", "ru", "парниковых газов"),
        ("معاهدة تجارة الأسلحة", "ar", "لمعاهده تجاره الاسلحه"),
        ("الوكالة الدولية للطاقة الذرية", "ar", "للوكاله الدوليه للطاقه الذريه"),
        ("International Criminal Court", "en", "international criminal court"),
    ],
)
def test_a_name_is_found_as_texts_write_it(name: str, language: str, form: str) -> None:
    assert form in [" ".join(words) for words in written_forms(name, language)]


class TestOwnEntries:
    def test_may_be_new(self, tmp_path: Path) -> None:
        found = by_code(own(tmp_path, "code,kind,en,fr", "XYZ,body,XYZ|Example Body,Organe exemplaire"))
        assert found["XYZ"] == Entry(
            "XYZ",
            "body",
            (("en", "XYZ"), ("en", "Example Body"), ("fr", "Organe exemplaire")),
            source="own",
        )
        assert len(found) == len(entries()) + 1

    def test_may_add_to_one_that_is_there(self, tmp_path: Path) -> None:
        npt = by_code(own(tmp_path, "code,en,beside", "NPT,Treaty of 1968,treaty"))["NPT"]
        assert ("en", "Treaty of 1968") in npt.forms
        assert npt.in_language("ru")[0] == "ДНЯО"
        assert (npt.kind, npt.since, npt.guard.beside) == ("treaty", 1968, ("treaty",))

    def test_may_take_one_out(self, tmp_path: Path) -> None:
        assert "NPT" not in by_code(own(tmp_path, "code", "-NPT"))

    def test_may_take_forms_out(self, tmp_path: Path) -> None:
        npt = by_code(own(tmp_path, "code,en", "-NPT,non proliferation treaty"))["NPT"]
        assert "Non-Proliferation Treaty" not in npt.in_language("en")
        assert "NPT" in npt.in_language("en")

    def test_are_none_where_there_is_no_file(self, tmp_path: Path) -> None:
        assert lexicon_beside(tmp_path / "index").entries == entries()

    def test_are_read_anew_when_the_file_changed(self, tmp_path: Path) -> None:
        own(tmp_path, "code", "-NPT")
        assert "NPT" not in by_code(lexicon_beside(tmp_path / "index"))
        own(tmp_path, "code", "-CTBT", "-ATT")
        assert "NPT" in by_code(lexicon_beside(tmp_path / "index"))

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (",body,X", "it has no code"),
            ("X,band,X", '"band" is no kind'),
            ("X,body,", "it has no form in any language"),
            ("X,body,…", '"…" in the column en is no name'),
            ("X,body,X,1990,1980", "it ends before it begins"),
            ("X,body,X,soon", '"soon" in the column since is no year'),
            ("X,body,X,,,1990", '"1990" is no span of years; write 1990.. or ..1990'),
            ("X,body,X,,,,no", 'capitals names acronyms, or is "yes" for all of them: "no" is none'),
            ("X,body,X,,,,,English", '"English" is no code of a language'),
            ("-XYZ,,", 'there is no entry "XYZ" to take out'),
            ("-NPT,,XYZ", '"XYZ" is no form of NPT in that language'),
            ("X,body,X,,,,,,too,many", "it has more cells than there are columns"),
        ],
    )
    def test_that_are_none_are_named_and_left_out(self, tmp_path: Path, row: str, why: str) -> None:
        lexicon = own(tmp_path, "code,kind,en,since,until,years,capitals,not_in", "A,,AAA", row, "B,,BBB")
        assert lexicon.left_out == (f"onrecord-lexicon.csv, line 3, is left out: {why}.",)
        assert {"A", "B"} <= by_code(lexicon).keys()

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"code,english\nX,Y\n", '"english" is no column'),
            (b"en,fr\nX,Y\n", "it has no column code"),
            (b"", "it has no column code"),
            (b"code,en\nX,caf\xe9\n", "it is not in UTF-8; save it so."),
        ],
    )
    def test_may_be_in_no_file_that_is_a_lexicon(self, tmp_path: Path, content: bytes, why: str) -> None:
        file = tmp_path / "onrecord-lexicon.csv"
        file.write_bytes(content)
        lexicon = read_lexicon(file)
        assert [fault for fault in lexicon.left_out if f"onrecord-lexicon.csv is left out: {why}" in fault]
        assert lexicon.entries == entries()


class TestHash:
    def test_is_the_same_for_the_same_entries_in_any_order(self) -> None:
        assert FieldLexicon(entries()).hash == FieldLexicon(entries()[::-1]).hash
        assert re.fullmatch("[0-9a-f]{64}", FieldLexicon(entries()).hash)

    def test_is_another_with_one_more_form(self, tmp_path: Path) -> None:
        assert own(tmp_path, "code,en", "NPT,Treaty of 1968").hash != FieldLexicon(entries()).hash


class TestCommand:
    def test_lists_a_line_for_each_entry(self, tmp_path: Path) -> None:
        listed = run("lexicon", "-i", tmp_path / "index")
        assert (listed.exit_code, len(listed.stdout.splitlines())) == (0, len(entries()))
        [line] = [line for line in listed.stdout.splitlines() if line.startswith("NPT ")]
        assert line.split(None, 3)[1:] == [
            "treaty",
            "1968–",
            "Treaty on the Non-Proliferation of Nuclear Weapons",
        ]
        assert listed.stderr.startswith(f"{len(entries())} entries; lexicon version 1, ")

    @pytest.mark.parametrize("word", ["NPT", "npt", "ДНЯО", "Non-Proliferation Treaty"])
    def test_shows_an_entry_under_any_of_its_names(self, tmp_path: Path, word: str) -> None:
        shown = run("lexicon", word, "-i", tmp_path / "index").stdout.splitlines()
        assert shown[0] == "NPT  treaty  1968–"
        assert shown[2].startswith("  fr  TNP · Traité sur la non-prolifération")
        assert shown[-1].startswith("  source: ")

    def test_shows_the_guards(self, tmp_path: Path) -> None:
        shown = run("lexicon", "LAS", "-i", tmp_path / "index").stdout
        assert "  guarded: typed in capitals: LAS, ЛАГ; not in es\n" in shown

    def test_finds_a_part_of_a_name(self, tmp_path: Path) -> None:
        shown = run("lexicon", "cluster", "munition", "-i", tmp_path / "index").stdout
        assert shown.startswith("CMC  group  2003–\n")

    def test_prints_an_entry_a_line_as_json(self, tmp_path: Path) -> None:
        [line] = run("lexicon", "NPT", "--json", "-i", tmp_path / "index").stdout.splitlines()
        entry = json.loads(line)
        assert (entry["code"], entry["since"], entry["forms"]["es"][0]) == ("NPT", 1968, "TNP")

    def test_says_that_there_is_none(self, tmp_path: Path) -> None:
        shown = run("lexicon", "xyzzy", "-i", tmp_path / "index")
        assert (shown.exit_code, shown.stdout, shown.stderr[:9]) == (0, "", "0 entries")

    def test_names_rows_that_are_left_out(self, tmp_path: Path) -> None:
        own(tmp_path, "code,kind,en", "X,band,X")
        listed = run("lexicon", "NPT", "-i", tmp_path / "index")
        assert listed.exit_code == 3
        assert listed.stderr.endswith('onrecord-lexicon.csv, line 2, is left out: "band" is no kind.\n')
