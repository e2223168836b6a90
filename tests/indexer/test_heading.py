"""Headings: each sample in ``headings/`` is a text and, beside it, what is to be understood of it.

An expected file names what its sample is about; what it does not name is not compared.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.indexer.draft import Block
from onrecord.indexer.heading import Heading, read_heading
from onrecord.indexer.statement import Confidence, Metadata

SAMPLES = sorted(Path(__file__).with_name("headings").glob("*.txt"))


def blocks(text: str) -> list[Block]:
    """Split a text on blank lines; ``#`` marks a title."""
    found = []
    for part in text.strip().split("\n\n"):
        lines = tuple(part.removeprefix("# ").split("\n"))
        found.append(Block(lines, title=part.startswith("# ")))
    return found


def read(text: str) -> Heading:
    return read_heading(blocks(text))


def understood(heading: Heading) -> dict[str, str | None]:
    metadata = heading.metadata
    speaker = metadata.speaker.value if metadata.speaker else None
    return {
        "title": metadata.title,
        "speaker": speaker.name if speaker else None,
        "printed": speaker.printed if speaker else None,
        "person": speaker.person if speaker else None,
        "post": speaker.post if speaker else None,
        "forum": metadata.forum.value if metadata.forum else None,
        "date": str(metadata.date.value) if metadata.date else None,
        "place": metadata.place.value if metadata.place else None,
        "on_behalf_of": metadata.on_behalf_of.value.name if metadata.on_behalf_of else None,
        "delivered_by": metadata.delivered_by.value.name if metadata.delivered_by else None,
        "body": heading.body[0].lines[0] if heading.body else None,
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_a_heading_is_understood_as_its_sample_says(sample: Path) -> None:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    found = understood(read(sample.read_text(encoding="utf-8")))
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    "greeting",
    [
        "Mr. President,",
        "Madam Chair,",
        "Excellencies, Distinguished delegates,",
        "Ladies and Gentlemen,",
        "Monsieur le Président,",
        "Madame la Présidente,",
        "Mesdames et Messieurs,",
        "Señor Presidente:",
        "Señora Presidenta:",
        "Distinguidos delegados:",
        "Thank you, Chair.",
        "Chairperson",
    ],
)
def test_a_greeting_is_the_first_line_of_the_body(greeting: str) -> None:
    assert read(f"Statement by Peru\n{greeting}\nWe are here.").body[0].lines[0] == greeting


def test_a_block_is_cut_where_the_heading_ends_and_keeps_its_line_number() -> None:
    body = read_heading([Block(("Statement by Peru", "Mr. President,", "We are here."), line=5)]).body
    assert body == (Block(("Mr. President,", "We are here."), line=6),)


def test_a_cut_block_whose_lines_are_not_stacked_keeps_its_own_line_number() -> None:
    body = read_heading([Block(("Statement by Peru", "Mr. President,"), line=5, stacked=False)]).body
    assert body == (Block(("Mr. President,",), line=5, stacked=False),)


def test_a_statement_word_in_a_sentence_makes_no_heading() -> None:
    text = "My delegation aligns itself with the statement made by Brazil at the Second Committee."
    assert read(text) == Heading(Metadata(), tuple(blocks(text)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Address the poverty and the rest will follow.",
        "Address the poverty and not the symptom.",
        "Remarks made last week in this room cannot stand alone.",
        "Briefings by the experts have shown how much is left.",
        "Testimony from our farmers is plain.",
        "Discours après discours, rien ne change.",
        "Заявления сменяют друг друга, а вода поднимается.",
    ],
)
def test_a_first_sentence_with_a_statement_word_is_spoken(sentence: str) -> None:
    heading = read(f"Statement by Malta\n\nGeneva, 3 May 2021\n\n{sentence}\n\nWe ask for more.")
    assert [block.lines for block in heading.body] == [(sentence,), ("We ask for more.",)]


def test_the_rows_of_a_table_are_no_heading() -> None:
    rows = ["State | Signed | Ratified", "Malta | 2008 | 2009"]
    heading = read("\n\n".join(["Statement by Fiji", "Suva, 3 May 2019", *rows, "We shall do the same."]))
    assert [block.lines for block in heading.body] == [(rows[0],), (rows[1],), ("We shall do the same.",)]
    assert understood(heading)["speaker"] == "Fiji"


