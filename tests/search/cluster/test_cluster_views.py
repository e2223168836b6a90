"""Counts, silence, concordances, addresses and quotations of a cluster are those of the local engine.

The same state of the same texts is asked in a folder and in a cluster: formats of all kinds, copies, texts
that are nearly the same, and an update that renamed, edited and took out some.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from cluster.nodes import Hosts

from onrecord import Index, build, open_index, update
from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import AddressError, ClusterError, NeedsLocalIndex
from onrecord.search.cluster import spoken, stretches, words_read
from onrecord.search.cluster.backend import open_cluster
from onrecord.search.cluster.loading import load_index
from onrecord.search.lexicon import FILE_NAME
from onrecord.search.results.stretches import LineSort
from onrecord.search.results.tally import Key

TESTS = Path(__file__).parents[2]
SEED = int(os.environ.get("ONRECORD_SEED", "1945"))
# Questions of each kind that are drawn in a run of the suite.
QUESTIONS = int(os.environ.get("ONRECORD_QUESTIONS", "12"))
_WORDS = (
    *("mines", "water", "peace", "treaty", "canal", "law", "border", "grain", "council", "of", "the", "and"),
    *("weapons", "nuclear", "side", "by", "climate", "change"),
)


class Both(NamedTuple):
    """One state of an index: in a folder, and in a cluster."""

    here: Index
    there: Index


@pytest.fixture(scope="module")
def both(hosts: Hosts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """An index of many kinds of texts that was changed after it was made."""
    texts, folder = tmp_path_factory.mktemp("views") / "texts", tmp_path_factory.mktemp("index") / "index"
    (folder.parent / FILE_NAME).write_text("code,kind,en\nown-thing,term,GRC|grain council\n", "utf-8")
    shutil.copytree(TESTS / "corpus", texts / "corpus")
    shutil.copytree(TESTS / "indexer" / "sources", texts / "sources")
    _write(texts)
    build(texts, into=folder)
    _change(texts)
    update(texts, into=folder)
    name = f"t{uuid4().hex[:12]}"
    try:
        load_index(folder, into=hosts.address(name))
        yield Both(open_index(folder), Index(open_cluster(hosts.address(name))))
    finally:
        hosts.ask("DELETE", f"/{name}*")


def _write(texts: Path) -> None:
    """Write speeches, the first of them twice, some nearly as others."""
    draw = Random(SEED)
    for number in range(30):
        speaker = draw.choice(("Panama", "Chad", "Norway", "Japan", "Chile"))
        said = [_sentence(draw) for _ in range(draw.randint(3, 9))]
        _speech(texts / "made" / f"{number}.md", speaker, 2000 + number % 7, said)
        if number < 4:
            _speech(texts / "again" / f"{number}.md", speaker, 2000 + number % 7, said)
        if number in (5, 6, 7):
            nearly = [text.replace(" mines ", " ships ") for text in said]
            _speech(texts / "nearly" / f"{number}.md", speaker, 2000 + number % 7, nearly)


def _sentence(draw: Random) -> str:
    return " ".join(draw.choices(_WORDS, k=draw.randint(8, 30))).capitalize() + "."


def _speech(path: Path, speaker: str, year: int, said: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n".join(said)
    path.write_text(f"---\nspeaker: {speaker}\ndate: {year}-05-0{year % 7 + 1}\n---\n\n{body}\n", "utf-8")


def _change(texts: Path) -> None:
    """Rename, edit and take out some texts, and take out a copy's original."""
    made = texts / "made"
    (made / "10.md").rename(made / "renamed.md")
    edited = made / "11.md"
    edited.write_text(edited.read_text("utf-8").replace("peace", "quiet"), "utf-8")
    (made / "12.md").unlink()
    (made / "0.md").unlink()


def said(index: Index, ask: Callable[[Index], Any]) -> Any:
    """Return what an index says, or the sentence that refuses it."""
    try:
        return ask(index)
    except AddressError as error:
        return str(error), error.near


def agree(both: Both, ask: Callable[[Index], Any]) -> None:
    assert said(both.there, ask) == said(both.here, ask)


def shown_alike(both: Both, address: str, **options: int) -> None:
    agree(both, lambda index: index.show(address, **options).as_dict())


def counted_alike(both: Both, question: Any, **options: Any) -> None:
    agree(both, lambda index: cells(index, question, **options))


def broad_alike(both: Both, question: str) -> None:
    agree(both, lambda index: index.search(question, mode="broad").as_dict())


