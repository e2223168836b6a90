"""Questions of every kind, drawn from the paragraphs of an index by a seed.

What they ask for stands somewhere, for the most part. They are put to two engines of the same statements,
which must answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from onrecord import Hit, Request
from onrecord.indexer.analysis.inflection import words_as_written
from onrecord.indexer.analysis.words import words

__all__ = ["KINDS", "drawn"]


NAMES = (
    *("NPT", "landmines", "UN", "nuclear weapons", "EU", "climate change", "WHO", "ICJ", "START", "CCM"),
    *("peacekeeping", "Security Council", "GATT", "human rights", "CTBT", "ASEAN", "small arms"),
)
COMPOUNDS = (
    *("co-operation", "non-nuclear", "re-establish", "north-south", "U.N.", "1,250"),
    *("self-determination", "peace-keeping", "inter-American"),
)
NUMBERS = ("1945", "242 (1967)", "A/RES/76/47", "2(4)", "21", "XXV", "19 48", "1980s")
OPERATORS = (
    *("{} OR {}", "{} -{}", "({} OR {}) {}", "{} OR {} OR {}", '"{} {}" OR {}', "{} {} -({} {})", "-{}"),
    *("({} -{}) OR {}", "{} OR {} OR {} OR {}", "({} {}) OR ({} {})"),
)
DATES = ("since:{0}", "until:{0}", "date:{0}", "date:{0}..{1}", "-date:{0}", "date:{0}-09", "date:unknown")
FIELDS_ALONE = (
    *("speaker:unknown", "forum:unknown", "date:unknown", "language:fr", "since:2000", "language:unknown"),
    *("behalf:unknown", "place:unknown -language:en"),
)
FACTS = ("speaker", "forum", "language", "place", "person", "post")
SORTS = ("relevance", "relevance", "relevance", "statement", "newest", "oldest", "address")


class _Draw:
    """Draws questions from some paragraphs."""

    def __init__(self, hits: Sequence[Hit], chance: Random) -> None:
        self._hits = hits
        self._chance = chance

    def hit(self) -> Hit:
        """Draw a paragraph."""
        return self._chance.choice(self._hits)

    def run(self, length: int, text: str | None = None) -> list[str]:
        """Draw words that stand together."""
        some = words(self.hit().text if text is None else text) or ["peace"]
        begin = self._chance.randrange(max(1, len(some) - length + 1))
        return some[begin : begin + length]

    def word(self) -> str:
        """Draw a word as it is written."""
        return self._chance.choice(words_as_written(self.hit().text) or ["peace"])

    def plain(self) -> str:
        """Draw a word of letters, in small ones, that a pattern may be made of."""
        for _ in range(50):
            word = self._chance.choice(words(self.hit().text) or ["peace"])
            if word.isalpha() and len(word) > 3:
                return word
        return "peace"

    def value(self, name: str) -> str | None:
        """Draw the value of a fact of a paragraph."""
        for _ in range(20):
            value = getattr(self.hit(), name)
            if value:
                return str(value)
        return None


def _word(draw: _Draw, chance: Random) -> Request:
    return Request.of(draw.word())


def _as_written(draw: _Draw, chance: Random) -> Request:
    return Request.of(" ".join(draw.run(chance.randint(1, 3))), mode="exact")


def _words(draw: _Draw, chance: Random) -> Request:
    text = draw.hit().text
    return Request.of(" ".join(chance.choice(words(text) or ["peace"]) for _ in range(chance.randint(2, 5))))


def _any(draw: _Draw, chance: Random) -> Request:
    return Request.of(" ".join(draw.plain() for _ in range(chance.randint(2, 20))), match="any")


def _broad(draw: _Draw, chance: Random) -> Request:
    names = [
        "NPT",
        "landmines",
        "UN",
        "nuclear weapons",
        "EU",
        "climate change",
        "WHO",
        "ICJ",
        "START",
        "CCM",
    ]
    return Request.of(
        " ".join([chance.choice(names), *([draw.plain()] if chance.random() < 0.4 else [])]), mode="broad"
    )


def _phrase(draw: _Draw, chance: Random) -> Request:
    return Request.of(f'"{" ".join(draw.run(chance.randint(2, 6)))}"')


def _common_phrase(draw: _Draw, chance: Random) -> Request:
    common = ["of", "the", "and", "to", "in", "a", "that", "is"]
    return Request.of(f'"{" ".join(chance.choices(common, k=chance.randint(2, 3)))}"')


def _quotation(draw: _Draw, chance: Random) -> Request:
    """A phrase with a pattern or a gap in it."""
    text = draw.hit().text
    some = draw.run(3, text)
    if len(some) == 3 and len(some[1]) > 3 and some[1].isalpha():
        some[1] = chance.choice([some[1][:-2] + "*", some[1][:1] + "?" + some[1][2:], some[1][:3] + "*"])
    if chance.random() < 0.5:
        some += ["…", *draw.run(chance.randint(1, 2), text)]
    return Request.of(f'"{" ".join(some)}"')


def _operators(draw: _Draw, chance: Random) -> Request:
    form = chance.choice(
        ["{} OR {}", "{} -{}", "({} OR {}) {}", "{} OR {} OR {}", '"{} {}" OR {}', "{} {} -({} {})", "-{}"]
    )
    return Request.of(form.format(*(draw.plain() for _ in range(4))))


def _pattern(draw: _Draw, chance: Random) -> Request:
    word = draw.plain()
    form = chance.choice(
        [
            word[: chance.randint(1, 4)] + "*",
            word[0] + "?" + word[2:],
            word[:2] + "*" + word[-1],
            "*" + word[-4:],
        ]
    )
    return Request.of(chance.choice(["{}", "{} " + draw.plain()]).format(form))


def _fuzzy(draw: _Draw, chance: Random) -> Request:
    return Request.of(f"{draw.plain()}~{chance.choice(['', '1', '2'])}")


def _near(draw: _Draw, chance: Random) -> Request:
    some = draw.run(chance.randint(4, 12))
    chosen = chance.sample(some, min(len(some), chance.randint(2, 4)))
    if chance.random() < 0.3:
        chosen.append(chosen[0])
    return Request.of(f'"{" ".join(chosen)}"~{chance.randint(0, 12)}')


def _compound(draw: _Draw, chance: Random) -> Request:
    beside = [draw.plain()] if chance.random() < 0.5 else []
    return Request.of(" ".join([chance.choice(COMPOUNDS), *beside]))


def _number(draw: _Draw, chance: Random) -> Request:
    return Request.of(
        chance.choice(["1945", "242 (1967)", "A/RES/76/47", "2(4)", "21", "XXV", "19 48", "1980s"])
    )


def _filtered(draw: _Draw, chance: Random) -> Request:
    options: dict[str, Any] = {}
    for name in chance.sample(
        ["speaker", "forum", "language", "place", "person", "post"], chance.randint(1, 2)
    ):
        options[name] = None if chance.random() < 0.1 else draw.value(name)
        if options[name] is None:
            options[name] = [None]
    text = draw.plain() if chance.random() < 0.7 else f"{draw.plain()} OR {draw.plain()}"
    return Request.of(text, **options)


def _typed_field(draw: _Draw, chance: Random) -> Request:
    field = chance.choice(["speaker", "forum", "title", "place", "person"])
    value = draw.value(field) or "peace"
    quoted = '"' + "".join(letter for letter in value if letter not in '"“”„«»') + '"'
    sign = chance.choice(["", "", "-"])
    shown = quoted.replace('"', '"=', 1) if field != "title" and chance.random() < 0.3 else quoted
    return Request.of(f"{draw.plain()} {sign}{field}:{shown}")


def _dated(draw: _Draw, chance: Random) -> Request:
    year = int((draw.value("date") or "1980")[:4])
    form = chance.choice(
        ["since:{0}", "until:{0}", "date:{0}", "date:{0}..{1}", "-date:{0}", "date:{0}-09", "date:unknown"]
    )
    return Request.of(f"{draw.plain()} {form.format(year, year + chance.randint(0, 9))}")


def _filters_alone(draw: _Draw, chance: Random) -> Request:
    return Request.of(
        chance.choice(
            [
                "speaker:unknown",
                "forum:unknown",
                "date:unknown",
                "language:fr",
                "since:2000",
                "language:unknown",
            ]
        )
    )


def _nowhere(draw: _Draw, chance: Random) -> Request:
    lost = "q".join(draw.plain())
    several = " ".join(draw.plain() for _ in range(6))
    phrase = " ".join(draw.plain() for _ in range(3))
    return Request.of(chance.choice([f"{draw.plain()} {lost}", f'"{phrase}"', several, f"{lost} since:2000"]))


KINDS: tuple[Callable[[_Draw, Random], Request], ...] = (
    _word,
    _as_written,
    _words,
    _any,
    _broad,
    _phrase,
    _common_phrase,
    _quotation,
    _operators,
    _pattern,
    _fuzzy,
    _near,
    _compound,
    _number,
    _filtered,
    _typed_field,
    _dated,
    _filters_alone,
    _nowhere,
)


def drawn(hits: Sequence[Hit], number: int, *, seed: int) -> Iterator[Request]:
    """Yield so many questions, of all kinds by turns, in all orders, some folded, on any page."""
    chance = Random(seed)
    draw = _Draw(hits, chance)
    for turn in range(number):
        request = KINDS[turn % len(KINDS)](draw, chance)
        sort = chance.choice(
            ["relevance", "relevance", "relevance", "statement", "newest", "oldest", "address"]
        )
        page = {
            "sort": sort,
            "fold": chance.random() < 0.15,
            "offset": chance.choice([0, 0, 0, 0, 10, 100]),
            "context": chance.choice([0, 0, 0, 1, 2]),
        }
        yield Request.from_dict(request.as_dict() | page)