def test_a_short_plain_sentence_is_no_heading() -> None:
    text = "The Netherlands welcomes the report of the Secretary-General.\n\nThe Council must act now."
    assert read(text).body == tuple(blocks(text))


def test_a_greeting_in_the_middle_of_a_sentence_ends_no_heading() -> None:
    text = (
        "On behalf of the delegation of Uganda I wish to congratulate you,\nMr. President, on your election."
    )
    assert read(text).body == tuple(blocks(text))


def test_a_heading_of_nothing_but_quotation_marks_is_read_in_the_time_of_its_length() -> None:
    """A pattern that tried every pair of them took fifty seconds for three thousand characters."""
    title = Block(("Statement",), title=True)
    marks = Block(('" ' * 900 + "a",), line=2)
    assert [block.lines[-1][-1] for block in read_heading([title, marks]).body] == ["a"]


@pytest.mark.parametrize("signs", ["| ", "- ", "… ", ". "])
def test_a_heading_of_signs_before_a_delegation_is_read_in_the_time_of_its_length(signs: str) -> None:
    assert read_heading([Block((signs * 450 + "off Japan",)), Block(("We agree.",), line=2)]).body


def test_no_blocks_make_no_heading() -> None:
    assert read_heading([]) == Heading(Metadata(), ())


def test_a_title_is_kept_as_the_title() -> None:
    assert read("# Water for all\n\nMr. President,").metadata.title == "Water for all"


def test_a_value_comes_with_the_words_it_was_read_from() -> None:
    place = read("Statement by Peru\n(3 May 2021, Geneva)\n\nMr. Chair,").metadata.place
    assert place is not None
    assert place.evidence == "(3 May 2021, Geneva)"


def test_a_state_that_only_the_first_sentences_name_is_a_guess() -> None:
    speaker = read(
        "Mr. President,\n\nNorway welcomes the report. We in Norway know drought."
    ).metadata.speaker
    assert speaker is not None
    assert (speaker.value.name, speaker.confidence) == ("Norway", Confidence.LOW)


def test_a_city_that_only_its_date_shows_is_a_guess() -> None:
    place = read("Statement by Peru\nLindental, 5 May 2020\n\nMr. President,").metadata.place
    assert place is not None
    assert (place.value, place.confidence) == ("Lindental", Confidence.LOW)


def test_a_delegation_has_the_name_of_its_day() -> None:
    speaker = read("Statement by Türkiye\n3 May 2010\n\nMr. President,").metadata.speaker
    assert speaker is not None
    assert speaker.value.delegation == "Turkey"


@pytest.mark.parametrize(
    ("printed", "person", "post"),
    [
        (
            "Mr. Taro Aso, Minister for Foreign Affairs of Japan",
            "Taro Aso",
            "Minister for Foreign Affairs of Japan",
        ),
        ("President Ana Lima", "Ana Lima", "President"),
        ("the Minister of Water of Peru, Mr. Luis Vega", "Luis Vega", "Minister of Water of Peru"),
        ("Ms. Jane Doe (Ireland)", "Jane Doe", None),
        ("the Permanent Representative of Niger", None, "Permanent Representative of Niger"),
        ("Deputy Prime Minister Luis Vega", "Luis Vega", "Deputy Prime Minister"),
        ("Deputy Permanent Representative Luis Vega", "Luis Vega", "Deputy Permanent Representative"),
        ("Ambassador of Peru Luis Vega", "Luis Vega", "Ambassador of Peru"),
        ("President of Peru Ana Lima", "Ana Lima", "President of Peru"),
        ("the First Minister, Luis Vega MSP", "Luis Vega", "First Minister"),
    ],
)
def test_a_person_is_told_from_the_post(printed: str, person: str | None, post: str | None) -> None:
    speaker = read(f"Statement by {printed}\n\nMr. President,").metadata.speaker
    assert speaker is not None
    assert (speaker.value.person, speaker.value.post) == (person, post)


