"""Records of many speeches: their speakers, identifiers and addresses, from the file to the hit."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from onrecord import build, inspect, open_index
from onrecord.indexer.reading.hashes import content_hash
from onrecord.indexer.register.offices import is_chair
from onrecord.search.results.hits import Hit

SAMPLES = Path(__file__).parent / "sources"
DEBATE = """\
<akomaNtoso><debate><meta><references>
<TLCPerson id="diop" showAs="Awa Diop"/></references></meta><debateBody><debateSection>
{speeches}
</debateSection></debateBody></debate></akomaNtoso>
"""


def speech(words: str, identifier: str = "") -> str:
    mark = f' id="{identifier}"' if identifier else ""
    return f'<speech by="#diop"{mark}><p>{words}</p></speech>'


def debate(folder: Path, *speeches: str) -> Path:
    path = folder / "debate-2019-02-03.xml"
    path.write_text(DEBATE.format(speeches="\n".join(speeches)), "utf-8")
    return path


def understood(path: Path) -> list[dict[str, Any]]:
    return [one.as_dict() for one in inspect(path)]


def hit(folder: Path, sample: str, question: str) -> Hit:
    shutil.copytree(SAMPLES / sample, folder / "texts")
    build(folder / "texts", into=folder / "index")
    with open_index(folder / "index") as index:
        return index.search(question).hits[0]


def test_every_speech_has_an_address_of_its_own(tmp_path: Path) -> None:
    found = understood(debate(tmp_path, *[speech("Yes.")] * 40))
    assert len({one["address"] for one in found}) == 40


def test_the_same_identifier_twice_is_two_addresses(tmp_path: Path) -> None:
    first, second = understood(debate(tmp_path, speech("Yes.", "s1"), speech("No.", "s1")))
    assert first["address"] != second["address"]


def test_a_speech_with_an_identifier_keeps_its_address_when_another_comes_before_it(tmp_path: Path) -> None:
    (before,) = understood(debate(tmp_path, speech("Yes.", "s2")))
    after = understood(debate(tmp_path, speech("No.", "s1"), speech("Yes.", "s2")))
    assert after[1]["address"] == before["address"]


def test_a_hit_knows_the_identifiers_of_its_source(tmp_path: Path) -> None:
    found = hit(tmp_path, "parlamint", "Kalastusta")
    assert (found.statement_id, found.paragraph_id) == ("QQ.u2", "QQ.u2.2")


def test_a_hit_knows_the_column(tmp_path: Path) -> None:
    assert hit(tmp_path, "parlparse", '"it was £1"').page == "column 2"


def test_a_hit_tells_the_chair_from_the_floor(tmp_path: Path) -> None:
    assert hit(tmp_path, "akoma-ntoso", '"order, order"').speaker_role == "chair"


def test_the_speeches_of_a_record_agree_on_a_language(tmp_path: Path) -> None:
    long = speech("We have asked for the clearance of the harbour, and that is what we are here for.")
    found = understood(debate(tmp_path, long, speech("Order."), speech("Non, il est la.")))
    assert [one["language"] for one in found] == ["en", "en", "en"]


def test_a_hit_in_a_translation_says_so(tmp_path: Path) -> None:
    found = hit(tmp_path, "parlamint", "fishing")
    assert (found.language, found.original_language) == ("en", "und")


def test_a_translated_corpus_without_lists_of_its_own_names_the_people_of_its_original() -> None:
    (found,) = understood(SAMPLES / "parlamint" / "ParlaMint-QQ-en_2020-05-04.ana.xml")
    assert found["person"] == "Anna Maria Ek"


def test_who_speaks_is_found_in_the_folder_above(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "parlamint", tmp_path / "corpus")
    (tmp_path / "corpus" / "2020").mkdir()
    name = "ParlaMint-QQ_2020-05-04.xml"
    part = (tmp_path / "corpus" / name).rename(tmp_path / "corpus" / "2020" / name)
    assert understood(part)[0]["person"] == "Ole af Ström"


def test_a_name_corrected_in_the_list_of_people_changes_the_parts_of_the_corpus(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "parlamint", tmp_path / "corpus")
    part, people = (tmp_path / "corpus" / f"ParlaMint-QQ{end}.xml" for end in ("_2020-05-04", "-listPerson"))
    before = content_hash(part)
    people.write_text(people.read_text("utf-8").replace("Ström", "Ström-Lind"), "utf-8")
    assert content_hash(part) != before


def test_a_speaker_that_no_list_names_is_a_guess() -> None:
    found = understood(SAMPLES / "parlamint" / "ParlaMint-QQ_2020-05-04.xml")
    assert [one["confidence"].get("speaker") for one in found] == ["certain", "certain", "low", None]


@pytest.mark.parametrize(
    "name",
    [
        "The Speaker",
        "Mr. Deputy Speaker",
        "Madame la Présidente",
        "Acting President",
        "Tuan Speaker",
        "Talmannen",
        "The Temporary Chairman",
        "El Presidente",
        "Lord Speaker",
        "Председатель",
        "Die Präsidentin",
        # S1-N: offices in debates in XML, with who holds them and of which chamber.
        "The HOUSE CHAIRPERSON (Mr C T Frost)",
        "Mr Deputy Speaker (Sir R. G.)",
        "The CHAIRPERSON OF THE NCOP",
        "A señora PRESIDENTA",
        "El señor PRESIDENTE",
        "El señor VICEPRESIDENTE PRIMERO (Vega)",
        "O SR. PRESIDENTE (Fulano)",
        "Präsident Dr. N. L.",
        "Vizepräsidentin Petra Vogt",
        "Präsidentin des Bundestages",
        "Il Presidente",
        "Herr talmannen",
        "Förste vice talmannen Björn Lind",
        "Toinen varapuhemies",
        "Første næstformand (Bent Lund)",
        "De VOORZITTER",
        "An Ceann Comhairle",
        "An Leas-Cheann Comhairle",
        "Y Dirprwy Lywydd",
        "The PRESIDING OFFICER",
        "The SPEAKER pro tempore (Mr. Hill of Ohio)",
        "Mr. A. Hill (The Chairperson)",
        "Przewodniczący",
        "Wicemarszałek Jan Nowak",
        "Místopředseda PSP Jan Bar",
        "PIRMININKAS (V. PRANAS)",
        "ELNÖK",
        "Predsjedavajući",
        "ПРЕДСЕДАТЕЛ РОСЕН ЖЕЛЕВ",
        "Головуючий",
        "ΠΡΟΕΔΡΕΥΩΝ (Νικήτας Κακός)",
        "BAŞKAN",
        "Timbalan Yang di-Pertua",
        "Naibu Spika",
        "السيد الرئيس",
        'היו"ר',
        "부의장",
        "議長",
        "○議長（山田太郎君）",
    ],
)
def test_an_office_alone_is_the_chair(name: str) -> None:
    assert is_chair(name)


@pytest.mark.parametrize(
    "name",
    [
        "President Biden",
        "The President of Panama",
        "Mr. Speakman",
        "Mrs. Chair-Lind",
        "The Secretary-General",
        "El señor PRESIDENTE DEL GOBIERNO (Vega)",
        "Předseda vlády Petr Bar",
        "Predsjednik Vlade Andrej Pav",
        "Ministerpräsident Vogt",
        "Präsident der Republik",
        "Präsident des Bundesrechnungshofes",
        "The Vice-President of the United States",
        "Chairwoman of the Committee on Trade",
        "Chairperson of the ANC",
        "Jan Marszałek",
    ],
)
def test_a_name_or_a_head_of_state_is_not_the_chair(name: str) -> None:
    assert not is_chair(name)


@pytest.mark.parametrize(
    "words", ["a " * 99, "pro tempore " * 16, "Speaker " + "pro tempore " * 15, "is l o " * 28]
)
def test_words_that_are_titles_in_several_languages_take_no_time(words: str) -> None:
    """Tried in each language in turn, forty of them took longer than anyone waits."""
    assert not is_chair(f"{words}x")


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        ('har<lb break="no"/>bour', "harbour"),
        ('har<pb n="3" break="no"/>bour', "harbour"),
        ('har<pb n="3" break="no"/>\n  bour', "harbour"),
        ("the<lb/>harbour", "the harbour"),
        ('the<pb n="4" break="yes"/>harbour', "the harbour"),
    ],
)
def test_a_word_that_is_marked_to_go_on_over_a_line_or_a_page_is_one(
    broken: str, text: str, tmp_path: Path
) -> None:
    """D: an end of a line that says ``break="no"`` tore the word it stands in."""
    path = tmp_path / "a.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>'
        f'<u who="#a"><seg>We open {broken} today.</seg></u></div></body></text></TEI>'
    )
    assert [one.text for found in inspect(path) for one in found.statement.paragraphs] == [
        f"We open {text} today."
    ]
