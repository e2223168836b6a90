"""Whatever is typed is answered, or refused with a sentence."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import DateError, Index, Mode, QueryError, Sort

# What the language is made of, and what it is not made of, in any order and with or without spaces.
SIGNS = list("()\"“”«»'-+~*?:!&|^[]{}<>=,.;/\\#@$%_ \t\n\0\r\x1b\u200b\u00ad\u202e\ufeff\ufffd\ud800")
OPERATORS = ["AND", "OR", "NOT", "and", "TO", " OR ", " -", "~2", "~", "..", "*:*", "()", '""', "--"]
FIELDS = [
    "speaker:",
    "forum:",
    "place:",
    "title:",
    "language:",
    "date:",
    "since:",
    "until:",
    "text:",
    "stem:",
    "Date:",
]
VALUES = [
    "japan",
    "guinea-bissau",
    "2019..2021",
    "2021-02-30",
    "2019",
    "..",
    "0000",
    "9999-12-31",
    "zh",
    "en-GB",
]
WORDS = [
    "mine",
    "mines",
    "ban on use",
    "WHO",
    "not",
    "A/RES/76/47",
    "COVID-19",
    "R&D",
    "1½",
    "x" * 300,
    "=mine",
    "en:mine",
]
SCRIPTS = [
    "不扩散",
    "العنقودية",
    "Côte d’Ivoire",
    "мой",
    "ガンダム",
    "한국",
    "क़लम",
    "İ",
    "ß",
    "ﬁ",
    "e\u0301",
    "🕊️",
    "\U000e0001",
]
PIECES = [*SIGNS, *OPERATORS, *FIELDS, *VALUES, *WORDS, *SCRIPTS]

#: Text that someone, or something, might type.
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)


def refusal(index: Index, text: str, **options: str) -> str | None:
    """Search for real; return the sentence it was refused with, None for an answer."""
    try:
        index.search(text, limit=5, **options)  # type: ignore[arg-type]
    except (QueryError, DateError) as error:
        return str(error)
    return None


def is_sentence(text: str) -> bool:
    """Tell one line that a terminal can be trusted with."""
    return text.isprintable() and text.endswith(".")


@settings(max_examples=1000, deadline=None)
@given(text=typed, mode=st.sampled_from(Mode), sort=st.sampled_from(Sort))
def test_any_text_is_answered_or_refused(index: Index, text: str, mode: Mode, sort: Sort) -> None:
    refused = refusal(index, text, mode=mode.value, sort=sort.value)
    assert refused is None or is_sentence(refused)


@settings(max_examples=300, deadline=None)
@given(value=typed, name=st.sampled_from(["speaker", "forum", "place", "language", "since", "until"]))
def test_any_value_of_an_option_is_taken_or_refused(index: Index, value: str, name: str) -> None:
    refused = refusal(index, "the", **{name: value})
    assert refused is None or is_sentence(refused)
