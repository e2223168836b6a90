"""Quotations held against the statements: what is exact, what is not, and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import Index, build, open_index, update
from onrecord.search.research.verification.verdict import Flag, Grade, Verdict

STATEMENTS = {
    "alba.txt": """Statement by Albania
General Assembly
(20 September 2021, New York)

Mr. President,

We have never agreed to the use of cluster munitions, and we will not agree to it today.

In 1998 some 3.5 million mines lay in our fields; 20-30 villages could not be reached until March 1999.

Japan has given 1,250 detectors. The office of first instance in Tirana has trained our deminers.

A treaty that nobody signs
protects nobody, and a treaty without money clears no field.

But a treaty with both can change the life of a village within one summer.

The State [inaudible] must act.
""",
    "brava.txt": """Statement by Brazil
General Assembly
(21 September 2021, New York)

Every delegation is tired of war. Peace is the work of every day and of every hand.

The conference must conclude its work before the summer, as it was asked to do.
""",
    "chile.txt": """Statement by Chile
Conference on Disarmament
(3 May 2019, Geneva)

Peace is the work of every day and of every hand. We came with empty hands and with full hearts.
""",
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in STATEMENTS.items():
        (folder / name).write_text(text, "utf-8")
    build(folder, into=folder / "index")
    with open_index(folder / "index") as index:
        yield index


def place(verdict: Verdict) -> str:
    """Name the country and the paragraph of an address."""
    assert verdict.address is not None
    statement, _, number = verdict.address.partition("#")
    return f"{next(name for name in ('albania', 'brazil', 'chile') if name in statement)}#{number}"


EXACT = [
    ("never agreed to the use of cluster munitions", True, "as it was said"),
    ("Never  agreed, to the use of CLUSTER munitions!", False, "case and signs are folded"),
    ("never agreed to\nthe use of cluster mu-\nnitions", False, "a word that a line end broke"),
    ("the o\ufb03ce of \ufb01rst instance in Tirana", False, "ligatures"),
    ("the\u00a0use of cluster\u00a0munitions", True, "spaces that do not break"),
    ("3.5 million mines lay in our fields", True, "figures as they are put together"),
    ("Japan has given 1 250 detectors", False, "any sign between thousands"),
    ("20\u201330 villages could not be reached", False, "any dash"),
    ("clears no field. But a treaty with both", True, "over the end of a paragraph"),
    ("The State [inaudible] must act", True, "brackets of the statement itself"),
]


@pytest.mark.parametrize(("quotation", "verbatim", "why"), EXACT, ids=[row[2] for row in EXACT])
def test_the_same_words_in_the_same_order_are_exact(
    texts: Index, quotation: str, verbatim: bool, why: str
) -> None:
    verdict = texts.verify(quotation)
    assert (verdict.grade, verdict.verbatim, verdict.edits) == (Grade.EXACT, verbatim, ())


def test_words_have_to_stand_at_the_address_that_is_said(texts: Index) -> None:
    words = "Peace is the work of every day and of every hand."
    brazil, chile = sorted(
        (hit.address for hit in texts.search(f'"{words}"')), key=lambda one: "chile" in one
    )
    assert texts.verify(words).grade is Grade.SEVERAL
    for address in (brazil, chile):
        verdict = texts.verify(words, address=address)
        assert (verdict.grade, verdict.address) == (Grade.EXACT, address)
    verdict = texts.verify("it was asked to do.", address=chile)
    assert (verdict.grade, verdict.differs) == (Grade.MISATTRIBUTED, ("address",))


def test_a_quotation_over_two_paragraphs_names_both(texts: Index) -> None:
    verdict = texts.verify("a treaty without money clears no field. But a treaty with both")
    assert (place(verdict), verdict.through) == ("albania#5", str(verdict.address).replace("#5", "#6"))


GAPS = [
    ("We have never agreed … and we will not agree", Grade.ELIDED, 6, ()),
    ("We have … agreed to the use of cluster munitions", Grade.ELIDED, 1, (Flag.NEGATION,)),
    ("we will […] agree to it today", Grade.ELIDED, 1, (Flag.NEGATION,)),
    ("… never agreed to the use of cluster munitions ...", Grade.EXACT, 0, ()),
    ("[N]ever agreed to the use of cluster munition[s]", Grade.BRACKETED, 0, ()),
    ("never agreed to the use of [such weapons], and we will not", Grade.BRACKETED, 2, ()),
    ("we will [not] agree to it today", Grade.EXACT, 0, ()),
    ("never agreed [sic] to the use of cluster munitions", Grade.BRACKETED, 0, ()),
]


@pytest.mark.parametrize(("quotation", "grade", "left_out", "flags"), GAPS, ids=[row[0] for row in GAPS])
def test_what_the_writer_left_out_or_put_in_is_said(
    texts: Index, quotation: str, grade: Grade, left_out: int, flags: tuple[Flag, ...]
) -> None:
    verdict = texts.verify(quotation)
    assert (verdict.grade, verdict.left_out, verdict.flags) == (grade, left_out, flags)


ALTERED = [
    (
        "We have never agreed to the use of land mines, and we will not",
        ['"land mines" for "cluster munitions"'],
        (),
    ),
    ("we have agreed to the use of cluster munitions, and we will not", ['"never" left out'], ("negation",)),
    ("and we will agree to it today, never agreed", ['"not" left out'], ("negation",)),
    ("In 1998 some 35 million mines lay in our fields", ['"35" for "3.5"'], ("number",)),
    ("In 1998 some 3-5 million mines lay in our fields", ['"3-5" for "3.5"'], ("number",)),
    ("In 1989 some 3.5 million mines lay in our fields", ['"1989" for "1998"'], ("number", "date")),
    ("could not be reached until May 1999", ['"May" for "March"'], ("date",)),
    ("China has given 1,250 detectors", ['"China" for "Japan"'], ("name",)),
    ("The office of first instance in Durres has trained our", ['"Durres" for "Tirana"'], ("name",)),
    ("never agreed to the use of clustеr munitions", ['"clustеr" for "cluster"'], ("homoglyph",)),
]


@pytest.mark.parametrize(("quotation", "edits", "flags"), ALTERED, ids=[row[0] for row in ALTERED])
def test_what_differs_is_said_word_by_word(
    texts: Index, quotation: str, edits: list[str], flags: tuple[str, ...]
) -> None:
    verdict = texts.verify(quotation)
    assert verdict.grade is Grade.ALTERED
    assert set(edits) <= {str(edit) for edit in verdict.edits}
    assert tuple(flag.value for flag in verdict.flags) == flags


def test_edits_say_where_they_stand_in_the_quotation(texts: Index) -> None:
    verdict = texts.verify("Every delegation is so tired of wars.")
    assert [verdict.quotation[edit.start : edit.end] for edit in verdict.edits] == ["so", "wars"]


def test_exact_in_several_statements_names_them_all(texts: Index) -> None:
    verdict = texts.verify("Peace is the work of every day")
    assert (verdict.grade, place(verdict), len(verdict.also)) == (Grade.SEVERAL, "chile#1", 1)


@pytest.mark.parametrize(
    ("options", "grade", "differs"),
    [
        ({"speaker": "Chile"}, Grade.EXACT, ()),
        ({"speaker": "Brazil", "date": "2021"}, Grade.EXACT, ()),
        ({"speaker": "Albania"}, Grade.MISATTRIBUTED, ("speaker",)),
        ({"speaker": "Chile", "date": "2021-09-21"}, Grade.MISATTRIBUTED, ("date",)),
        ({"speaker": "Chile", "forum": "General Assembly"}, Grade.MISATTRIBUTED, ("forum",)),
        ({"since": "2020"}, Grade.EXACT, ()),
    ],
)
def test_what_is_said_of_the_source_is_checked(
    texts: Index, options: dict[str, str], grade: Grade, differs: tuple[str, ...]
) -> None:
    verdict = texts.verify("Peace is the work of every day", **options)  # type: ignore[arg-type]
    assert (verdict.grade, verdict.differs) == (grade, differs)


def test_words_of_two_statements_are_not_exact(texts: Index) -> None:
    assert texts.verify("tired of war. We came with empty hands").grade is not Grade.EXACT
    assert texts.verify("Every delegation is tired of war … and with full hearts").grade is not Grade.ELIDED


def test_what_stands_nowhere_is_absent_and_the_nearest_is_named(texts: Index) -> None:
    verdict = texts.verify("The conference shall never begin anything new at all before the summer")
    assert verdict.grade is Grade.ABSENT
    assert verdict.nearest[0].spoken.startswith("The conference")


def test_verdicts_are_plain_data(texts: Index) -> None:
    plain = texts.verify("Every delegation is tired of wars").as_dict()
    assert plain["grade"] == "altered"
    assert plain["edits"] == [{"kind": "replaced", "quoted": "wars", "spoken": "war", "start": 29, "end": 33}]


@pytest.mark.parametrize(
    ("quotation", "note"),
    [
        (
            "never agreed to the use of clustеr munitions",
            '"clustеr" has the Cyrillic letter е (U+0435) in it.',
        ),
        ("and а treaty without money clears no field", '"а" has the Cyrillic letter а (U+0430) in it.'),
        ("and a treaty withοut money clears nο field", '"nο" has the Greek letter ο (U+03BF) in it.'),
    ],
)
def test_letters_that_look_alike_are_named_and_never_exact(texts: Index, quotation: str, note: str) -> None:
    verdict = texts.verify(quotation)
    assert (verdict.grade, note in verdict.notes) == (Grade.ALTERED, True)
    assert Flag.HOMOGLYPH in verdict.flags


def test_what_the_index_does_not_know_is_no_contradiction(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("We have never agreed to the use of cluster munitions.\n", "utf-8")
    build(tmp_path, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        verdict = index.verify("never agreed to the use of cluster munitions", speaker="Chile", date="2021")
    assert (verdict.grade, verdict.differs, verdict.unsure) == (Grade.EXACT, (), ("speaker", "date"))
    assert verdict.needs_eyes


def test_an_empty_index_has_nothing(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    build(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.verify("never agreed to the use of … cluster munitions").grade is Grade.ABSENT


def test_statements_that_were_taken_out_hold_no_quotation(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("alba.txt", "chile.txt"):
        (texts / name).write_text(STATEMENTS[name], "utf-8")
    update(texts, into=tmp_path / "index")
    (texts / "chile.txt").unlink()
    update(texts, into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert index.verify("Peace is the work of every day and of every hand").grade is Grade.ABSENT
        assert index.verify("never agreed to the use of cluster munitions").grade is Grade.EXACT
