"""The register: delegations by code and by name, forums and places."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.analysis import fold
from indexer.register import Delegation, delegation_by_code, find_delegations, find_forum_words, find_places
from indexer.register.delegations import Delegation as Row
from indexer.register.tables import listed, rows


def codes(text: str) -> list[str]:
    return [mention.value.code for mention in find_delegations(text)]


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("JPN", None, "Japan"),
        ("jpn", None, "Japan"),
        ("SWZ", None, "Eswatini"),
        ("SWZ", 2017, "Swaziland"),
        ("TUR", 2022, "Türkiye"),
        ("TUR", 2021, "Turkey"),
        ("MMR", 1960, "Burma"),
        ("COD", 1980, "Zaire"),
        ("COD", 2000, "Democratic Republic of the Congo"),
        ("BFA", 1970, "Upper Volta"),
        ("LKA", 1970, "Ceylon"),
        ("BEN", 1970, "Dahomey"),
        ("RUS", 1980, "Union of Soviet Socialist Republics"),
        ("RUS", 1992, "Russian Federation"),
        ("EGY", 1965, "United Arab Republic"),
        ("YUG", 2005, "Serbia and Montenegro"),
        ("CSK", None, "Czechoslovakia"),
        ("DDR", None, "German Democratic Republic"),
        ("SUN", None, "Union of Soviet Socialist Republics"),
        ("EU", None, "European Union"),
        ("PSE", None, "State of Palestine"),
        ("VAT", None, "Holy See"),
    ],
)
def test_a_code_has_the_name_of_its_year(code: str, year: int | None, name: str) -> None:
    delegation = delegation_by_code(code, year=year)
    assert delegation is not None
    assert delegation.name == name


def test_an_unknown_code_is_no_delegation() -> None:
    assert delegation_by_code("XXX") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Republic of Korea", ["KOR"]),
        ("Democratic People's Republic of Korea", ["PRK"]),
        ("DEMOCRATIC PEOPLE’S REPUBLIC OF KOREA", ["PRK"]),
        ("Niger", ["NER"]),
        ("Nigeria", ["NGA"]),
        ("Guinea-Bissau", ["GNB"]),
        ("Papua New Guinea", ["PNG"]),
        ("Equatorial Guinea and Guinea", ["GNQ", "GIN"]),
        ("Dominican Republic", ["DOM"]),
        ("Dominica", ["DMA"]),
        ("South Sudan", ["SSD"]),
        ("JAPAN", ["JPN"]),
        ("Cote d'Ivoire", ["CIV"]),
        ("CÔTE D’IVOIRE", ["CIV"]),
        ("Antigua & Barbuda", ["ATG"]),
        ("la República del Paraguay", ["PRY"]),
        ("le Royaume-Uni", ["GBR"]),
        ("Jersey", []),
        ("Korea", []),
        ("New Mexico", []),
        ("Japanese", []),
        ("", []),
    ],
)
def test_a_name_is_found_whole_and_longest(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_a_mention_keeps_the_words_as_printed() -> None:
    (mention,) = find_delegations("by the REPUBLIC OF NAURU at")
    assert (mention.text, mention.start, mention.end) == ("REPUBLIC OF NAURU", 7, 24)


def test_no_name_means_two_delegations_at_once() -> None:
    meanings: dict[str, set[str]] = {}
    for row in rows("delegations.csv"):
        for name in (row["name"], *listed(row["names"])):
            meanings.setdefault(fold(name), set()).add(row["code"])
    # One state under a code of its own time and under its successor's.
    same = ({"RUS", "SUN"}, {"COD", "ZAR"}, {"SCG", "YUG"})
    assert [found for found in meanings.values() if len(found) > 1 and found not in same] == []


def test_one_name_at_most_is_current_under_a_code() -> None:
    current = Counter(row["code"] for row in rows("delegations.csv") if not row["until"])
    assert [code for code, count in current.items() if count > 1] == []


def test_the_register_hands_out_one_kind_of_delegation() -> None:
    assert Delegation is Row


@pytest.mark.parametrize(
    ("text", "place"),
    [("Nueva York", "New York"), ("GENÈVE", "Geneva"), ("La Haye", "The Hague"), ("Wien", "Vienna")],
)
def test_a_city_is_known_by_its_other_names(text: str, place: str) -> None:
    assert [mention.value for mention in find_places(text)] == [place]


@pytest.mark.parametrize(
    "text", ["Sixth Committee", "la Cumbre", "le Débat", "COP26", "79 período de sesiones"]
)
def test_a_forum_shows_by_one_of_its_words(text: str) -> None:
    assert len(find_forum_words(text)) == 1
