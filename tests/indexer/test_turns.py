"""Records of many speakers: every sample in ``turns/`` beside the turns that are expected of it."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from faults.press import Press
from hypothesis import given
from hypothesis import strategies as st

from onrecord import inspect
from onrecord.indexer.draft import Block, Draft
from onrecord.indexer.formats.plain_text import blocks_of_lines
from onrecord.indexer.paragraphs.line_joining import lines_of
from onrecord.indexer.reading.drafts import read_source
from onrecord.indexer.turns.evidence import Verdict, judge
from onrecord.indexer.turns.kinds import Kind
from onrecord.indexer.turns.label import labels_at
from onrecord.indexer.turns.record import turns_of
from onrecord.indexer.turns.speaker import group_of, role_of, speaker_of

SAMPLES = Path(__file__).parent / "turns"
FACTS = ("speaker", "speaker_role", "person", "delegation", "title")


def said(path: Path) -> list[dict[str, Any]]:
    """What was understood of a record: of each turn who speaks and what is said."""
    found = []
    for inspection in inspect(path):
        facts = inspection.as_dict()
        known = inspection.statement.metadata.speaker
        turn = {name: facts[name] for name in FACTS if facts[name]}
        if known and known.value.post:
            turn["post"] = known.value.post
        found.append(turn | {"said": [one["text"] for one in facts["paragraphs"]]})
    return found


@pytest.mark.parametrize("expected", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_record_is_parted_as_expected(expected: Path) -> None:
    assert said(expected.with_suffix(".txt")) == json.loads(expected.read_text())


def test_every_turn_has_the_facts_of_its_record() -> None:
    found = [one.as_dict() for one in inspect(SAMPLES / "states.txt")]
    assert {one["forum"] for one in found} == {"Third Conference on Harbours"}
    assert {(one["date"], one["place"]) for one in found} == {("2019-05-03", "Geneva")}
    assert len({one["address"] for one in found}) == len(found)


def test_a_blank_before_a_comma_is_no_part_of_a_name() -> None:
    label = next(labels_at("Dr. Anna Moll , Bundeskanzlerin: Wir haben viel getan."))
    assert (label.person, label.post) == ("Dr. Anna Moll", "Bundeskanzlerin")


def speakers(path: Path) -> list[str | None]:
    return [turn.get("speaker") for turn in said(path)]


def written(folder: Path, kind: str, texts: list[str]) -> Path:
    """Write paragraphs as a file of some kind."""
    path = folder / f"record.{kind}"
    if kind == "docx":
        document = Document()
        for text in texts:
            document.add_paragraph(text)
        document.save(str(path))
    elif kind == "pdf":
        press = Press()
        for text in texts:
            press.paragraph(text)
        press.save(path)
    elif kind == "html":
        body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
        path.write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    else:
        path.write_text("\n\n".join(texts), "utf-8")
    return path


@pytest.mark.parametrize("kind", ["txt", "md", "html", "docx", "pdf"])
def test_a_record_is_parted_in_every_format(tmp_path: Path, kind: str) -> None:
    """G: a debate in TXT, Markdown, HTML, DOCX or PDF was one statement of whoever spoke first."""
    texts = [
        "Third Conference on Harbours",
        "Geneva, 3 May 2019",
        "Ms. Otieno (Kenya): We have come to this conference to agree on a harbour for all, and we agree.",
        "We shall also vote for the text that was put to us this morning, because it is ours as well.",
        "Mr. Silva (Brazil): We do not agree, and we shall not vote for it.",
    ]
    assert speakers(written(tmp_path, kind, texts)) == ["Kenya", "Brazil"]


@pytest.mark.parametrize(
    ("line", "name", "kind", "why"),
    [
        ("Mr Hall: No.", "Mr Hall", Kind.TITLED, "G"),
        ("Hon. Ali (Garissa): No.", "Hon. Ali", Kind.TITLED, "G"),
        ("Dr. A. M., Bundeskanzlerin: Nein.", "Dr. A. M., Bundeskanzlerin", Kind.TITLED, "G"),
        ("M. le président. La séance est ouverte.", "M. le président", Kind.CHAIR, "G"),
        ("Mr. SENATOR. Mr. President, I rise.", "Mr. SENATOR", Kind.TITLED, "G"),
        ("Mr. MIN. I rise, Mr. Speaker.", "Mr. MIN", Kind.TITLED, "a name that is an abbreviation too"),
        ("Rear Admiral Hall: No.", "Rear Admiral Hall", Kind.TITLED, "a title of two words"),
        ("Foreign Minister Hall: No.", "Foreign Minister Hall", Kind.OFFICE, "an office"),
        ("The MINISTER OF HEALTH: No.", "The MINISTER OF HEALTH", Kind.OFFICE, "G"),
        ("**Ms. Lind (Sweden):** No.", "Ms. Lind", Kind.STATE, "marks of Markdown"),
        ("Q12 Sir John Roe: No.", "Sir John Roe", Kind.TITLED, "number of a question"),
        ("[10:15] Mr Hall: No.", "Mr Hall", Kind.TITLED, "time"),
        ("An Leas-Chathaoirleach: No.", "An Leas-Chathaoirleach", Kind.CHAIR, "Irish"),
        ("Mr. J.M. Mwangi: No.", "Mr. J.M. Mwangi", Kind.TITLED, "initials"),
        ("YB TUAN RAJ A/L GUNA: Tidak.", "YB TUAN RAJ A/L GUNA", Kind.TITLED, "son of"),
        ("Brazil: No.", "Brazil", Kind.DELEGATION, "a delegation alone"),
        ("Question: Why?", "Question", Kind.ASKS, "interview"),
        ("Some hon. Members: Oh!", "Some hon. Members", Kind.SEVERAL, "no one by name"),
    ],
)
def test_a_label_says_who_speaks(line: str, name: str, kind: Kind, why: str) -> None:
    label = next(labels_at(line))
    assert (label.name, label.kind) == (name, kind), why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Climate change: we act.", "a heading"),
        ("The Minister said: no.", "a sentence"),
        ("We ask for three things: ships.", "a sentence"),
        ("Mr. J. M. Hall spoke.", "a sentence"),
        ("At 10:15 we met.", "a time"),
        ("1.2: no", "figures"),
        ("See https://example.org/a: no", "an address"),
        (": no", "nothing before the colon"),
        ("Human Rights Council (HRC): no", "an abbreviation in brackets"),
    ],
)
def test_other_words_are_no_label(line: str, why: str) -> None:
    assert [label for label in labels_at(line) if label.kind is not Kind.BARE] == [], why


def test_a_speech_with_labels_in_it_stays_whole() -> None:
    blocks = blocks_of_lines((SAMPLES / "one-who-quotes.txt").read_text())
    assert turns_of(Draft(blocks)) is None


@pytest.mark.parametrize(
    ("label", "person", "post"),
    [
        ("Jonas Weil, Parl. Staatssekretär bei der Bundesministerin des Innern", "Jonas Weil", "Parl."),
        ("Dr. Rike Moor, stellv. Landesvorsitzende", "Dr. Rike Moor", "stellv."),
        ("Mr. Ivo Hall, Asst. Secretary for Ports", "Mr. Ivo Hall", "Asst."),
        ("Rear Adm. Ivo Hall, Dep. Director of Ports", "Rear Adm. Ivo Hall", "Dep."),
        ("Mme Lund, dir. adj. du Trésor", "Mme Lund", "dir."),
        ("Sra. Ruiz, Subsecr. de Puertos", "Sra. Ruiz", "Subsecr."),
        ("Fru Lind, bitr. generaldirektör", "Fru Lind", "bitr."),
        ("Г-жа Орлова, зам. министра транспорта", "Г-жа Орлова", "зам."),
        ("Brig. Gen. (ret.) Ada Lund", "Brig. Gen. (ret.) Ada Lund", ""),
    ],
)
def test_the_stop_of_an_abbreviated_post_ends_no_label(label: str, person: str, post: str) -> None:
    """G: what stood behind the stop was a speaker of its own, and what stood before it another's words."""
    lines = [
        "Hearing on harbours",
        "The Chair: Good morning to you all, and welcome.",
        f"{label}: Thank you, Chair. We have seen the harbour.",
        "The Chair: We thank you for that.",
        "Mr. Silva (Brazil): I have seen it too, and I agree with all that was said.",
    ]
    found = turns_of(Draft(tuple(Block((text,), line=2 * at + 1) for at, text in enumerate(lines)))) or []
    named = [one.declared.speaker.value for one in found if one.declared.speaker]
    assert [one.printed for one in named] == ["The Chair", label, "The Chair", "Mr. Silva (Brazil)"]
    assert (named[1].person, (named[1].post or "")[: len(post)]) == (person, post)