@pytest.mark.parametrize(
    ("line", "forum"),
    [
        ("Statement to the Security Council by France", "Security Council"),
        ("Statement by Mr. Paul Roy, Ambassador of France to the Conference on Disarmament", None),
        ("Statement by France in the Fifth Committee", "Fifth Committee"),
        ("Statement by France at the 2023 Water Conference on 22 March 2023", "2023 Water Conference"),
        ("Statement by France at the Munich Security Conference", "Munich Security Conference"),
        ("Remarks by France at COP26", "COP26"),
        ("Statement by France on nuclear weapons", None),
    ],
)
def test_a_forum_is_where_one_speaks_not_where_one_is_posted(line: str, forum: str | None) -> None:
    found = read(f"{line}\n\nMr. President,").metadata.forum
    assert (found.value if found else None) == forum


LINES = st.sampled_from(
    [
        "Statement by Peru",
        "at the First Committee",
        "3 May 2021",
        "Geneva",
        "Mr. President,",
        "We thank you for your work, and we will go on with it.",
        "Water",
        "of",
        "(",
        "H.E. Mr.",
        "by",
        "#",
    ]
)


@given(st.lists(st.lists(LINES, min_size=1, max_size=4), max_size=6))
def test_the_body_is_the_end_of_the_text_word_for_word(texts: list[list[str]]) -> None:
    given_lines = [line for lines in texts for line in lines]
    body = [
        line for block in read_heading([Block(tuple(lines)) for lines in texts]).body for line in block.lines
    ]
    assert given_lines[len(given_lines) - len(body) :] == body


@pytest.mark.parametrize(
    ("heading", "speaker", "person", "group"),
    [
        ("埃及代表阿拉伯集团在安理会公开会上的发言", "Arab Group", None, "Arab Group"),
        ("埃及常驻代表王明代表阿拉伯集团在安理会公开会上的发言", "Arab Group", "王明", "Arab Group"),
        ("中国代表五核国在不扩散核武器条约审议大会上的共同发言", "China", None, None),
        ("中国代表以观点相近国家名义在人权理事会上的共同发言", "China", None, None),
        ("中国代表王明在安理会公开会上的发言", "China", "王明", None),
    ],
)
def test_whom_a_chinese_statement_is_for_is_no_person(
    heading: str, speaker: str, person: str | None, group: str | None
) -> None:
    read = read_heading([Block((heading,)), Block(("主席女士，",), line=3)]).metadata
    assert read.speaker is not None
    assert (read.speaker.value.name, read.speaker.value.person) == (speaker, person)
    assert (read.on_behalf_of and read.on_behalf_of.value.name) == group
    assert (read.delivered_by and read.delivered_by.value.name) == ("Egypt" if group else None)


@pytest.mark.parametrize(
    ("sentence", "group"),
    [
        ("I have the honour to speak on behalf of the African Group.", "African Group"),
        ("Fiji has the honour to deliver this statement on behalf of the African Group.", "African Group"),
        ("I thank you for the floor to deliver this statement on behalf of the Arab Group.", "Arab Group"),
        ("We welcome this debate and I speak on behalf of the Arab Group.", "Arab Group"),
        ("We thank Togo for its statement on behalf of the African Group, and I add a word.", None),
        ("We take note of the statement of Cuba on behalf of the Group of 77 and China.", None),
        ("I wish to thank Cuba for the statement delivered on behalf of the Arab Group.", None),
        ("My delegation refers to the statement made on behalf of the Arab Group.", None),
        ("My delegation heard the statement of Oman on behalf of the Arab Group.", None),
        ("Nous remercions le Togo pour sa déclaration au nom du Groupe africain.", None),
        ("Agradecemos a Cuba la declaración que hizo en nombre del Grupo de los 77 y China.", None),
        ("Agradecemos a Cuba por su intervención en nombre del Grupo de los 77 y China.", None),
        ("Wir danken Kroatien für seine Erklärung im Namen der Europäischen Union.", None),
        ("Ringraziamo la Croazia per la sua dichiarazione a nome dell'Unione europea.", None),
        ("Agradecemos a Angola a sua declaração em nome do Grupo Africano.", None),
    ],
)
def test_a_group_is_spoken_for_in_ones_own_statement_alone(sentence: str, group: str | None) -> None:
    metadata = read(f"Statement by Fiji\n\nMr. President,\n\n{sentence}").metadata
    assert metadata.speaker is not None
    assert metadata.speaker.value.name == (group or "Fiji")
    assert (metadata.on_behalf_of and metadata.on_behalf_of.value.name) == group
