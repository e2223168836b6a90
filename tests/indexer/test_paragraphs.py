"""How a text falls into paragraphs: every sample in ``paragraphs/`` beside what is expected of it.

A sample is plain text; the expectation has a line a paragraph: the source line, the role where it
is not body, the printed number in square brackets, and the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import inspect
from onrecord.indexer.draft import Block
from onrecord.indexer.formats.markdown import read_markdown
from onrecord.indexer.formats.plain_text import blocks_of_lines
from onrecord.indexer.paragraphs.splitting import split_paragraphs
from onrecord.indexer.sources.decoding import clean
from onrecord.indexer.statement import Paragraph, Role

SAMPLES = Path(__file__).parent / "paragraphs"
SEED = Path(__file__).parents[2] / "corpus" / "2021-09-20-japan-cluster-munitions.md"


def split(text: str) -> tuple[Paragraph, ...]:
    return split_paragraphs(blocks_of_lines(clean(text)))


def texts(text: str) -> list[str]:
    return [paragraph.text for paragraph in split(text)]


def written(paragraph: Paragraph) -> Iterator[str]:
    yield f"{paragraph.line}"
    if paragraph.role is not Role.BODY:
        yield paragraph.role.value
    if paragraph.printed:
        yield f"[{paragraph.printed}]"
    yield paragraph.text


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_sample_splits_as_expected(path: Path) -> None:
    found = "".join(" ".join(written(paragraph)) + "\n" for paragraph in split(path.read_text()))
    assert found == path.with_suffix(".expected").read_text()


def test_the_seed_is_a_heading_then_greeting_seven_paragraphs_and_thanks() -> None:
    blocks = read_markdown(SEED, SEED.read_bytes())[0].blocks
    roles = [paragraph.role for paragraph in split_paragraphs(blocks[1:])]
    assert roles == [Role.GREETING, *[Role.BODY] * 7, Role.CLOSING]


@pytest.mark.parametrize(
    ("text", "joined", "why"),
    [
        (
            "We met Mr. Theo-\nben and Theo-\nBen.",
            "We met Mr. Theoben and Theo-Ben.",
            "a capital keeps the hyphen",
        ),
        ("We work for disarma-\nment.", "We work for disarmament.", "a fragment is no word"),
        (
            "The summit on peace-building and on peace-\nbuilding.",
            "peace-building and on peace-building.",
            "elsewhere",
        ),
        ("On health and on COVID-\n19.", "On health and on COVID-19.", "a digit keeps it"),
        ("Short-\nand long-term aims.", "Short- and long-term aims.", "a conjunction"),
        ("For self-\ndetermination.", "For self-determination.", "a usual compound"),
        ("For one-\nsize-fits-all.", "For one-size-fits-all.", "a compound of many"),
        ("For develop¬ment.", "For development.", "S1-6a: an optional hyphen in the middle of a line"),
        ("For im¬plemen¬tation.", "For implementation.", "S1-6a: two of them"),
        ("In South¬East Asia.", "In South-East Asia.", "S1-6a: before a capital it stood for one"),
        ("A non-aligned and non¬aligned.", "A non-aligned and non-aligned.", "S1-6a: elsewhere"),
        ("An interna-tional, interna¬tional.", "An interna-tional, international.", "half of it is no word"),
        ("For implement‐\nation.", "For implementation.", "S1-6b: U+2010"),
        ("For implement\u2011\nation.", "For implementation.", "S1-6b: U+2011"),
        ("For implement\u2027\nation.", "For implementation.", "S1-6b: U+2027"),
        ("For implement¬\nation.", "For implementation.", "S1-6b: U+00AC"),
        ("For implement\u00ad\nation.", "For implementation.", "U+00AD"),
        (
            "For self‐\ndetermination.",
            "For self‐determination.",
            "the hyphen that stays is the one that stood",
        ),
        ("For coun- tries.", "For countries.", "the line end is gone"),
        ("For coun -\ntries.", "For countries.", "a space before it"),
        ("For coun -tries.", "For countries.", "the space of the line end is before it"),
        ("For coun‐ tries.", "For countries.", "U+2010 in the middle of a line"),
        ("For coun\u2011 tries.", "For countries.", "U+2011 in the middle of a line"),
        ("For coun- tries, coun -tries.", "For countries, countries.", "two of them"),
        ("Peace - coun- tries -peace.", "Peace - countries -peace.", "between two dashes"),
        ("A well- known fact.", "A well- known fact.", "two words"),
        ("To begin with - in all.", "To begin with - in all.", "a dash"),
        ("Medium- and long.", "Medium- and long.", "a conjunction in the middle of a line"),
        ("To clear land-\nmines3 now.", "To clear landmines\u200b3 now.", "S3: of a word that was broken"),
        ("For «paix»3 et liberté3.", "For «paix»3 et liberté3.", "no word of the text"),
        ("Clear landmines3 now.", "Clear landmines\u200b3 now.", "S3: the figure of a note"),
        ("Covid19 and covid19.", "Covid19 and covid19.", "what is named twice is no note"),
        ("P5 G20 Rio20 COVID19 H1N1.", "P5 G20 Rio20 COVID19 H1N1.", "names"),
    ],
)
def test_a_broken_word_is_mended(text: str, joined: str, why: str) -> None:
    assert texts(text)[0].endswith(joined), why


@pytest.mark.parametrize(
    ("text", "printed", "why"),
    [
        ("29. We agree.\n\n30. We thank.", ["29.", "30."], "a rising sequence"),
        ("29.\tWe agree.\n\n31.\tWe thank.", ["29.", "31."], "one was lost in scanning"),
        ("1 We agree.\n\n2 We thank.", ["1", "2"], "no stop, but each begins a paragraph"),
        ("29. We agree.\n\nWe thank.", [None, None], "one number alone"),
        ("2021. A year of hope.\n\n2022. Another.", [None, None], "years"),
        ("39 million people fled.\n\n40 million people stayed.", [None, None], "amounts"),
        ("1. Peace\n\nWe want it.\n\n2. Ocean Resources\n\nWe need them.", [None] * 4, "titles of sections"),
        ("30. We agree.\n\n29. We thank.", [None, None], "falling"),
    ],
)
def test_a_printed_number_belongs_to_a_rising_sequence(
    text: str, printed: list[str | None], why: str
) -> None:
    assert [paragraph.printed for paragraph in split(text)] == printed, why


@pytest.mark.parametrize(
    "greeting",
    [
        "Mr. Vice-President,",
        "Excellencies, Distinguished delegates,",
        "Excellencies, ladies and gentlemen, dear colleagues,",
        "Monsieur le Président,",
        "Señora Presidenta:",
        "Sehr geehrter Herr Präsident, meine Damen und Herren,",
        "Уважаемый господин Председатель,",
        "السيد الرئيس،",
        "主席先生，",
        "Mr. President",
    ],
)
def test_a_form_of_address_is_a_greeting(greeting: str) -> None:
    assert split(f"{greeting}\n\nWe meet at a grave hour.")[0].role is Role.GREETING


@pytest.mark.parametrize(
    "body",
    [
        "Mr. President, we meet at a grave hour.",
        "Mr. Louw expressed his thanks to France on behalf of his Government and of its people.",
        "Excellencies are not the only ones who suffer.",
        "Sir, your election to preside over this session",
    ],
)
def test_a_sentence_that_begins_like_a_greeting_is_body(body: str) -> None:
    assert split(f"{body}\n\nWe agree.")[0].role is Role.BODY


def test_an_officer_in_the_middle_of_a_sentence_begins_no_paragraph() -> None:
    lines = (
        "On behalf of the delegation of Peru I warmly congratulate Ms. Ana Lima on her election as",
        "President of the General Assembly at its spring session,",
        "during which she will guide our work with the wisdom that all of us have known for years.",
    )
    assert texts("\n".join(lines)) == [" ".join(lines)]


@pytest.mark.parametrize(
    "closing",
    [
        "Thank you, Mr. President.",
        "I thank you.",
        "Je vous remercie.",
        "Muchas gracias.",
        "Спасибо.",
        "谢谢主席先生。",
    ],
)
def test_thanks_at_the_end_are_a_closing(closing: str) -> None:
    assert split(f"We agree.\n\n{closing}")[-1].role is Role.CLOSING


def test_thanks_in_the_middle_are_body() -> None:
    assert split("We agree.\n\nThank you, Mr. President.\n\nWe add this.")[1].role is Role.BODY


def test_a_paragraph_inside_a_line_of_breaks_has_the_number_of_its_element() -> None:
    block = Block(("We agree.", "We thank."), line=7, stacked=False)
    assert [paragraph.line for paragraph in split_paragraphs([block])] == [7, None]


@pytest.mark.parametrize("sign", ["-", "–", "—", "*", "•"])
def test_a_sign_of_lists_in_the_middle_of_a_sentence_stays(sign: str) -> None:
    assert texts(f"We agree {sign} and act.") == [f"We agree {sign} and act."]


def test_ornaments_are_dropped() -> None:
    assert texts("We agree.\n\n* * *\n\n____\n\nWe thank.") == ["We agree.", "We thank."]


def letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


WORDS = st.text(st.characters(categories=["L", "Nd", "P", "Zs"], include_characters="\n\t-."), max_size=400)
SPEECH = st.lists(
    st.sampled_from(
        [
            "We",
            "agree.",
            "disarma-",
            "ment",
            "\n",
            "\n\n",
            "29.",
            "30.",
            "Mr.",
            "•",
            "(a)",
            "39 million",
            "\n ",
        ]
    )
).map(" ".join)


@given(st.one_of(WORDS, SPEECH))
def test_no_letter_or_digit_of_the_words_is_lost(text: str) -> None:
    kept = "".join(f"{paragraph.printed or ''}{paragraph.text}" for paragraph in split(text))
    assert letters(kept) == letters(without_page_numbers(clean(text)))


def without_page_numbers(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line for line in lines if not (bare := line.strip(" \t-–—")).isdigit() or len(bare) > 3)


@given(st.one_of(WORDS, SPEECH))
def test_every_paragraph_is_clean_text(text: str) -> None:
    for paragraph in split(text):
        assert paragraph.text == " ".join(unicodedata.normalize("NFC", paragraph.text).split()) != ""


@given(st.one_of(WORDS, SPEECH))
def test_paragraphs_are_numbered_from_one_and_lines_rise(text: str) -> None:
    paragraphs = split(text)
    lines = [paragraph.line or 0 for paragraph in paragraphs]
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert lines == sorted(set(lines))


def test_a_form_feed_breaks_a_paragraph_and_counts_as_no_line(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("We agree.\n\n\f\nWe go on.\n\n\fWe part.\nWe end.\fWe are gone.\n", "utf-8")
    read = [(one.text, one.line) for one in inspect(text)[0].statement.paragraphs]
    assert read == [("We agree.", 1), ("We go on.", 4), ("We part.", 6), ("We end.", 7), ("We are gone.", 7)]