@pytest.mark.parametrize(
    ("label", "person", "code", "post", "role"),
    [
        ("Ms. Holm (Norway), Chair:", "Ms. Holm", "NOR", "Chair", "chair"),
        ("Mme Adou (Tchad), Présidente :", "Mme Adou", "TCD", "Présidente", "chair"),
        ("Sr. Vega (Chile), Relator:", "Sr. Vega", "CHL", "Relator", "delegation"),
        (
            "Mr. Osei (Ghana), Vice-Chair of the Board:",
            "Mr. Osei",
            "GHA",
            "Vice-Chair of the Board",
            "delegation",
        ),
        ("Mr. Osei (Ghana), Friend of the Chair:", "Mr. Osei", "GHA", "Friend of the Chair", "delegation"),
        ("Mr. Osei (Ghana, Rapporteur):", "Mr. Osei", "GHA", "Rapporteur", "delegation"),
        ("Mr. Osei (Ghana), Chair (spoke in French):", "Mr. Osei", "GHA", "Chair", "chair"),
        ("Mr. Kim (Korea, Republic of):", "Mr. Kim", "KOR", None, "delegation"),
        ("Mr. Hall (Leeds), Minister for Ports:", "Mr. Hall", None, "Minister for Ports", None),
    ],
)
def test_a_post_behind_or_in_the_brackets_is_neither_the_name_nor_the_state(
    label: str, person: str, code: str | None, post: str | None, role: str | None
) -> None:
    """G: "Ms. Holm (Norway), Chair" was a person called "Ms. Holm (Norway)", and of no state."""
    found = next(one for one in labels_at(f"{label} We agree.") if one.mark == ":")
    named, as_what = speaker_of(found), role_of(found, presided=True)
    assert named is not None
    assert (named.value.person, named.value.code, named.value.post) == (person, code, post)
    assert (as_what and as_what.value.value) == role
    assert named.value.printed == label.rstrip(" :").replace(" (spoke in French)", "")


