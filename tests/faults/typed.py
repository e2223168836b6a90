"""What someone, or something, might type: signs, operators, scripts; and what may come of it."""

from __future__ import annotations

from hypothesis import strategies as st

from onrecord import DateError, Index, QueryError

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
