"""Verbatim records: who is given the floor, and by which words."""

from __future__ import annotations

import pytest

from indexer.layout import Block
from indexer.sources.verbatim_record import is_verbatim, turns
from indexer.sources.verbatim_speaker import speaks_from


@pytest.mark.parametrize(
    ("words", "speaker", "role", "original"),
    [
        ("The President: We begin.", "The President", "chair", None),
        ("The Acting President (spoke in Spanish): We begin.", "The Acting President", "chair", "es"),
        ("Mr. de la Fuente Ramírez (Mexico) (spoke in Spanish): Yes.", "MEX", "delegation", "es"),
        ("Ms. N'Diaye (Côte d'Ivoire): Yes.", "CIV", "delegation", None),
        (
            "Mr. Al-Thani (Qatar) (spoke in Arabic; English text provided by the delegation): Yes.",
            "QAT",
            "delegation",
            "ar",
        ),
        ("Sheikh Abdullah bin Zayed (United Arab Emirates): Yes.", "ARE", "delegation", None),
        ("Mr. Smirnov (Norway) (interpretation from Russian): Yes.", "NOR", "delegation", "ru"),
        ("Ms. Haddad (State of Palestine): Yes.", "PSE", "observer", None),
        ("Mr. Silva (International Committee of the Red Cross): Yes.", "ICRC", "observer", None),
        ("Mr. Rao (Asian Fisheries Commission): Yes.", "Asian Fisheries Commission", "observer", None),
        ("Ms. Diallo: I brief.", "Ms. Diallo", "guest", None),
        ("The Secretary-General (spoke in French): I report.", "The Secretary-General", "guest", "fr"),
        ("Mr. Li Wen China) (spoke in Chinese): Yes.", "CHN", "delegation", "zh"),
        ("Mr. Li Wen (China (spoke in Chinese): Yes.", "CHN", "delegation", "zh"),
        ("12. Mr. NOVAK (Czechoslovakia) (translated from Russian): Yes.", "CSK", "delegation", "ru"),
        ("M. Abdou (Niger) (parle en anglais) : Oui.", "NER", "delegation", "en"),
        ("Sra. Díaz (España): Sí.", "ESP", "delegation", None),
        ("Mr. Odd (Elbonia) (spoke in Elbonian): Yes.", "Elbonia", "delegation", "und"),
    ],
)
def test_the_floor_is_given(words: str, speaker: str, role: str, original: str | None) -> None:
    floor = speaks_from(words)
    assert floor is not None
    named = floor.speaker.value.code or floor.speaker.value.name
    tongue = floor.original_language.value if floor.original_language else None
    assert (named, floor.role.value, tongue) == (speaker, role, original)


@pytest.mark.parametrize(
    "words",
    [
        "Mr. President: We thank you.",
        "Madam Chair: We thank you.",
        "Mr. Secretary-General: We thank you.",
        "Mr. Osei said this: we agree.",
        "In favour:",
        "The representative of Panama said: no.",
        "As the President said: no.",
        "Three things matter: peace, bread and work.",
        "A/76/PV.90",
    ],
)
def test_words_with_a_colon_give_no_one_the_floor(words: str) -> None:
    assert speaks_from(words) is None


def test_a_country_that_no_one_knows_is_a_guess() -> None:
    floor = speaks_from("Mr. Odd (Elbonia): Yes.")
    assert floor is not None
    assert floor.speaker.confidence.value == "low"


def test_a_statement_that_cites_a_record_is_none() -> None:
    assert not is_verbatim("Statement by Panama\n\nAs we said (S/PV.8850), the canal is ours.\n")


def test_words_after_a_decision_that_no_one_introduces_have_no_speaker() -> None:
    blocks = [
        Block(("The President: We decide.",), line=1),
        Block(("It was so decided.",), line=3),
        Block((f"We are glad of it {'and say so ' * 20}today.",), line=5),
    ]
    assert [draft.declared.speaker is None for draft in turns(blocks)] == [False, True]