@pytest.mark.parametrize("dash", [".–", ". –", ". -", ". —"])
@pytest.mark.parametrize(
    ("label", "person", "post", "group"),
    [
        ("Ada Moreau, Member of the Commission", "Ada Moreau", "Member of the Commission", None),
        ("Ada Moreau, membre de la Commission", "Ada Moreau", "membre de la Commission", None),
        (
            "Ada Moreau, President-in-Office of the Council",
            "Ada Moreau",
            "President-in-Office of the Council",
            None,
        ),
        ("Jan-Erik Holm, on behalf of the Blue Group", "Jan-Erik Holm", None, "Blue Group"),
        ("Jan-Erik Holm, au nom du groupe NGL", "Jan-Erik Holm", None, "groupe NGL"),
        ("Rosa Vega (ABC), in writing", "Rosa Vega", None, None),
        ("Rosa Vega (ABC), par écrit", "Rosa Vega", None, None),
    ],
)
def test_a_name_with_what_it_speaks_as_is_a_label_before_a_stop_and_a_dash(
    label: str, person: str, post: str | None, group: str | None, dash: str
) -> None:
    """E: whoever spoke for a group or the Commission spoke in the turn of the one before."""
    found = next(one for one in labels_at(f"{label}{dash} Mr President, we agree.") if one.mark == ".")
    named, behalf = speaker_of(found), group_of(found)
    assert named is not None
    assert (named.value.person, named.value.post) == (person, post)
    assert (behalf and behalf.value.name) == group
    assert named.value.printed == label


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (["The motion was adopted by 5 votes to 3."], []),
        (["A vote was taken by show of hands.", "In favour:", "Chad, Ghana", "The motion was rejected."], []),
        (["The motion was adopted by 5 votes to 3. We thank all of you."], [0]),
        (["The motion was adopted by 5 votes to 3.", "We thank all of you for it."], [0, 1]),
    ],
)
def test_what_is_told_after_the_words_of_the_chair_is_not_the_chair_s(
    after: list[str], kept: list[int]
) -> None:
    """E: the outcome of a vote was said by whoever had put it."""
    texts = [
        "The PRESIDENT: I call on Brazil.",
        "Mr. Silva (Brazil): We shall vote for the motion.",
        "Ms. Lind (Sweden): We shall vote against it, as we said.",
        "The PRESIDENT: We shall now vote.",
        *after,
        "Mr. Silva (Brazil): I thank the Council.",
    ]
    parted = turns_of(Draft(tuple(Block((text,), line=2 * at + 1) for at, text in enumerate(texts)))) or []
    assert [one.text for one in parted[3].paragraphs or ()] == [
        "We shall now vote.",
        *(after[at] for at in kept),
    ]


