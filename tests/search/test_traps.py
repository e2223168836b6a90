"""What a search finds in the invented corpus: (typed, options, where, why)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.search.cli import main

EXACT = {"mode": "exact"}
# ruff: noqa: E501
# fmt: off
FOUND: list[tuple[str, dict[str, str], str, str]] = [
    # Phrases are those words in that order; nothing is dropped.
    ('"ban on use"', {}, "norway-2019#2", "a phrase never skips a word"),
    ('"ban not the use"', {}, "panama-1973#3", "not and the are words of a phrase"),
    ('"ban the use"', {}, "", "no position closes up"),
    ('"ban on the use"', {}, "norway-2019#2", "the longer phrase is another one"),
    ('"right of return"', {}, "panama-1973#5", "of is a word"),
    ('"right return"', {}, "panama-1973#5", "and without it the phrase stands elsewhere in the paragraph"),
    ('"return right"', {}, "", "the order counts"),
    ('"to be or not to be"', {}, "panama-1973#5", "a phrase of nothing but small words"),
    ('"Protocol V"', {}, "norway-2019#5", "single letters count"),
    ('"protocol has five"', {}, "norway-2019#5", "a word of a phrase may occur elsewhere too"),
    ('"part IV"', {}, "norway-2019#5", "Roman numbers are words"),
    ('"weapons weaponry"', {}, "norway-2019#6", "punctuation between words does not count"),
    ('"weapon weaponry"', {}, "", "inflection never changes a phrase"),
    ('"weapon of the weak"', EXACT, "norway-2019#6", "phrases mean the same in both modes"),
    ("“free navigation”", {}, "panama-1973#2", "curly quotation marks quote"),
    ("«free navigation»", {}, "panama-1973#2", "and so do French ones"),
    # Symbols part words, and parts typed together belong together.
    ("S/PV.8850", {}, "symbols#1", "the S of a document symbol is kept"),
    ("PV.8850", {}, "symbols#1", "part of a symbol"),
    ("A/RES/76/47", {}, "symbols#1", "parts in that order, not loose words"),
    ("76/47", {}, "symbols#1", "page 47 of volume 76 is something else"),
    ("47 76", {}, "symbols#1 symbols#3", "loose numbers are loose words"),
    ("P5+1", {}, "symbols#2", "a plus sign parts"),
    ("COVID-19", {}, "symbols#2", "19 elsewhere in a paragraph with covid is not it"),
    ("covid", {}, "symbols#2 symbols#3", "the part alone"),
    ("R&D", {}, "symbols#2", "letters around an ampersand"),
    ("C++", {}, "symbols#2 symbols#3", "what is left of C++ is the letter"),
    ('"US$100 million"', {}, "panama-1973#4", "an escaped dollar sign of Markdown"),
    ("14,000", {}, "panama-1973#4", "a number with a comma"),
    ("39.5", {}, "symbols#4", "a number with a point"),
    ("co-ordinator", {}, "symbols#4", "a hyphen parts"),
    ("km²", {}, "symbols#4", "a raised digit is a word"),
    ("km", EXACT, "symbols#4", "and leaves the word before it alone"),
    ("ordnance,", {}, "guinea-2000#3 symbols#4", "punctuation typed along is harmless"),
    # Case, accents and scripts.
    ("Cote d'Ivoire", {}, "cote-d-ivoire-2020#2", "accents and apostrophes of any kind"),
    ("Côte d’Ivoire", {}, "cote-d-ivoire-2020#2", "typed as printed"),
    ('"cote d ivoire"', EXACT, "cote-d-ivoire-2020#2", "folded in exact mode too"),
    ("turkiye", {}, "guinea-2000#2", "ü"),
    ("lodz", {}, "guinea-2000#2", "Ł and ź"),
    ("thingvellir", {}, "guinea-2000#2", "Þ"),
    ("STRASSE", EXACT, "guinea-2000#2", "ß"),
    ('"unexploded ordnance"', {}, "guinea-2000#3 symbols#4", "capitals, and a soft hyphen inside a word"),
    ("不扩散", {}, "china#1", "a Chinese word is a phrase of ideographs"),
    ("核武器", {}, "china#1", "核 and 武器 apart are not it"),
    ('"武器不"', {}, "china#2", "any run of ideographs"),
    ('"الأسلحة العنقودية"', {}, "egypt#1", "an Arabic phrase, hamza folded"),
    ('"عام 2021"', {}, "egypt#1", "Arabic-Indic digits are digits"),
    # Inflection: of words in normal mode, never of acronyms, digits or in exact mode.
    ("weapon", EXACT, "norway-2019#6", "the word as written"),
    ("weaponised", EXACT, "norway-2019#6", "and only as written"),
    ("banning", {}, "norway-2019#2 panama-1973#3", "ban, banned"),
    ("banning", EXACT, "", "nobody wrote it"),
    ("mine", EXACT, "norway-2019#2", "not mines, not mining"),
    ("mines", {}, "cote-d-ivoire-2020#2 guinea-2000#3 norway-2019#2", "in each paragraph's own language"),
    ("negociation", {}, "cote-d-ivoire-2020#3", "a French plural, typed without accents"),
    ("aid", {}, "norway-2019#3", "aid, aided and aids, but not AIDS"),
    ("AIDS", {}, "norway-2019#4", "S1-2h: typed in capitals, the acronym"),
    ("aids", EXACT, "norway-2019#3 norway-2019#4", "exact folds case"),
    ("WHO", {}, "norway-2019#4", "an acronym that looks like a small word"),
    ("2000", {}, "guinea-bissau-2001#2 panama-1973#4", "2000 is not 2001"),
    ("2001", {}, "panama-1973#4", "2001 is not 2000"),
    ("200", {}, "", "nor is it a part of either"),
    # The grammar.
    ("canal grain", {}, "panama-1973#3", "all words must occur"),
    ("grain OR AIDS", EXACT, "norway-2019#3 norway-2019#4 panama-1973#3", "either"),
    ("(grain OR ships) canal", {}, "panama-1973#2 panama-1973#3 panama-1973#4", "parentheses"),
    ("travel -light", {}, "guinea-bissau-2001#1", "without"),
    ('travel NOT "they travel"', {}, "guinea-bissau-2001#1", "without a phrase"),
    ("not", {}, "holy-see#2 norway-2019#6 panama-1973#3 panama-1973#5", "lower-case not is content"),
    ("demin*", {}, "guinea-bissau-2001#2", "a prefix"),
    ("m?ne", {}, "norway-2019#2", "a wildcard is one letter"),
    ("navigatin~", {}, "panama-1973#2", "fuzzy when asked for"),
    ("navigatin", {}, "", "and only then"),
    ('"ship canal"~3', {}, "panama-1973#2", "near in either order"),
    ('"ship canal"~2', {}, "", "but not nearer than it is"),
    ('"remnants of w*"', {}, "norway-2019#5", "a wildcard in a phrase"),
    ('"b?n on use"', EXACT, "norway-2019#2", "and one inside a word"),
    ('"ban … of every mine"', {}, "norway-2019#2", "a gap"),
    ('"ban ... mining [...] ago"', {}, "norway-2019#2", "two"),
    ('"long … ban"', {}, "", "in order"),
    ('"AIDS … protocol"', {}, "", "in one paragraph"),
    ("–light travel", {}, "guinea-bissau-2001#1", "a dash is a minus"),
    ("39(5)", {}, "symbols#4", "a reference is words in their order"),
    ("grain OR ships OR travel speaker:panama", {}, "panama-1973#2 panama-1973#3 panama-1973#4", "a field narrows all of it"),
    ("travel speaker:(guinea OR guinea-bissau)", {}, "guinea-2000#1 guinea-bissau-2001#1", "one of several"),
    ('"the “ban” on"', {}, "", "marks inside marks"),
    # Filters.
    ("speaker:guinea travel", {}, "guinea-2000#1", "Guinea is not Guinea-Bissau"),
    ("travel", {"speaker": "Guinea-Bissau"}, "guinea-bissau-2001#1", "the option does what the field does"),
    ("speaker:japan", {}, "", "nobody of that name"),
    ('forum:"security council" canal', {}, "panama-1973#2 panama-1973#3 panama-1973#4", "a forum by its name"),
    ("forum:disarmament peace", {}, "holy-see#2", "a forum by a word of its name"),
    ("place:oslo weapon", {}, "norway-2019#6", "a place"),
    ("language:zh 武器", {}, "china#1 china#2", "a language"),
    ("travel date:2001", {}, "guinea-bissau-2001#1", "a year-only statement is found by its year"),
    ("travel date:2001-05", {}, "", "and not by a month of it"),
    ("travel date:2001-01-01", {}, "", "nor by its first day"),
    ("travel date:2000-10-05", {}, "guinea-2000#1", "a day"),
    ("travel date:2000..2001", {}, "guinea-2000#1 guinea-bissau-2001#1", "an interval, both ends included"),
    ("travel", {"since": "2000-10-05", "until": "2000-10-05"}, "guinea-2000#1", "options, both ends included"),
    ("travel since:2000-10-06", {}, "guinea-bissau-2001#1", "the day after"),
    # Roles.
    ("president", EXACT, "cote-d-ivoire-2020#1 holy-see#1 holy-see#3 norway-2019#1 norway-2019#7 panama-1973#1 panama-1973#6", "greetings are found, accents folded"),
    ("navigation -president", {}, "panama-1973#2", "scripts, menus and footers of a page are not"),
]
# fmt: on
REFUSED = [
    ("", "an empty query"),
    ("   ", "nothing but spaces"),
    ("!!! ???", "nothing but symbols"),
    ('"unexploded ordnance', "an unclosed quotation mark"),
    ("(mine OR grain", "an unclosed bracket"),
    ("mine)", "a stray bracket"),
    ("mine - grain", "a lone minus"),
    ("-", "a lone minus"),
    ("date:2019-13", "no such month"),
    ("date:2021-02-30", "no such day"),
    ("sepaker:japan", "a mistyped field"),
    ("OR mine", "nothing before OR"),
    ("mine OR", "nothing after OR"),
    ("NOT", "nothing to leave out"),
    ("mine | grain", "a sign of another engine"),
    ("since:2012 until:2010", "no day between"),
    ("speaker:", "a field without a value"),
    ('""', "an empty phrase"),
    ("*", "every word there is"),
]


def by_python(found: Callable[..., list[str]], typed: str, options: dict[str, str]) -> list[str]:
    return found(typed, **options)


def by_command(index_folder: Path, typed: str, options: dict[str, str]) -> list[str]:
    named = [part for name, value in options.items() for part in (f"--{name}", value)]
    result = CliRunner().invoke(
        main, ["search", "-i", str(index_folder), "--limit", "1000", "--json", *named, "--", typed]
    )
    assert result.exit_code == 0, result.output
    hits = [json.loads(line) for line in result.stdout.splitlines()]
    return sorted(f"{Path(hit['source']).stem}#{hit['number']}" for hit in hits)


@pytest.mark.parametrize(("typed", "options", "where", "why"), FOUND)
def test_python_finds(
    found: Callable[..., list[str]], typed: str, options: dict[str, str], where: str, why: str
) -> None:
    assert by_python(found, typed, options) == where.split(), why


@pytest.mark.parametrize(("typed", "options", "where", "why"), FOUND)
def test_the_command_finds(
    index_folder: Path, typed: str, options: dict[str, str], where: str, why: str
) -> None:
    assert by_command(index_folder, typed, options) == where.split(), why


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_the_command_answers_what_it_cannot_mean_with_one_sentence(
    index_folder: Path, typed: str, why: str
) -> None:
    result = CliRunner().invoke(main, ["search", "-i", str(index_folder), "--", typed])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1), why
