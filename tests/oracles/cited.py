"""Statements with all that people and their files write into names and titles, to be cited.

What is drawn depends on the seed alone. Each value holds a word at least, as every name and title does that
a heading gives; signs that LaTeX, BibTeX, RIS, XML and YAML obey stand everywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from onrecord import Hit

__all__ = ["drawn_hits", "hostile_text", "in_one_line", "unescaped"]

_WORDS = (
    *(
        "Japan",
        "Côte d’Ivoire",
        "Saint Vincent and the Grenadines",
        "São Tomé",
        "AT&T",
        "C#",
        "Jean de La Fontaine",
    ),
    *(
        "von der Leyen, Ursula",
        "Smith, Jr., John",
        "de",
        "and",
        "others",
        "日本",
        "中华人民共和国",
        "대한민국",
    ),
    *(
        "الجمهورية العربية السورية",
        "ישראל",
        "Россия",
        "Ελλάδα",
        "naïve e\u0301",
        "Straße",
        "ﬁnal",
        "\U0001f4a3 bomb",
    ),
    *(
        "50 %",
        "a_b",
        "x^2",
        "~user",
        "#1",
        "$5",
        "R&D",
        "{Mines}",
        "{",
        "}",
        "}{",
        "\\",
        "\\textbf{x}",
        "\\'e",
    ),
    *(
        "\\\\",
        "%comment",
        "@misc{x,",
        "=",
        "--",
        "---",
        "''",
        "``",
        '"',
        "“said”",
        "‘so’",
        "«dit»",
        "「言」",
        "„so“",
    ),
    *(
        "<b>bold</b>",
        "&amp;",
        "&",
        "[sic]",
        "(no)",
        "|",
        "`code`",
        "*",
        "- ",
        ": ",
        "; ",
        ", ",
        ".",
        "?",
        "!",
    ),
    *(
        "TY  - BOOK",
        "ER  - ",
        "null",
        "true",
        "1:30",
        "http://example.org/a_b?c=d&e=%20#f",
        "0",
        "007",
        "\u00ad",
    ),
    *(
        "\u200b",
        "\u200f",
        "\u00a0",
        "\u2028",
        "\n",
        "\r\n",
        "\t",
        "\u202e",
        "\u202c",
        "\u2066",
        "\x00",
        "\x1b[31m",
    ),
    *("\x85", "\ufeff", "\ufffe"),
)
_LANGUAGES = (None, "en", "fr", "ar", "zh", "und")
_ROLES = (None, "delegation", "member", "chair")
_FORUMS = ("General Assembly", "Defence Committee", "The Hague Conference")
_LONG = 4_000
_WORD = re.compile(r"\w")
_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe]")


_COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}
_WRITTEN = re.compile("|".join(map(re.escape, _COMMANDS)) + r"|\\([$&#%_{}])|\{\}")


def unescaped(value: str) -> str:
    """Undo what LaTeX obeys, one after the other from the left; braces with nothing inside are nothing."""
    return _WRITTEN.sub(lambda found: _COMMANDS.get(found[0]) or found[1] or "", value)


def in_one_line(text: str | None) -> str:
    """Return a text as it has to be read back: on one line, without what turns its direction."""
    return " ".join(_DROPPED.sub(" ", text or "").split())


def hostile_text(chance: Random) -> str:
    """Draw a name or a title that has a word in it."""
    while True:
        pieces = chance.choices(_WORDS, k=chance.choice((1, 1, 2, 3, 5, 8)))
        text = chance.choice(("", " ")).join(pieces)
        if _WORD.search(text):
            return text * (1 + _LONG // len(text)) if chance.random() < 0.01 else text


def drawn_hits(count: int, seed: int) -> Iterator[Hit]:
    """Yield the first paragraphs of statements, each with a slug of its own."""
    chance = Random(seed)

    def perhaps(share: float = 0.3) -> str | None:
        return hostile_text(chance) if chance.random() < share else None

    for number in range(count):
        year, month, day = chance.randint(1, 2026), chance.randint(1, 12), chance.randint(1, 28)
        dates = (f"{year:04}", f"{year:04}-{month:02}", f"{year:04}-{month:02}-{day:02}", None)
        letters = "".join(chance.choices("23456abcdefghijklmnopqrstuvwxyz", k=5))
        slug = f"{number:03}-of-many-{letters}"
        yield Hit(
            address=f"{slug}#{number % 30 + 1}",
            statement=slug,
            number=number % 30 + 1,
            text=hostile_text(chance),
            snippet="",
            forum=chance.choice((*_FORUMS, perhaps(1.0), None)),
            speaker=perhaps(0.9),
            date=chance.choice(dates),
            place=perhaps(),
            language=chance.choice(_LANGUAGES),
            title=perhaps(0.7),
            source=chance.choice(("a.txt", "b.pdf")),
            score=0.0,
            printed_number=chance.choice((None, "29.", "(a)", "12")),
            person=perhaps(),
            post=perhaps(),
            speaker_role=chance.choice(_ROLES),
            original_language=chance.choice((None, "ar", "xx", "und")),
            page=chance.choice((None, "4", "iv")),
            document_symbol=chance.choice((None, "A/72/PV.3", perhaps(1.0))),
        )