def parted(*texts: str) -> list[tuple[str | None, list[str]]]:
    """Who says what in a record of these paragraphs."""
    turns = turns_of(Draft(tuple(Block((text,), line=2 * at + 1) for at, text in enumerate(texts)))) or []
    return [
        (
            one.declared.speaker.value.printed if one.declared.speaker else None,
            [said.text for said in one.paragraphs or ()],
        )
        for one in turns
    ]


def test_who_is_examined_is_neither_who_asks_nor_the_chair() -> None:
    """E: the questions were the words of the witness whose name stood above them."""
    found = parted(
        "Inquiry into the harbour",
        "MS. LIND, examined by MR. HOLM",
        "Q. MR. HOLM: You built the harbour, I believe?",
        "A. I did. It took me two years.",
        "Q. And did you see it finished?",
        "A. A harbour is never finished, as we say.",
        "CHAIRMAN: We shall rise for today, and I thank you.",
    )
    assert found == [
        ("MR. HOLM", ["You built the harbour, I believe?"]),
        (None, ["I did. It took me two years."]),
        (None, ["And did you see it finished?"]),
        (None, ["A harbour is never finished, as we say."]),
        ("CHAIRMAN", ["We shall rise for today, and I thank you."]),
    ]


@pytest.mark.parametrize(
    ("line", "person", "post", "kind"),
    [
        ("◯의장 문영호 회의를 시작하겠습니다.", "문영호", "의장", Kind.CHAIR),
        ("◯위원장대리 노현우 우리는 계속하겠습니다.", "노현우", "위원장대리", Kind.CHAIR),
        ("◯의장 회의를 계속하겠습니다.", None, "의장", Kind.CHAIR),
        ("○국토교통부장관 정다운 감사합니다.", "정다운", "국토교통부장관", Kind.OFFICE),
        ("◯한소라 의원 존경하는 의장님, 항구가 닫혀 있습니다.", "한소라 의원", None, Kind.TITLED),
    ],
)
def test_a_korean_name_is_of_two_words(line: str, person: str | None, post: str | None, kind: Kind) -> None:
    """E: the second of them began the speech."""
    label = next(labels_at(line))
    assert (label.person, label.post, label.kind) == (person, post, kind)


def test_the_letters_of_headings_answer_nobody() -> None:
    found = parted(
        "Mr. Holm (Norway): We agree with all that was said.",
        "A. Harbours of the north",
        "We have two of them, and we shall keep both.",
        "Ms. Lind (Sweden): So do we, and we shall vote for it.",
    )
    assert [one[0] for one in found] == ["Mr. Holm (Norway)", "Ms. Lind (Sweden)"]


@pytest.mark.parametrize("name", ["Ministrs ostu Juris Kalns", "Sadamate nõunik Mari Tamm"])
def test_words_behind_a_title_that_no_table_knows_are_nobody_s(name: str) -> None:
    """E: they were lent to whoever spoke before."""
    found = parted(
        "The Chair: We begin, and I greet you all.",
        "Ms. Lind (Sweden): We have seen the harbour, and we like it.",
        f"{name}: I thank you for that.",
        "The Chair: We thank you both.",
        "Mr. Silva (Brazil): I saw the harbour too.",
    )
    assert [one[0] for one in found] == [
        "The Chair",
        "Ms. Lind (Sweden)",
        None,
        "The Chair",
        "Mr. Silva (Brazil)",
    ]
    assert found[2][1] == ["I thank you for that."]


@pytest.mark.parametrize(
    "said",
    [
        "Our whole Port Council: that is what I mean.",
        "Consider two things about Port Merrow: it is small, and it is ours.",
        "Ministrs ostu Juris Kalns: a builder of harbours.",
    ],
)
def test_other_words_before_a_colon_stay_with_the_speaker(said: str) -> None:
    found = parted(
        "The Chair: We begin, and I greet you all.",
        "Ms. Lind (Sweden): We have seen the harbour, and we like it.",
        said,
        "Mr. Silva (Brazil): I saw the harbour too.",
    )
    assert found[1][1][-1] == said


