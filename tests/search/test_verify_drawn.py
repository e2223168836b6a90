"""Quotations drawn by seed from a small corpus, real and altered, and a brute-force search beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from oracles.quotations import KINDS, Altered, Text, altered, brute_force, drawn, words

from onrecord import Index, build, open_index
from onrecord.search.research.verification.verdict import Grade, Verdict

SPEAKERS = ("Albania", "Brazil", "Chile", "Denmark", "Egypt", "France", "Ghana", "Haiti")
# fmt: off
NOUNS = (
    "treaty", "mine", "village", "border", "child", "army", "canal", "forest", "harvest", "fishery", "school",
    "office", "offence", "field",
)
VERBS = (
    "protects", "clears", "ends", "changes", "affects", "finances", "opens", "closes", "follows", "supports",
)
# fmt: on
ADVERBS = ("does not", "never", "always", "still")
OTHERS = ["the", "every", "no", "this", "our", "their", "that", "each"]
LINKS = ["and", "but", "because", "while", "although", "before", "after"]


def sentence(random: Random) -> str:
    """Make a sentence that no other is like for long."""
    clauses = [
        f"{random.choice(OTHERS)} {random.choice(NOUNS)} {random.choice(ADVERBS)} "
        f"{random.choice(VERBS)} {random.choice((str(random.randint(2, 2_000)), 'many', 'some'))} "
        f"{random.choice(NOUNS)}s of {random.choice(OTHERS)} {random.choice(NOUNS)}"
        for _ in range(random.randint(1, 3))
    ]
    said = f" {random.choice(LINKS)} ".join(clauses)
    return f"{said[0].upper()}{said[1:]}, said {random.choice(SPEAKERS)}’s {random.choice(NOUNS)}."


def made(random: Random, number: int) -> tuple[str, list[str]]:
    """Make a statement: its heading and its paragraphs."""
    speaker = SPEAKERS[number % len(SPEAKERS)]
    heading = f"Statement by {speaker}\nGeneral Assembly\n({1 + number % 28} May {1990 + number}, New York)"
    return heading, [
        " ".join(sentence(random) for _ in range(random.randint(1, 3))) for _ in range(random.randint(3, 6))
    ]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder, random = tmp_path_factory.mktemp("texts"), Random(16)
    for number in range(24):
        heading, paragraphs = made(random, number)
        (folder / f"{number}.txt").write_text("\n\n".join([heading, *paragraphs]) + "\n", "utf-8")
    build(folder, into=folder / "index")
    with open_index(folder / "index") as index:
        yield index


@pytest.fixture(scope="module")
def statements(texts: Index) -> list[Text]:
    read = []
    for known in texts.addresses():
        hits = texts.show(str(known.now)).hits
        read.append(
            Text(tuple(hit.text for hit in hits), tuple(hit.address for hit in hits), hits[0].speaker)
        )
    return sorted(read, key=lambda text: text.addresses)


def named(verdict: Verdict) -> set[str]:
    return {str(verdict.address), *verdict.also}


def test_real_quotations_are_exact_and_verbatim_at_their_address(
    texts: Index, statements: list[Text]
) -> None:
    random = Random(1)
    for _ in range(150):
        one = drawn(statements, random)
        verdict = texts.verify(one.quotation)
        assert verdict.grade in (Grade.EXACT, Grade.SEVERAL), one
        assert verdict.verbatim, one
        assert one.address in named(verdict), one


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__.strip("_") for kind in KINDS])
def test_altered_quotations_are_never_exact_and_are_found(texts: Index, statements: list[Text], kind) -> None:  # type: ignore[no-untyped-def]
    random = Random(kind.__name__)
    if kind.__name__ == "_curly":  # what is drawn has its apostrophes curly
        assert all("’" in one for text in statements for one in text.paragraphs)
    for _ in range(12):
        changed = altered(kind, statements, random)
        check(changed, texts.verify(changed.quotation, speaker=changed.option))


def check(changed: Altered, verdict: Verdict) -> None:
    if changed.option:
        assert verdict.grade is Grade.MISATTRIBUTED or verdict.speaker == changed.option, changed
    elif changed.stays:
        assert verdict.grade in (Grade.EXACT, Grade.SEVERAL), (changed, verdict)
    else:
        assert not verdict.grade.is_exact or verdict.flags, (changed, verdict)
    if changed.found:
        assert changed.address in named(verdict), (changed, verdict)
    if changed.flag:
        assert changed.flag in {flag.value for flag in verdict.flags}, (changed, verdict)


def test_no_passage_is_nearer_than_the_one_that_is_named(texts: Index, statements: list[Text]) -> None:
    spoken = [words(" ".join(text.paragraphs)) for text in statements]
    random = Random(3)
    for number in range(30):
        changed = altered(KINDS[(0, 2, 3, 12, 13)[number % 5]], statements, random)
        quoted = words(changed.quotation)
        least = min(brute_force(quoted, one) for one in spoken)
        verdict = texts.verify(changed.quotation)
        assert verdict.spoken is not None, changed
        assert brute_force(quoted, words(verdict.spoken)) == least, (changed, verdict)


def test_what_is_exact_stands_in_a_statement_and_what_stands_there_is_exact(
    texts: Index, statements: list[Text]
) -> None:
    lines = [f" {' '.join(words(' '.join(text.paragraphs)))} " for text in statements]
    random = Random(4)
    for _ in range(200):
        length, text = random.randint(1, 7), random.choice(lines).split()
        start = random.randrange(len(text) - length)
        quoted = text[start : start + length]
        if random.random() < 0.5:
            quoted[random.randrange(length)] = random.choice(text)
        stands = [line for line in lines if f" {' '.join(quoted)} " in line]
        grade = texts.verify(" ".join(quoted)).grade
        assert (grade is Grade.EXACT, grade is Grade.SEVERAL) == (len(stands) == 1, len(stands) > 1), quoted


def test_a_long_quotation_is_refused_with_a_sentence(texts: Index, tmp_path: Path) -> None:
    from onrecord import QueryError

    with pytest.raises(QueryError, match=r"A quotation has at most 5,000 words and this one has 6,000"):
        texts.verify("peace " * 6_000)
