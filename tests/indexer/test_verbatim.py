"""Verbatim records: who is given the floor, and by which words."""

from __future__ import annotations

import pytest

from onrecord.indexer.draft import Block
from onrecord.indexer.formats.verbatim.floor import speaks_from
from onrecord.indexer.formats.verbatim.record import is_verbatim, turns
from onrecord.indexer.statement import Metadata


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
        # H1: who is something besides had no floor, and spoke from the mouth of whoever spoke before.
        ("Mr. Kos (Slovenia), Rapporteur of the Third Committee: Yes.", "SVN", "delegation", None),
        ("Ms. Lind (Sweden), speaking on behalf of the European Union: Yes.", "SWE", "delegation", None),
        ("Mr. Adou (Chad), Chair of the Committee (spoke in French): Oui.", "TCD", "delegation", "fr"),
        ("M. Adou (Tchad), parlant au nom du Groupe africain : Oui.", "TCD", "delegation", None),
        # H7: a misprint; and whom the Secretariat sends.
        ("Mr. Ruiz: (Guatemala) (spoke in Spanish): Sí.", "GTM", "delegation", "es"),
        ("Mr. Egel (Under-Secretary-General for Peacekeeping Operations): Yes.", "Mr. Egel", "guest", None),
        ("Ms. Wu (Special Representative of the Secretary-General): Yes.", "Ms. Wu", "guest", None),
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
        "Mr. Osei (Ghana), Vice-President, took the Chair.",
        "Mr. Osei (Ghana), whose words we heard: no.",
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


def spoken(*texts: str) -> list[tuple[str | None, list[str]]]:
    """Who said what in a record of these paragraphs."""
    blocks = [Block((text,), line=2 * at + 1) for at, text in enumerate(texts)]
    return [
        (
            draft.declared.speaker.value.name if draft.declared.speaker else None,
            [paragraph.text for paragraph in draft.paragraphs or ()],
        )
        for draft in turns(blocks)
    ]


FLOOR = "Ms. Lind (Sweden): We have come to speak of the harbour."
MORE = "It is mined, and it has been mined for longer than anyone here remembers."


def test_who_has_the_floor_goes_on_when_someone_else_takes_the_chair() -> None:
    change = "Mrs. Osei (Ghana), Vice-President, took the Chair."
    next_turn = "The Acting President: I thank the representative of Sweden."
    assert spoken("The President: We begin.", FLOOR, change, MORE, next_turn) == [
        ("The President", ["We begin."]),
        ("Sweden", ["We have come to speak of the harbour.", MORE]),
        ("Mrs. Osei", ["I thank the representative of Sweden."]),
    ]


def test_nothing_that_is_said_after_a_decision_is_lost() -> None:
    found = spoken("The President: We decide.", "It was so decided.", MORE, MORE)
    assert found[1:] == [(None, [MORE, MORE])]


def test_the_foot_of_a_page_before_a_paragraph_is_taken_off() -> None:
    assert spoken("The President: We begin.", FLOOR, f"18/27 17-29275 {MORE}")[1][1][-1] == MORE


def test_those_who_voted_are_no_words() -> None:
    voted = (
        "A recorded vote was taken.",
        "In favour:",
        "Albania, Brazil, Chad, Denmark, Egypt, France, Ghana, Haiti.",
    )
    assert spoken("The President: We vote.", *voted, FLOOR) == [
        ("The President", ["We vote."]),
        ("Sweden", ["We have come to speak of the harbour."]),
    ]


def test_a_last_sentence_without_a_stop_is_no_title() -> None:
    found = spoken(
        "The President: We begin.", FLOOR, "We wish for peace and for bread", "The President: Thanks."
    )
    assert found[1][1][-1] == "We wish for peace and for bread"


def record(*texts: str) -> list[Metadata]:
    """The facts of each turn of a record of these paragraphs."""
    return [
        draft.declared for draft in turns([Block((text,), line=2 * at + 1) for at, text in enumerate(texts)])
    ]


BEGINS = "The meeting was called to order at 10.15 a.m."
ACTING = "The Acting President (spoke in French): We begin."