SPOKEN = (
    "We have seen the harbour, and we agree that it is deep.",
    "I saw it as well. It is not deep at all, and my country said so.",
    "Then let us look again. We have the time for it.",
    "You may look as often as you like, and I shall wait here.",
)


def named_alone(*names: str, said: tuple[str, ...] = SPOKEN) -> list[str | None] | None:
    """Who speaks where names stand on lines of their own; None where the text is one speaker's."""
    texts = ["Port Council", "Oslo, 3 May 2019"]
    for name, text in zip(names, said, strict=False):
        texts += [name, text]
    parted = turns_of(Draft(tuple(Block((text,), line=2 * at + 1) for at, text in enumerate(texts))))
    if parted and parted[0].of_many:
        return []
    speakers = [one.declared.speaker for one in parted or ()]
    return [one.value.printed if one else None for one in speakers] if parted else None


@pytest.mark.parametrize(
    "names",
    [
        ("Mr. Holm", "Ms. Lind", "Mr. Holm"),
        ("Ms. Lind (Sweden)", "Mr. Silva (Brazil)", "Ms. Lind (Sweden)", "Mr. Silva (Brazil)"),
        ("Hon. Eve Hall", "Sir John Roe", "Hon. Eve Hall"),
        ("Sra. Ruiz", "Sr. Vega", "Sra. Ruiz", "Sr. Vega"),
        ("Ms. Lind (Sweden)", "Mr. Silva (Brazil)", "Mr. Osei (Ghana)"),
    ],
)
def test_two_who_answer_each_other_are_two(names: tuple[str, ...]) -> None:
    """H: all words of two whose names stand on lines of their own were the first one's."""
    assert named_alone(*names) == list(names)


@pytest.mark.parametrize(
    "names",
    [
        ("Mr. Holm (Norway)", "Ms. Lind (Sweden)"),
        ("Ms. Lind", "Mr. Holm"),
        ("Ms. Lind", "Mr. Holm", "Sir John Roe"),
    ],
)
def test_of_those_who_speak_once_nobody_is_named(names: tuple[str, ...]) -> None:
    assert named_alone(*names) == []


@pytest.mark.parametrize(
    ("names", "said", "why"),
    [
        (("Ms. Lind", "Mr. Prime Minister"), SPOKEN, "someone is called upon"),
        (("Ms. Lind", "Mr. Holm,"), SPOKEN, "someone is called upon"),
        (("Ms. Lind", "Mr. Holm"), ("We have seen it, and we agree.", "Telephone 22 33 44"), "a contact"),
        (("Ms. Lind", "Mr. Holm"), ("Minister of Ports", "We have seen it, and we agree."), "delivered by"),
        (("Ms. Lind", "Ms. Lind"), SPOKEN, "one name"),
    ],
)
def test_other_names_on_lines_of_their_own_leave_a_text_whole(
    names: tuple[str, ...], said: tuple[str, ...], why: str
) -> None:
    assert named_alone(*names, said=said) is None, why


@pytest.mark.parametrize(
    "told",
    [
        "Members interjecting:",
        "Mr Silva interjecting.",
        "Honourable members interjecting—",
        "(Beifall bei der ABC – Eva Holm [DEF]: Woher denn?)",
        "[Applause (all rise)]",
    ],
)
def test_what_others_call_out_is_not_the_speaker_s(told: str) -> None:
    """E: it stood in the speech, and a bracket that holds brackets did."""
    found = parted(
        "The Chair: We begin, and I greet you all.",
        "Ms. Lind (Sweden): We have seen the harbour, and we like it.",
        told,
        "And we shall keep it.",
        "Mr. Silva (Brazil): I saw the harbour too.",
        told,
    )
    assert found[1][1] == ["We have seen the harbour, and we like it.", "And we shall keep it."]
    assert found[2][1] == ["I saw the harbour too."]