def silence_alike(both: Both, question: str, **options: Any) -> None:
    agree(both, lambda index: index.silence(question, **options).as_dict())


def questions(number: int, *, seed: int) -> Iterator[str]:
    """Draw questions that have places of their own, and some that have none."""
    draw = Random(seed)
    for _ in range(number):
        one, other, third = draw.sample(_WORDS, 3)
        kinds = (
            *(one, f'"{one} {other}"', f"{one} OR {other}", f'{one} OR "{one} {other}"', f"{one[:3]}*"),
            *(
                f"{one} {other}",
                f"{one} -{other}",
                f'"{one} {other}" OR "{other} {third}"',
                f"speaker:chad {one}",
            ),
            *(
                f'"{one[:2]}* {other}"',
                f'"side by side" OR {one}',
                f"{one} OR {other[:2]}*",
                f'"{one} {other}"~4',
            ),
        )
        yield draw.choice(kinds)


def cells(index: Index, question: Any, **options: Any) -> Any:
    counts = index.count(question, **options)
    return list(counts), counts.total, counts.notes


@pytest.mark.parametrize("question", dict.fromkeys(questions(2 * QUESTIONS, seed=SEED)))
def test_questions_are_counted_cell_by_cell(both: Both, question: str) -> None:
    by = Random(question).sample(list(Key), 2)
    agree(both, lambda index: cells(index, question, by=by))


@pytest.mark.parametrize("key", Key)
def test_every_key_has_the_same_values_in_the_same_order(both: Both, key: Key) -> None:
    agree(both, lambda index: cells(index, "the OR of", by=key))


@pytest.mark.parametrize(
    "by", [(), ("language", "role"), ("year", "language"), ("speaker", "decade", "role")]
)
def test_several_keys_are_counted_together(both: Both, by: tuple[str, ...]) -> None:
    agree(both, lambda index: cells(index, {"a": "mines", "b": "peace OR water"}, by=by))


def test_of_statements_that_are_nearly_the_same_one_counts(both: Both) -> None:
    for question in ("mines", "ships", "the"):
        counted_alike(both, question, by="speaker", fold=True)
    assert (
        both.there.count("ships", fold=True).total.statements < both.there.count("ships").total.statements * 2
    )


@pytest.mark.parametrize("question", dict.fromkeys(questions(QUESTIONS, seed=SEED + 1)))
def test_who_spoke_and_who_did_not(both: Both, question: str) -> None:
    options: tuple[dict[str, Any], ...] = (
        {},
        {"fold": True},
        {"among": "persons"},
        {"absent": True, "since": 2003},
    )
    for some in options:
        silence_alike(both, question, **some)


