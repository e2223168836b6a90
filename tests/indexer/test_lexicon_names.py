"""Arabic and Chinese names of the lexicon, held against CLDR and ISO 3166 where these have them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

pytest.importorskip("babel")
pytest.importorskip("pycountry")

import pycountry
from babel import Locale

from onrecord.indexer.register.generate import names_of
from onrecord.indexer.register.tables import rows

#: Marks of vowels and of doubling, which one source writes and the other does not.
MARKS = re.compile("[\u064b-\u0652]")
#: What the two write otherwise, and mean the same by.
OTHERWISE = {
    ("EU", "zh"): "the full name, where CLDR has the short one (欧盟)",
    ("DPRK", "ar"): "ISO 3166 spells the word for democratic with another letter",
}


def codes_of() -> dict[str, set[str]]:
    """Return the two letters that CLDR or ISO 3166 has for each English name."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in Locale.parse("en").territories.items():
        codes[name.casefold()].add(code)
    for country in pycountry.countries:
        for listed in ("name", "common_name", "official_name"):
            codes[getattr(country, listed, country.name).casefold()].add(country.alpha_2)
    return codes


def theirs(code: str, language: str) -> set[str]:
    """Return the names that CLDR and ISO 3166 have for a state, or CLDR for an organisation."""
    country = pycountry.countries.get(alpha_2=code)
    names = [Locale.parse(language).territories[code]]
    if country is not None:
        names += [name for _, some in names_of(country.alpha_3, language) for name in some]
    return {MARKS.sub("", name) for name in names}


def held_against() -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Yield each entry that the second source knows by its English name: its names there, and ours."""
    codes = codes_of()
    for entry in rows("lexicon.csv"):
        known = {code for name in entry["en"].split("|") for code in codes.get(name.casefold(), ())}
        for code in known:
            for language in ("ar", "zh"):
                yield entry["code"], language, theirs(code, language), set(entry[language].split("|"))


TABLE = list(held_against())


def test_a_dozen_names_have_a_second_source() -> None:
    assert len(TABLE) >= 12


@pytest.mark.parametrize(
    ("code", "language", "names", "ours"), TABLE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_name_of_the_lexicon_is_that_of_a_second_source(
    code: str, language: str, names: set[str], ours: set[str]
) -> None:
    assert bool(ours & names) is ((code, language) not in OTHERWISE), names
