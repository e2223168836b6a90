"""What of a paragraph is shown, and which words of it are marked."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracles.marked import asked_of, marked

from onrecord import Mode
from onrecord.search.results.snippet import ELLIPSIS, MARK, SNIPPET_LENGTH, Span, highlights, snippet

MARKED = [
    # Phrases.
    ('"ban on use"', "A [ban on use], not a ban on the use.", "only where it stands together"),
    ('"cluster munitions"', "[Cluster munitions]: no cluster, no munitions.", "capitals do not matter"),
    ('"mine mine"', "[Mine, mine, mine].", "phrases that overlap are one stretch"),
    ('"the canal" canal', "[The canal] is our [canal].", "a word of its own beside its phrase"),
    ('"the canal" "canal is"', "[The canal is] ours.", "two phrases that share a word"),
    ("US$39", "It costs [US$39], or 39 cents in the US.", "a sum of money is one stretch"),
    ("A/RES/76/47", "See [A/RES/76/47], page 47.", "and so is a symbol"),
    ("d'Ivoire", "Côte [d’Ivoire]", "the apostrophe is that of the text"),
    # Words.
    ("mines", "[Mining] a [mine], [mined] for its minerals.", "all inflections"),
    ('"mines"', "[Mines], mining and a mine.", "in quotation marks as written"),
    ("negociations", "Une [négociation].", "a French inflection, accents folded"),
    ("cote", "[Côte] d’Ivoire", "accents are part of the word"),
    ("cooperation", "The [co\u00adoperation].", "and so is a soft hyphen"),
    ("aid", "[Aid] against AIDS [aids].", "no acronym is an inflection"),
    ("AIDS", "Aid against [AIDS] aids.", "S1-2h: in capitals, the acronym"),
    ("WHO", "Who says so? The [WHO].", "S1-2h: likewise"),
    # Operators.
    ("grain OR canal", "The [canal].", "the branch that holds"),
    ("(grain ships) OR canal", "Ships on a [canal].", "nothing of a branch that does not hold"),
    ("canal -grain", "The [canal] is ours.", "what is left out is not there"),
    ("canal -(ships grain)", "Ships on the [canal].", "nor marked when only part of it is"),
    ("NOT grain", "The canal.", "nothing was asked for"),
    ("canal NOT (ships NOT grain)", "Grain ships on the [canal].", "twice left out is not asked for"),
    ("speaker:panama canal", "The [canal] of Panama.", "a field marks nothing"),
    ("since:2000", "In 2000.", "nor does a date"),
    ("canal -speaker:chile", "The [canal] of Panama.", "one that is left out takes no mark away"),
    ("canal -(ships OR date:1999)", "The [canal].", "nor beside a word that is left out"),
    # Near.
    ('"ship canal lock"~0', "[ship] [canal] [lock] canal", "a word one place beyond them is not among them"),
    ('"ship canal lock"~1', "[ship] the [canal] [lock] canal", "nor behind the words between them"),
    ('"ship canal"~3', "[Canal] for a [ship], [canal] of all its grain and no ship.", "where they are near"),
    ('"the ship"~0', "[The] [ship], [the] old ship.", "two windows that share a word"),
    ('"mine mine"~1', "A [mine], a [mine] and another mine.", "a word given twice stands in two places"),
    # Patterns.
    ("disarm*", "[Disarmament]: [disarm], rearm.", "all words that begin so"),
    ("m?ne", "A [mine] is a [mane], not mines.", "one letter"),
    ("navigatin~", "[Navigation] of navigators.", "one letter away"),
    ("*arm", "[Disarm] the army.", "the end of a word"),
    # Quotations with wildcards and gaps.
    ('"cluster munition*"', "[Cluster munitions]: no cluster, no munitions.", "a pattern in a phrase"),
    ('"the m?nes"', "[The mines], [the manes] of mines.", "a wildcard inside a word, at each place"),
    ('"we must … act"', "[We must] at last [act], and [act], we.", "every end of a gap"),
    ('"we … act"', "Act! [We] [act], we.", "a gap of nothing, and nothing outside it"),
    ('"ban* … of use"', "Use of [bans]: [banned] is all [of use], of it.", "patterns and a gap"),
    ('"act … now" OR we', "[We] now act.", "nothing of one that does not hold"),
    # Scripts.
    ("核武器", "[核武器]，武器和核。", "ideographs that stand together"),
    ("العنقودية", "الأسلحة [العنقوديّة]", "vowel signs belong to the word"),
    ('"الاسلحة العنقودية"', "[الأسلحة العنقودية] محظورة", "an Arabic phrase"),
    ("½", "1[½] of it", "two words in one character are one stretch"),
    ("1 2", "The [½] of it", "also when each matched by itself"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "marked", "why"), MARKED)
def test_what_is_marked(typed: str, marked: str, why: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert with_brackets(text, found(typed, text)) == marked, why


def test_inflections_are_those_of_the_paragraphs_language() -> None:
    assert found("mines", "Mining a mine.", language=None) == ()


def test_exact_mode_marks_words_as_written() -> None:
    spans = found("mine", "Mining a mine.", mode=Mode.EXACT)
    assert with_brackets("Mining a mine.", spans) == "Mining a [mine]."


def test_a_quotation_longer_than_a_snippet_is_marked_as_far_as_it_is_shown() -> None:
    """S2-5: it was shown unmarked."""
    quoted = " ".join(f"word{number}" for number in range(60))
    text = f"Before it some words. {quoted} and after it."
    shown = snippet(text, found(f'"{quoted}"', text))
    assert shown.startswith("…**word0 word1 ")
    assert shown.endswith("**…")


def test_a_text_in_capitals_has_no_acronyms() -> None:
    assert with_brackets("NO MORE MINES", found("mine", "NO MORE MINES")) == "NO MORE [MINES]"


def found(
    typed: str, text: str, *, language: str | None = "en", mode: Mode = Mode.NORMAL
) -> tuple[Span, ...]:
    if "é" in text:
        language = "fr"
    return marked(typed, text, language=language, mode=mode)


def with_brackets(text: str, spans: tuple[Span, ...]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


# Texts of few words, so that questions match, and of odd letters, so that places are hard to keep.
pieces = st.sampled_from(
    [
        *(
            "mine",
            "Mines",
            "mining",
            "the",
            "THE",
            "canal",
            "ship",
            "AIDS",
            "aids",
            "aid",
            "Côte",
            "d’Ivoire",
        ),
        *("½", "核武器", "US$39", "co\u00adop", "\u200b", "－", "…", "x"),
    ]
)
texts = st.lists(pieces | st.text(max_size=8), max_size=120).map(" ".join)
questions = st.sampled_from(
    [
        *(
            "mine",
            "the canal",
            '"the canal"',
            '"the canal" "canal ship"',
            '"the canal" canal',
            '"mine mine"',
            '"canal ship" OR "ship the canal" OR aids',
            '"AIDS ship" aid*',
            '"d ivoire"',
            '"US 39"',
            '"mine mining"~2',
            "mi*",
            "c*l -ship",
            '"the can*"',
            '"mine … ship"',
        ),
        *("minin~1", "AIDS OR ship", "(mine ship) OR canal", "cote OR coop", "x the"),
        *("核武器", "US$39", "½", "1 2"),
    ]
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    """Draw a text and stretches of it, in order."""
    text = draw(texts)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    return text, tuple(zip(ends[::2], ends[1::2], strict=False))


@given(texts, questions)
def test_stretches_lie_in_the_text_in_order_and_never_overlap(text: str, typed: str) -> None:
    ends = [end for span in found(typed, text) for end in span]
    assert [0, *ends, len(text)] == sorted([0, *ends, len(text)])


@given(texts, questions)
def test_no_stretch_is_empty(text: str, typed: str) -> None:
    assert all(start < end for start, end in found(typed, text))


@given(texts_with_spans(), st.integers(20, SNIPPET_LENGTH))
def test_a_snippet_without_its_marks_stands_in_the_text(
    given_: tuple[str, tuple[Span, ...]], length: int
) -> None:
    text, spans = given_
    cut = snippet(text, spans, length=length)
    assert unmarked(cut, text) in text


@given(texts_with_spans(), st.integers(20, SNIPPET_LENGTH))
def test_a_snippet_is_no_longer_than_asked(given_: tuple[str, tuple[Span, ...]], length: int) -> None:
    text, spans = given_
    marks = snippet(text, spans, length=length).count(MARK) - text.count(MARK)
    assert len(snippet(text, spans, length=length)) <= length + 2 * len(ELLIPSIS) + marks * len(MARK)


@given(texts_with_spans(), st.integers(20, SNIPPET_LENGTH))
def test_a_snippet_shows_a_match_that_fits(given_: tuple[str, tuple[Span, ...]], length: int) -> None:
    text, spans = given_
    short = tuple(span for span in spans if span[1] - span[0] <= length)
    assert not short or any(
        f"{MARK}{text[start:end]}{MARK}" in snippet(text, short, length=length) for start, end in short
    )


@given(texts, questions)
def test_what_a_snippet_marks_is_a_match_or_as_much_of_it_as_is_shown(text: str, typed: str) -> None:
    spans = found(typed, text)
    marked = re.findall(r"\*\*(.*?)\*\*", snippet(text, spans), flags=re.DOTALL)
    matches = [text[start:end] for start, end in spans]
    assert "*" in text or all(any(one in match for match in matches) for one in marked)


@pytest.mark.parametrize("before", ["", "Mr. President, " * 40])
def test_a_match_longer_than_a_snippet_is_marked_up_to_the_cut(before: str) -> None:
    """S2-5."""
    said = " ".join(f"word{number}" for number in range(60))
    cut = snippet(f"{before}{said} and more.", found(f'"{said}"', f"{before}{said} and more."))
    assert re.fullmatch(r"…?\*\*word0 [^*]{200,}\*\*…", cut)


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(texts, questions, st.sampled_from(["en", "fr", None]))
def test_words_by_themselves_are_found_as_all_others_are(text: str, typed: str, language: str | None) -> None:
    short, long = (asked_of(typed, text, language=language) for _ in range(2))
    long.always_marked = False
    expected = highlights(text, language=language, asked=long)
    assume(expected)  # only paragraphs that match are marked
    assert highlights(text, language=language, asked=short) == expected


def unmarked(cut: str, text: str) -> str:
    """Take the marks and the dots at both ends off a snippet."""
    plain = cut.replace(MARK, "")
    if not text.startswith(plain):
        plain = plain.removeprefix(ELLIPSIS)
    return plain if text.endswith(plain) else plain.removesuffix(ELLIPSIS)