def test_a_title_is_one_line_without_tabs() -> None:
    facts = record("A/60/PV.7", BEGINS, "Tribute\tto  a friend", "The President: We begin.")
    assert facts[-1].title == "Tribute to a friend"


def test_who_takes_the_chair_before_the_meeting_begins_presides() -> None:
    """H3: nine statements had the name of the President who was absent."""
    told = ("In the absence of the President, Mr. Ano (Ghana), Vice-President,", "took the Chair.")
    [facts] = record("A/60/PV.7", "President: Ms. Lind . . . . . (Sweden)", *told, BEGINS, ACTING)
    assert facts.speaker is not None
    assert facts.speaker.value.person == "Mr. Ano"


def test_the_chair_is_named_where_the_first_page_runs_together() -> None:
    """H4: 156 of 201 statements of the chair had no name."""
    head = f"Official Records President: Ms. Lind . . . . . . . . . (Sweden) {BEGINS}"
    [facts] = record("A/60/PV.7", head, "The President: We begin.")
    assert facts.speaker is not None
    assert facts.speaker.value.person == "Ms. Lind"


def test_items_of_the_agenda_are_the_title_of_what_follows() -> None:
    """H5: more than one item, or more than eight lines, stayed in the mouth of the President."""
    items = (
        "Agenda items 39 and 44 (continued)",
        "Return of harbours to the countries of origin",
        *(f"Report of the Secretary-General (A/64/{number})" for number in range(300, 308)),
        "Draft resolution (A/64/L.72)",
        "Agenda item 41",
        "Sea lanes",
        "The harbours of small islands, the approaches to them, the lights there, and all related matters",
    )
    facts = record("A/64/PV.7", BEGINS, "The President: We begin.", *items, "Ms. Lind (Sweden): Yes.")
    assert facts[0].title is None
    assert (facts[1].title or "").startswith("Agenda items 39 and 44 (continued): Return of harbours")


def test_the_head_is_found_below_the_first_words_where_columns_have_another_order() -> None:
    """H6: a record of 1993 had no forum, date and place."""
    head = ("A/48/PV.44", "Thursday, 4 November 1993, 10 a.m.", "New York")
    facts = record("Official Records", BEGINS, "The President: We begin, as we did in Paris.", *head)
    assert {str(one.date.value) for one in facts if one.date} == {"1993-11-04"}
    assert {(one.forum.value, one.place.value) for one in facts if one.forum and one.place} == {
        ("United Nations General Assembly, 48th session, 44th plenary meeting", "New York")
    }


def test_a_vote_on_a_paragraph_is_told_by_the_record() -> None:
    """H6: it became a statement of nobody."""
    told = "The eighth preambular paragraph was retained by 105 votes to 3, with 20 abstentions, as listed."
    assert [one[0] for one in spoken("The President: We vote.", told, FLOOR)] == ["The President", "Sweden"]


@pytest.mark.parametrize(
    "told",
    [
        "The second part of operative paragraph 5 was retained by 90 votes to 4, with 21 abstentions.",
        "The provisional agenda, as orally amended, was adopted.",
        "Il est procédé à un vote enregistré.",
        "Il est procédé au vote par appel nominal.",
        "L’ordre du jour provisoire, tel que modifié, est adopté.",
        "Par 60 voix contre 4, avec 12 abstentions, le projet de résolution A/70/L.3 est adopté.",
        "Par cent voix contre zéro, l’ensemble du projet de résolution est adopté (résolution 70/3).",
        "Le deuxième alinéa du préambule est maintenu.",
        "La motion est rejetée.",
        "M. Odal, Président de la République, est escorté dans la salle de l’Assemblée générale.",
        "À l’invitation du Président, M. Odal prend place à la table du Conseil.",
        "La séance est suspendue à 11 h 10.",
        "Se procede a votación nominal.",
        "Por 60 votos contra 4 y 12 abstenciones, queda aprobado el proyecto de resolución A/70/L.3.",
        "Quedan aprobadas las enmiendas A/70/L.4 y A/70/L.5.",
        "El proyecto de decisión A/70/L.6 queda aprobado.",
        "El Sr. Odal, Presidente de la República, es acompañado al Salón de la Asamblea General.",
        "Se suspende la sesión a las 11.10 horas.",
    ],
)
def test_what_is_told_in_any_of_three_languages_was_said_by_nobody(told: str) -> None:
    """F: votes of French and Spanish records stayed in the mouth of whoever spoke last."""
    assert spoken("The President: We begin.", told, FLOOR) == [
        ("The President", ["We begin."]),
        ("Sweden", ["We have come to speak of the harbour."]),
    ]


