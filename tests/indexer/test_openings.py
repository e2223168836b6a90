"""Openings in the shapes of ministries' and missions' pages: what a reader must understand of them.

``invented/`` holds a JSON file an opening, all names and sentences made up: ``labels`` is what is right (any
of several values; null is silence), ``body`` the first spoken line. The letter that begins a file's name is
the kind of mistake that was once made of such a page: b a person named like a state, c a state that is spoken
about, d a first sentence with a date, i a day of the page, j a forum, k a speaker. They are counted for the
table of evidence with the others.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.labelled import read_openings
from benchmarks.section_headings import measure_headings
from onrecord import inspect
from onrecord.indexer.draft import Block
from onrecord.indexer.errors import OnRecordError
from onrecord.indexer.heading import Heading, read_heading
from onrecord.indexer.heading.candidate import Candidate
from onrecord.indexer.heading.evidence import Evidence, choose, measured
from onrecord.indexer.heading.forum import WAYS
from onrecord.indexer.heading.speaker_finders import FINDERS, GROUP_FINDERS
from onrecord.indexer.statement import Confidence

INVENTED = Path(__file__).with_name("invented")
SAMPLES = Path(__file__).with_name("headings")
OPENINGS = read_openings([INVENTED])


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening.name.rpartition("/")[2])
def test_an_opening_is_understood_as_its_labels_say(opening, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    content = json.loads((INVENTED / f"{opening.name.rpartition('/')[2]}.json").read_text("utf-8"))
    path = tmp_path / f"opening{opening.ending}"
    path.write_text(opening.text, "utf-8")
    try:
        found = inspect(path)[0].as_dict()
    except OnRecordError:  # a page of nothing but a heading has no statement
        assert not content.get("body")
        return
    wrong = {
        field: found[field]
        for field, wanted in opening.wanted.items()
        if not wanted.takes(found[field], exact=field == "date")
    }
    allowed = set(content.get("unsolved", ()))
    assert {field: value for field, value in wrong.items() if field not in allowed} == {}
    assert content["labels"].get("person") in (None, found["person"])
    assert content.get("body") in (None, found["paragraphs"][0]["text"])


def test_of_what_is_sure_at_most_one_in_two_hundred_is_wrong_on_sites_left_out() -> None:
    _, judged = measure_headings([INVENTED, SAMPLES])
    sure = [one for one in judged if one.sure]
    right = [one for one in judged if one.right and one.value is not None]
    assert sum(not one.right for one in sure) <= len(sure) / 200
    assert sum(one.sure for one in right) >= 0.75 * len(right)
    for field, least in (("speaker", 0.93), ("forum", 0.93), ("date", 0.97), ("place", 0.92)):
        facts = [one.right for one in judged if one.field == field]
        assert sum(facts) >= least * len(facts), field


FIRST_SENTENCES = [
    "On 3 March 2019 the river rose above the dam.",
    "The river rose above the dam on 3 March 2019.",
    "Since 3 March 2019 nothing has been the same.",
    "In March 2019 the Assembly adopted resolution 73/1.",
    "Malta voted for resolution 73/1 on 3 March 2019.",
    "Ten years ago, on 3 March 2009, the dam broke.",
    "Today, 3 March 2019, marks ten years since the flood.",
    "Malta thanks the Secretary-General for his report of 3 March 2019.",
    "Malta aligns itself with the statement delivered by the European Union on 3 March 2019.",
    "The statement of 3 March 2019 by the President of the Council remains valid.",
    "Malta recalls the address of the Secretary-General of 3 March 2019.",
    "The Second Committee met on 3 March 2019 in Vienna.",
    "Le 3 mars 2019, la rivière a quitté son lit.",
    "La déclaration du Président du 3 mars 2019 reste valable.",
    "El Consejo aprobó la resolución 2500 el 3 de marzo de 2019.",
    "Der Rat verabschiedete am 3. März 2019 die Resolution 2500.",
    "Совет принял резолюцию 2500 3 марта 2019 года.",
    "O Conselho adotou a resolução 2500 em 3 de março de 2019.",
    "Il 3 marzo 2019 il fiume è uscito dagli argini.",
    "اعتمد المجلس القرار 2500 في 3 مارس 2019.",
    "Den 3 mars 2019 svämmade floden över.",
    "2019年3月3日，大坝决堤了。",
    "We address today a matter of life and death.",
    "Our remarks will be brief.",
    "To address this question the Chair met us twice.",
    "Statements alone feed nobody.",
    "The message of this report is clear.",
]
NEXT = "That is what we remember here."
IN_ONE_BLOCK = [
    "On 3 March 2019 the river rose above the dam. It was never so high. The Council said so.",
    "The Government of Malta fervently supports resolution 598 (1987) of the Security Council.",
    "In response to this plight, the General Assembly adopted at its forty-sixth session a New Agenda.",
    "In March 1988 Malta took major practical steps to protect human rights at the national level.",
    "The people of Malta have watched with great hope the progress of the Commission since 3 March.",
]
SHAPES = [
    [("Statement by Malta",), ("First Committee",), ("New York, 12 October 2021",), ("SAID",), (NEXT,)],
    [("Statement by Malta", "New York, 12 October 2021"), ("SAID", NEXT)],
    [("MALTA",), ("First Committee, 12 October 2021",), (f"SAID {NEXT}",)],
]


@pytest.mark.parametrize("shape", SHAPES, ids=["blank lines", "two blocks", "one paragraph"])
@pytest.mark.parametrize("sentence", FIRST_SENTENCES)
def test_a_first_sentence_is_never_lost_and_its_date_is_not_the_statements(
    sentence: str, shape: list[tuple[str, ...]]
) -> None:
    heading = read([tuple(line.replace("SAID", sentence) for line in lines) for lines in shape])
    assert heading.body[0].lines[0].startswith(sentence)
    assert heading.metadata.date is not None
    assert str(heading.metadata.date.value) == "2021-10-12"


@pytest.mark.parametrize("sentence", IN_ONE_BLOCK)
def test_a_first_sentence_right_below_its_heading_stays_in_the_text(sentence: str) -> None:
    for head in (
        ("Statement by Malta", "First Committee", "New York, 12 October 2021"),
        ("Statement by Malta",),
    ):
        body = read([(*head, sentence), (NEXT,)]).body
        assert sentence in [line for block in body for line in block.lines]


@pytest.mark.parametrize(
    "sentence",
    [
        "On behalf of Malta I thank all of those who came from so far to hear of the lakes and rivers",
        "In response to the statement by Peru we recall that all of us share the lake and the river up north",
        "Ambassador Roe of Peru said that the lakes and rivers belong to all who live on their banks.",
        "AT THE 51ST SESSION OF THE HUMAN RIGHTS COUNCIL THE DELEGATION OF MALTA VOTED FOR THE LAKES.",
        "The Mission of Malta has the honour to bring this note to all who live by the lakes and the rivers",
    ],
)
def test_what_begins_like_a_line_of_a_heading_and_goes_on_to_speak_stays_in_the_text(sentence: str) -> None:
    body = read([("Statement by Malta", "First Committee", sentence), (NEXT,)]).body
    assert sentence in [line for block in body for line in block.lines]


def read(blocks: list[tuple[str, ...]], *, title: str | None = None, file_name: str = "") -> Heading:
    return read_heading([Block(lines) for lines in blocks], title=title, file_name=file_name)


def test_a_declared_title_is_the_first_line_of_the_heading() -> None:
    found = read(
        [("Geneva, 3 May 2021",), ("Mr. President,",)], title="Statement by Malta to the First Committee"
    )
    assert found.metadata.speaker is not None
    assert found.metadata.speaker.value.name == "Malta"
    assert found.metadata.title is None  # it is the file's to declare


def test_the_day_that_a_file_is_named_by_is_a_guess() -> None:
    date = read(
        [("Statement by Malta",), ("Mr. President,",)], file_name="2019-02-12-statement"
    ).metadata.date
    assert date is not None
    assert (str(date.value), date.confidence) == ("2019-02-12", Confidence.LOW)


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        (
            "Statement by Ms. Ana Roe, Minister of Trade of Malta and Chair of the Caribbean Community",
            "another",
        ),
        ("Opening Speech by Mr. Jon Roe, on behalf of the Minister for Water, Ms. Ana Vale", "for someone"),
    ],
)
def test_a_speaker_beside_whom_another_is_named_is_never_sure(heading: str, why: str) -> None:
    speaker = read([(heading,), ("3 May 2021",), ("Mr. President,",)]).metadata.speaker
    assert speaker is not None
    assert speaker.confidence is Confidence.LOW, why


def test_person_post_delegation_and_printed_form_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "opening.txt"
    path.write_text("Discours de Mme Ana Roe, ministre de l'Eau du Niger\n\nMonsieur le Président,", "utf-8")
    found = inspect(path)[0].as_dict()
    told = {key: found[key] for key in ("delegation", "delegation_code", "person", "post", "printed_speaker")}
    assert told == {
        "delegation": "Niger",
        "delegation_code": "NER",
        "person": "Ana Roe",
        "post": "ministre de l'Eau du Niger",
        "printed_speaker": "Mme Ana Roe, ministre de l'Eau du Niger",
    }


def test_every_finder_has_its_row_in_the_table_of_evidence() -> None:
    kinds = {field: {kind for name, kind in measured() if name == field} for field, _ in measured()}
    assert set(FINDERS) <= kinds["speaker"]
    assert set(GROUP_FINDERS) <= kinds["group"]
    assert set(WAYS) <= kinds["forum"]


TABLE = {
    ("place", kind): Evidence("place", kind, expected, right, wrong)
    for kind, expected, right, wrong in (("good", 0.9, 96, 0), ("fair", 0.7, 8, 2), ("poor", 0.5, 0, 2))
}


def decided(*candidates: Candidate[str]) -> tuple[str, Confidence]:
    choice = choose("place", candidates, same=lambda value: [value], table=TABLE)
    assert choice is not None
    return choice.best.value, choice.confidence


def test_the_better_evidence_decides_and_its_measure_is_the_confidence() -> None:
    assert decided(Candidate("Rome", "fair", ""), Candidate("Oslo", "good", "")) == ("Oslo", Confidence.HIGH)
    assert decided(Candidate("Rome", "fair", ""), Candidate("Oslo", "poor", "")) == ("Rome", Confidence.LOW)


def test_what_is_doubtful_is_never_sure() -> None:
    assert decided(Candidate("Oslo", "good", "", doubtful=True)) == ("Oslo", Confidence.LOW)


def test_candidates_that_say_the_same_support_each_other() -> None:
    choice = choose(
        "place",
        [Candidate("Rome", "fair", ""), Candidate("Oslo", "fair", ""), Candidate("Oslo", "poor", "")],
        same=lambda value: [value],
        table=TABLE | {("place", "poor"): Evidence("place", "poor", 0.6)},
    )
    assert choice is not None
    assert choice.best.value == "Oslo"
    assert choice.runner_up == Candidate("Rome", "fair", "")


def test_no_candidates_make_no_choice() -> None:
    assert choose("place", [], same=lambda value: [value], table=TABLE) is None


@pytest.mark.parametrize(
    ("line", "forum", "why"),
    [
        ("Human Rights Council holds general debate on water", None, "J: a headline has a verb"),
        ("Deutsche G7-Präsidentschaft 2022", None, "J: a topic"),
        ("Debate on Use of Force", None, "J: a subject"),
        (
            "Statement by Malta at the OSCE Permanent Council No. 1456 Vienna",
            "OSCE Permanent Council No. 1456",
            "J",
        ),
        ("Statement by Malta to the Board of Governors (Excerpts)", "Board of Governors", "J: a bracket"),
        (
            "Statement by Malta at the 1171st special meeting of the Permanent, Council",
            "1171st special meeting of the Permanent Council",
            "J: a comma where a line ended",
        ),
        (
            "Universal Periodic Review of Oman - UK statement",
            "Universal Periodic Review of Oman",
            "J: who speaks",
        ),
        ("Remarks at the Water Talks | News | Home", "Water Talks", "J: a bar"),
        (
            "Remarks at the Ports Congress in the Parliament House",
            "Ports Congress in the Parliament House",
            "f09",
        ),
        ("Security Council Press Statement on Oman", "Security Council", "what is stated"),
        ("Security Council resolution 1559", None, "what a body made"),
        ("UN Security Council Reform", None, "what a body is made of"),
        (
            "Negotiations on Security Council Reform",
            "Negotiations on Security Council Reform",
            "a meeting on it",
        ),
        ("Statement by Malta to the UN and other international organizations", None, "where one is posted"),
        (
            "Statement by Malta at the Water Conference organised by Oman",
            "Water Conference",
            "who organised it",
        ),
        ("Trusteeship Council Chamber", None, "a room"),
        (
            "General Assembly - Fifth Committee - New York",
            "General Assembly - Fifth Committee",
            "a city behind a dash",
        ),
    ],
)
def test_a_forum_is_no_headline_and_has_nothing_glued_to_it(line: str, forum: str | None, why: str) -> None:
    found = read([(line,), ("3 May 2021",), ("Mr. President,",)]).metadata.forum
    assert (found.value if found else None) == forum, why


@pytest.mark.parametrize(
    ("line", "state", "person"),
    [
        ("Statement by Mr. Congo Mbeki, Minister for Sport of Namibia", "Namibia", "Congo Mbeki"),
        ("Statement by H.E. Mrs. Paris Kuwait, Ambassador of Oman", "Oman", "Paris Kuwait"),
        ("Discours de Mme Argentine Morel, ambassadrice de Belgique", "Belgium", "Argentine Morel"),
        ("Discurso del Sr. Cuba Gómez, Ministro de Salud de Panamá", "Panama", "Cuba Gómez"),
        ("Remarks by Ambassador Chad Blair of the United States", "United States", "Chad Blair"),
        ("Remarks by Ambassador Jordan Ashe", None, "Jordan Ashe"),
        ("Mr. Franz Österreich", None, "Franz Österreich"),
        ("Remarks by the Special Envoy for Yemen", None, None),
        ("Statement by the Spokesperson on Israel/Palestine", None, None),
        (
            "Keynote by Ana Roe, President of the Lakes Trust and former Foreign Minister of Malta",
            None,
            "Ana Roe",
        ),
        ("Address by Mr. Paul Roe, Chairman of the Shipping Council of Canada", None, "Paul Roe"),
        ("Statement by Mr. Luis Roa, New York, USA", None, "Luis Roa"),
    ],
)
def test_a_state_speaks_only_where_it_is_said_to_speak(
    line: str, state: str | None, person: str | None
) -> None:
    found = read([(line,), ("Mr. President,",)]).metadata.speaker
    assert found is not None
    assert (found.value.delegation, found.value.person) == (state, person)


@pytest.mark.parametrize(
    "label",
    [
        "Created: 9 May 2021", "Release date: 9 May 2021", "Added 9 May 2021", "9 May 2021 | News",
        "Fecha de publicación: 9 de mayo de 2021", "Date de publication : 9 mai 2021",
        "Mis en ligne le 9 mai 2021", "Erstellt am 9. Mai 2021", "Datum: 9.5.2021",
        "Data pubblicazione: 9 maggio 2021",
        "Report of the Secretary-General dated 9 May 2021", "Дата публикации: 9 мая 2021",
        "تاريخ النشر: 9 مايو 2021", "发布时间：2021年5月9日",
    ],
)  # fmt: skip
def test_the_day_of_a_page_is_not_the_day_of_speech(label: str) -> None:
    for lines in (("Statement by Malta", "3 May 2021", label), (label, "Statement by Malta", "3 May 2021")):
        date = read([(line,) for line in lines]).metadata.date
        assert date is not None
        assert str(date.value) == "2021-05-03"


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("Statement by Fiji, First Committee", "First Committee"),
        ("Statement by Peru, Human Rights Council, 9 March 2018", "Human Rights Council"),
        ("Déclaration du Togo, Conférence du désarmement", "Conférence du désarmement"),
        ("Statement by Mr. Brandt, Security Council Affairs Division", None),
        ("Statement by Ms. Tamm, Chair of the First Committee", None),
        ("Fiji, First Committee", None),
    ],
)
def test_a_body_alone_between_commas_behind_the_statement_word_is_one(phrase: str, body: str | None) -> None:
    assert WAYS["behind comma"](phrase) == body


@pytest.mark.parametrize(
    "line",
    [
        "Statement by Malta on the events of 3 May 2015",
        "Statement by Malta on the elections of 3 May 2015 in Peru",
        "Statement by Malta on the loss of Flight 101 on 3 May 2015",
        "Statement by Malta on the Attack on Nairobi, 3 May 2015",
        "Statement by Malta on the International Day of Lakes (3 May 2015)",
        "Implementation of the Agreement of 3 May 2015",
        "Commemoration of the victims of the earthquake of 3 May 2015",
        "Déclaration de Malte sur les élections du 3 mai 2015",
        "Declaración de Malta sobre los hechos del 3 de mayo de 2015",
        "Erklärung Maltas über die Wahlen vom 3. Mai 2015",
    ],
)
def test_the_day_of_what_is_spoken_about_is_a_guess_and_another_day_is_better(line: str) -> None:
    alone = read([("Statement by Malta",), (line,), ("Mr. President,",)]).metadata.date
    assert alone is None or alone.confidence is Confidence.LOW
    date = read([("Statement by Malta",), (line,), ("9 June 2016",), ("Mr. President,",)]).metadata.date
    assert date is not None
    assert (str(date.value), date.confidence) == ("2016-06-09", Confidence.HIGH)


@pytest.mark.parametrize(
    "line",
    [
        "Statement of 3 May 2015 by Malta",
        "Statement by Malta at the meeting of 3 May 2015",
        "Statement by Malta on behalf of the African Group on 3 May 2015",
        "Statement by Malta at the Briefing on Lakes on Monday, 3 May 2015",
        "Statement by Malta on the Attack on Nairobi, Vienna, 3 May 2015",
        "Statement by Malta on lakes and rivers, 3 May 2015",
        "Déclaration de Malte au Conseil de sécurité du 3 mai 2015",
        "Rede von Minister Jon Roe zum Tag der Meere am 3. Mai 2015",
    ],
)
def test_a_day_behind_the_subject_may_be_the_statements_own(line: str) -> None:
    date = read([(line,), ("Mr. President,",)]).metadata.date
    assert date is not None
    assert (str(date.value), date.confidence) == ("2015-05-03", Confidence.HIGH)


@pytest.mark.parametrize(
    "label", ["Published", "Last modified", "Posted", "Publié le", "Date de publication"]
)
def test_a_label_of_the_page_may_stand_on_the_line_above_its_day(label: str) -> None:
    assert read([(label, "9 May 2021"), ("Statement by Malta",), ("Mr. President,",)]).metadata.date is None


def test_a_day_labelled_as_that_of_delivery_is_taken_before_one_that_stands_alone() -> None:
    lines = ("9 May 2021", "Statement by Malta", "Delivered on: 3 May 2021")
    date = read([(line,) for line in lines]).metadata.date
    assert date is not None
    assert (str(date.value), date.confidence) == ("2021-05-03", Confidence.HIGH)


def test_the_day_of_a_press_release_is_a_guess() -> None:
    lines = ("Press release", "Tokyo, 9 May 2021", "Statement by Malta", "Mr. President,")
    date = read([(line,) for line in lines]).metadata.date
    assert date is not None
    assert (str(date.value), date.confidence) == ("2021-05-09", Confidence.LOW)