@pytest.mark.parametrize("told", ["10:15", "9.40 a.m.", "END 4:15 P.M.", "(10:15)"])
def test_the_time_on_a_line_of_its_own_is_nobody_s(told: str) -> None:
    texts = [
        "Mr. Holm (Norway): We agree with all that was said.",
        told,
        "Ms. Lind (Sweden): So do we, and we vote.",
        told,
    ]
    parted = turns_of(Draft(tuple(Block((text,), line=2 * at + 1) for at, text in enumerate(texts)))) or []
    assert [[one.text for one in turn.paragraphs or ()] for turn in parted] == [
        ["We agree with all that was said."],
        ["So do we, and we vote."],
    ]


NAMES = st.sampled_from(
    ["Mr. Hall", "Ms. Lind (Sweden)", "Mr. Silva (Brazil)", "The Chair", "Dr. Moll (Leeds)"]
)
WORDS = st.lists(
    st.sampled_from(["we", "ask", "for", "a", "harbour", "and", "I", "thank", "you", "all", "today"]),
    min_size=4,
    max_size=30,
)
TURN = st.tuples(
    NAMES, st.lists(WORDS.map(lambda words: f"We {' '.join(words)} together."), min_size=1, max_size=3)
)


@given(st.lists(TURN, min_size=4, max_size=12))
def test_what_was_put_together_comes_apart_again(turns: list[tuple[str, list[str]]]) -> None:
    """The turns from which a record is written are those that are read of it."""
    wanted = [(name, list(texts)) for name, texts in turns]
    if len({name for name, _ in wanted}) < 3:
        return
    texts = ["Third Conference on Harbours"]
    for name, (first, *rest) in wanted:
        texts += [f"{name}: {first}", *rest]
    blocks = tuple(Block((text,), line=2 * at + 1) for at, text in enumerate(texts))
    found = [
        (
            draft.declared.speaker.value.printed if draft.declared.speaker else None,
            [one.text for one in draft.paragraphs or ()],
        )
        for draft in turns_of(Draft(blocks)) or ()
    ]
    assert found == wanted


SOURCES = Path(__file__).parent / "sources"


@pytest.mark.parametrize("sample", sorted(SOURCES.glob("verbatim/*.txt")), ids=lambda path: path.stem)
def test_the_turns_of_another_reader_come_apart_as_text(sample: Path) -> None:
    """A UN record, written as any record, is parted as its own reader parts it."""
    read = read_source(sample)
    assert read is not None
    wanted = [
        (draft.declared.speaker.value.printed, [one.text for one in draft.paragraphs or ()])
        for draft in read[1]
        if draft.declared.speaker
    ]
    texts = ["\n\n".join((f"{name}: {said[0]}", *said[1:])) for name, said in wanted]
    blocks = blocks_of_lines("\n\n".join(("Meeting on harbours", *texts)))
    if judge(lines_of(blocks))[0] is Verdict.MANY:
        parted = turns_of(Draft(blocks)) or []
        assert [one.declared.speaker.value.printed for one in parted if one.declared.speaker] == [
            name for name, _ in wanted
        ]


@pytest.mark.parametrize(
    ("label", "speaker", "group"),
    [
        ("Ms. Lind (Sweden), on behalf of the European Union:", ("SWE", "Ms. Lind"), "EU"),
        ("Mr. Osei (Ghana), speaking on behalf of the African Group:", ("GHA", "Mr. Osei"), "AFRICAN-GROUP"),
        ("Mr. Osei (Ghana) (on behalf of the African Group):", ("GHA", "Mr. Osei"), "AFRICAN-GROUP"),
        ("The representative of Brazil, on behalf of the Group of 77 and China:", ("BRA", None), "G77"),
        ("Mme Adou (Tchad), au nom du Groupe africain :", ("TCD", "Mme Adou"), "AFRICAN-GROUP"),
        ("Sra. Ruiz (Guatemala), en nombre del Grupo de los 77 y China:", ("GTM", "Sra. Ruiz"), "G77"),
        ("Ms. Lind (Sweden):", ("SWE", "Ms. Lind"), None),
    ],
)
def test_who_speaks_for_a_group_is_who_it_was_and_the_group_beside(
    label: str, speaker: tuple[str, str | None], group: str | None
) -> None:
    found = next(one for one in labels_at(f"{label} We agree.") if one.mark == ":")
    named, behalf = speaker_of(found), group_of(found)
    assert named is not None
    assert (named.value.code, named.value.person) == speaker
    assert (behalf and behalf.value.code) == group