@pytest.mark.parametrize(
    "heads",
    [
        ("Votent pour :", "Votent contre :", "S’abstiennent :"),
        ("Votos a favor:", "Votos en contra:", "Abstenciones:"),
        ("In favour:", "Against:", "Abstaining:"),
    ],
)
def test_a_list_of_those_who_voted_is_no_title(heads: tuple[str, ...]) -> None:
    listed = [text for head in heads for text in (head, "Chad, Ghana, Haiti")]
    facts = record("A/70/PV.7", BEGINS, "The President: We vote.", *listed, "Ms. Lind (Sweden): Yes.")
    assert [one.title for one in facts] == [None, None]


@pytest.mark.parametrize(
    "said",
    [
        "Le projet de résolution est adopté à l’unanimité en tant que résolution 9 (2001).",
        "Par votre voix, nous saluons le Conseil.",
        "Se procede así en mi país desde hace años.",
    ],
)
def test_what_the_chair_says_of_a_vote_stays(said: str) -> None:
    assert spoken("The President: We vote.", said, FLOOR)[0] == ("The President", ["We vote.", said])


@pytest.mark.parametrize(
    "told",
    [
        "In the absence of the President, Mr. Ano (Ghana), Vice- President, took the Chair.",
        "En l’absence du Président, M. Ano (Ghana), Vice-Président, assume la présidence.",
        "M. Ano (Ghana), Vice-Président, prend la présidence.",
        "En ausencia de la Presidenta, el Sr. Ano (Ghana), Vicepresidente, ocupa la Presidencia.",
    ],
)
def test_who_takes_the_chair_is_named_in_any_of_three_languages(told: str) -> None:
    """F: an office that was broken at its hyphen left the absent President in the chair."""
    head = ("A/60/PV.7", "President: Ms. Lind . . . . . (Sweden)")
    before, within = record(*head, told, BEGINS, ACTING), record(*head, BEGINS, FLOOR, told, ACTING)
    named = [facts[-1].speaker.value.person for facts in (before, within) if facts[-1].speaker]
    assert [(name or "").split()[-1] for name in named] == ["Ano", "Ano"]


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Ms. Lind (Sweden), speaking on behalf of the European Union: Yes.", ("European Union", "EU")),
        ("M. Adou (Tchad), parlant au nom du Groupe africain : Oui.", ("African Group", "AFRICAN-GROUP")),
        (
            "Sr. Ruiz (Guatemala), hablando en nombre del Grupo de los 77 y China: Sí.",
            ("Group of 77 and China", "G77"),
        ),
        ("Mr. Tan (Fiji), speaking on behalf of the Harbour States: Yes.", ("Harbour States", None)),
        ("Mr. Tan (Fiji), speaking on behalf of his Minister: Yes.", None),
        ("Mr. Kos (Slovenia), Rapporteur of the Third Committee: Yes.", None),
    ],
)
def test_for_whom_someone_speaks_is_kept_beside_the_speaker(
    words: str, group: tuple[str, str | None] | None
) -> None:
    floor = speaks_from(words)
    assert floor is not None
    found = floor.on_behalf_of
    assert (found and (found.value.name, found.value.code)) == group


def test_a_name_that_is_set_with_a_tab_is_single_spaced() -> None:
    floor = speaks_from("Mr. Ono (Japan\t): We agree.")
    assert floor is not None
    assert "\t" not in floor.speaker.value.printed