@pytest.mark.parametrize("sort", LineSort)
@pytest.mark.parametrize("question", dict.fromkeys(questions(QUESTIONS // 2, seed=SEED + 2)))
def test_lines_are_listed_in_every_order(both: Both, question: str, sort: LineSort) -> None:
    agree(both, lambda index: index.kwic(question, sort=sort, limit=40, offset=2).as_dict())


def test_a_sample_of_lines_and_those_of_one_word(both: Both) -> None:
    agree(both, lambda index: index.kwic("the OR mines", sample=20, seed=3, limit=None).as_dict())
    agree(both, lambda index: index.kwic("mines peace", node="peace", fold=True, limit=None).as_dict())


@pytest.mark.parametrize("question", dict.fromkeys(questions(QUESTIONS // 2, seed=SEED + 3)))
def test_the_words_near_a_question_and_those_that_mark_two_sides(both: Both, question: str) -> None:
    agree(both, lambda index: index.near(question, minimum=1).as_dict())
    agree(both, lambda index: index.near(question, window=2, fold=True, since=2002).as_dict())
    agree(both, lambda index: index.compare(question, "speaker:norway", minimum=1).as_dict())
    agree(both, lambda index: index.compare("peace", "water", question).as_dict())


def test_every_address_that_was_ever_given_leads_where_it_did(both: Both) -> None:
    known = sorted(both.here.addresses(), key=lambda one: one.address)
    assert sorted(both.there.addresses(), key=lambda one: one.address) == known
    assert {one.now == one.address for one in known} == {True, False}
    assert any(one.now is None for one in known)
    assert any(one.edited for one in known)
    live = Random(SEED).sample([one for one in known if one.now == one.address], 2 * QUESTIONS)
    for one in [*live, *(one for one in known if one.edited or one.now != one.address)]:
        shown_alike(both, one.address)
        shown_alike(both, f"{one.address}#2", context=1)
        shown_alike(both, one.address.rpartition("-")[2])
        shown_alike(both, one.address.rpartition("-")[0])
    slugs = [one.address for one in known]
    agree(both, lambda index: dict(index.shown_as([*slugs, "never-given"])))


def test_an_address_with_a_fingerprint_leads_to_its_words(both: Both) -> None:
    for hit in both.here.search("mines", limit=20).hits:
        moved = hit.lasting_address.replace(f"#{hit.number}~", f"#{hit.number + 1}~")
        other = f"{hit.lasting_address[:-1]}{'a' if hit.lasting_address[-1] != 'a' else 'b'}"
        for address in (hit.lasting_address, moved, other, f"{hit.statement}#9999"):
            shown_alike(both, address)


@pytest.mark.parametrize("typed", ["no-such-statement", "2001", "chad", "", "x#y", "panama-zzzzz#1"])
def test_an_address_that_there_is_not_is_refused_in_the_same_words(both: Both, typed: str) -> None:
    agree(both, lambda index: index.show(typed).as_dict())


def test_statements_that_are_nearly_the_same_are_named(both: Both) -> None:
    nearly = [both.there.show(hit.statement)[0].also_as for hit in both.there.search("ships", limit=9)]
    assert any(nearly)


def statements(index: Index) -> list[list[str]]:
    """Return the texts of all statements that are shown, paragraph by paragraph."""
    slugs = {hit.statement for hit in index.stream("-absent")}
    return [[hit.text for hit in index.show(slug)] for slug in sorted(slugs)]


def quotations(index: Index, *, seed: int) -> Iterator[tuple[str, str]]:
    """Draw quotations: as they stand, over ends of paragraphs, with words left out, exchanged, put in."""
    draw = Random(seed)
    for texts in draw.sample(statements(index), QUESTIONS):
        at = draw.randrange(len(texts))
        spoken_words = texts[at].split()
        some = spoken_words[: draw.randint(5, 25)]
        yield "as it stands", " ".join(some)
        yield "elided", f"{' '.join(spoken_words[:4])} [...] {' '.join(spoken_words[-4:])}"
        if len(some) > 11:
            yield "another word", " ".join([*some[:5], "bananas", *some[6:]])
        for one, other in pairwise(texts[at : at + 2]):
            yield "over an end", " ".join([*one.split()[-5:], *other.split()[:5]])
        for one, middle, other in zip(texts[at:], texts[at + 1 :], texts[at + 2 : at + 3], strict=False):
            yield "over two ends", " ".join([*one.split()[-2:], middle, *other.split()[:2]])


def test_quotations_are_graded_alike(both: Both) -> None:
    for kind, quotation in quotations(both.here, seed=SEED):
        for claims in ({}, {"speaker": "Chad"}, {"date": 2003}):
            here, there = (index.verify(quotation, **claims).as_dict() for index in both)
            if here["grade"] == "altered":  # of passages as near the first by address is named
                here, there = (
                    {name: one[name] for name in ("grade", "flags", "differs")} for one in (here, there)
                )
            assert there == here, (kind, quotation)


def test_a_quotation_is_found_wherever_its_words_follow_each_other(both: Both) -> None:
    """The texts, read word by word, say in how many statements words follow each other."""
    every = [[word for text in texts for word in words(text)] for texts in statements(both.here)]
    for _, quotation in quotations(both.here, seed=SEED + 5):
        wanted = words(quotation)
        holding = sum(any(one[at : at + len(wanted)] == wanted for at in range(len(one))) for one in every)
        runs = both.there._backend.spoken.runs(wanted)
        assert len(set(runs.statements.tolist())) == holding, quotation


def test_a_document_is_verified_and_words_are_cited(both: Both) -> None:
    said = [quotation for kind, quotation in quotations(both.here, seed=SEED + 6) if kind == "as it stands"]
    document = "\n\n".join(f'He said: "{quotation}"' for quotation in said)
    agree(both, lambda index: [verdict.as_dict() for verdict in index.verify_text(document)])
    cited = [hit.address for hit in both.here.search("mines").hits]
    agree(both, lambda index: index.cite(cited, quote=True))


def test_an_export_is_the_same_to_the_byte_and_is_replayed(both: Both, tmp_path: Path) -> None:
    def exported(index: Index, **options: Any) -> bytes:
        into = BytesIO()
        index.export("mines OR peace", into, form="csv", **options)
        return into.getvalue()

    agree(both, exported)
    agree(both, lambda index: exported(index, sample=9, seed=2, fold=True))
    both.here.export("mines", tmp_path / "mines.jsonl")
    assert both.there.replay(tmp_path / "mines.jsonl.record.json").same


def test_a_brief_is_the_same(both: Both) -> None:
    topics = {"mines": "mines", "water": "water OR canal"}
    agree(both, lambda index: index.brief(topics, silence=True, absent=True, since=2003).as_dict())


def test_it_says_of_itself_what_the_index_said_that_was_loaded(both: Both) -> None:
    def told(index: Index) -> dict[str, Any]:
        return {
            name: value for name, value in index.status().as_dict().items() if name not in ("path", "size")
        }

    agree(both, told)
    assert both.there.status().path.startswith("opensearch+http://")
    assert both.there.status().size
    agree(both, lambda index: (index.generation, index.version, index._backend.fingerprint()))


def test_broad_mode_knows_the_entries_beside_the_index_that_was_loaded(both: Both) -> None:
    for question in ("NPT", "GRC", "grain council"):
        broad_alike(both, question)
    assert both.there.search("GRC", mode="broad").total > both.there.search("GRC").total
    assert both.there.lexicon().left_out == both.here.lexicon().left_out == ()


def test_what_is_forgotten_is_asked_again(both: Both) -> None:
    before = cells(both.there, "mines", by="speaker")
    both.there.forget()
    assert cells(both.there, "mines", by="speaker") == before


def test_more_paragraphs_than_can_be_read_are_refused_by_name(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretches, "MOST_HELD", 3)
    monkeypatch.setattr(words_read, "MOST_READ", 3)
    monkeypatch.setattr(spoken, "_MOST_READ", 3)
    refused: tuple[Callable[[Index], Any], ...] = (
        lambda index: index.kwic("the"),
        lambda index: index.near("the"),
        lambda index: index.compare("the", "of"),
        lambda index: index.verify("the"),
        lambda index: index.whoosh_searcher(),
    )
    for ask in refused:
        with pytest.raises(NeedsLocalIndex, match="An index of a cluster cannot do this"):
            ask(both.there)
    with pytest.raises(NeedsLocalIndex) as error:
        both.there.kwic("the")
    assert "at most 3 are read; ask an index in a folder instead." in str(error.value)


def test_an_open_index_stays_on_its_generation_until_it_is_refreshed(hosts: Hosts, tmp_path: Path) -> None:
    texts, folder, name = tmp_path / "texts", tmp_path / "index", f"t{uuid4().hex[:12]}"
    _speech(texts / "one.md", "Chad", 2001, ["Mines of the first state."])
    build(texts, into=folder)
    try:
        load_index(folder, into=hosts.address(name))
        opened = Index(open_cluster(hosts.address(name)))
        _speech(texts / "two.md", "Chile", 2002, ["Mines of the second state."])
        update(texts, into=folder)
        load_index(folder, into=hosts.address(name))
        assert (opened.search("mines").total, opened.count("mines").total.paragraphs) == (1, 1)
        assert (opened.refresh(), opened.refresh()) == (True, False)
        assert (opened.search("mines").total, opened.count("mines").total.paragraphs) == (2, 2)
    finally:
        hosts.ask("DELETE", f"/{name}*")


def test_a_paragraph_that_is_gone_is_damage_and_no_shorter_answer(hosts: Hosts, tmp_path: Path) -> None:
    texts, folder, name = tmp_path / "texts", tmp_path / "index", f"t{uuid4().hex[:12]}"
    _speech(texts / "one.md", "Chad", 2001, ["Mines here.", "Mines there."])
    build(texts, into=folder)
    try:
        load_index(folder, into=hosts.address(name))
        opened = Index(open_cluster(hosts.address(name)))
        [slug] = {one.address for one in opened.addresses()}
        hosts.ask("PUT", f"/{name}-000001/_settings", {"index": {"blocks.write": False}})
        second = {"bool": {"filter": [{"term": {"statement": slug}}, {"term": {"number": 2}}]}}
        hosts.ask("POST", f"/{name}-000001/_delete_by_query?refresh=true", {"query": second})
        with pytest.raises(ClusterError, match="is damaged"):
            opened.show(slug)
        with pytest.raises(ClusterError, match="is damaged"):
            list(opened.addresses())
    finally:
        hosts.ask("DELETE", f"/{name}*")
