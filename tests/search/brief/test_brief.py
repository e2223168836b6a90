"""A brief beside the tools it is made of, and every quotation in it read back and verified."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from oracles.hard_to_quote import STATEMENTS, TOPICS, written

from onrecord import Brief, Index, build, open_index, update
from onrecord.indexer.analysis.words import words
from onrecord.indexer.errors import ExportError, QueryError
from onrecord.indexer.reading.with_notes import read_with_notes
from onrecord.search.brief.quoting import LONGEST
from onrecord.search.cli import main
from onrecord.search.research.verification.quotations import quotations_in
from onrecord.search.research.verification.verdict import Grade

FORMS = ("md", "html", "docx")
TOPICS_FILE = "mines: mines\nwater: '\"the sea\" OR water'\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    (folder / "texts").mkdir()
    (folder / "water.yaml").write_text(TOPICS_FILE, "utf-8")
    build(written(folder / "texts"), into=folder / "index")
    return folder


@pytest.fixture(scope="module")
def texts(folder: Path) -> Iterator[Index]:
    with open_index(folder / "index") as opened:
        yield opened


@pytest.fixture(scope="module")
def brief(texts: Index) -> Brief:
    return texts.brief(TOPICS, silence=True, absent=True, quotes=2, since=2018, until=2018)


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    def run(*args: str) -> Result:
        return CliRunner().invoke(main, [*args, "-i", str(folder / "index")])

    return run


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("topics", [TOPICS, {'the "open" «sea»': "sea"}, {"no": "zebras"}], ids=str)
def test_every_quotation_of_a_brief_is_exact_at_its_address(
    texts: Index, topics: dict[str, str], form: str, tmp_path: Path
) -> None:
    made, path = texts.brief(topics, quotes=2, silence=True), tmp_path / f"brief.{form}"
    made.save(path)
    quotations = [one for topic in made.topics for one in topic.quotations]
    if not quotations:
        return
    verdicts = texts.verify_text(read_with_notes(path).text)
    assert [one.quotation for one in verdicts] == [one.text for one in quotations]
    assert [one.lasting_address for one in verdicts] == [one.address for one in quotations]
    assert not any(one.needs_eyes for one in verdicts)
    assert {one.grade for one in verdicts} <= {Grade.EXACT, Grade.ELIDED, Grade.BRACKETED}


@pytest.mark.parametrize("form", FORMS)
def test_the_command_makes_it_and_verify_says_so(run: Callable[..., Result], folder: Path, form: str) -> None:
    path = folder / f"command.{form}"
    done = run("brief", str(folder / "water.yaml"), "--forum", "general debate", "--silence", "-o", str(path))
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    verified = run("verify", str(path))
    assert verified.exit_code == 0, verified.output
    assert verified.stderr.startswith("21 quotations: 21 exact")


def test_all_speakers_are_quoted_or_named_as_not_quoted(brief: Brief) -> None:
    mines = brief.topics[0]
    quoted = {one.speaker for one in mines.quotations}
    assert {one.name for one in mines.silence.spoke} - quoted == {"Cuba"}
    [cuba] = mines.not_quoted
    assert cuba == next(one.first for one in mines.silence.spoke if one.name == "Cuba")
    assert cuba in brief.markdown()


def test_a_quotation_is_a_whole_sentence_of_one_paragraph(brief: Brief) -> None:
    said = [paragraph for some in STATEMENTS.values() for paragraph in some]
    for topic in brief.topics:
        for one in topic.quotations:
            assert any(" ".join(words(one.text)) in " ".join(words(paragraph)) for paragraph in said)
    texts = [one.text for one in brief.topics[0].quotations]
    assert "Mines kill long after wars." in texts
    assert "我们支持禁止地雷 mines 的努力。" in texts
    assert (
        "Nous disons « plus de mines » et « plus jamais de mines antipersonnel », et nous y tenons." in texts
    )
    assert 'צה"ל פינה mines רבים מן השטח "בשנה האחרונה" ועוד נשאר הרבה לעשות.' in texts


def test_too_short_a_sentence_takes_the_next_one_along(brief: Brief) -> None:
    [fiji] = [one.text for one in brief.topics[0].quotations if one.speaker == "Fiji"]
    assert fiji == "Mines! We have none."


def test_a_sentence_with_letters_that_deceive_is_passed_over(brief: Brief) -> None:
    assert "Mines lie there for ever." in {one.text for one in brief.topics[0].quotations}


def test_a_long_sentence_is_cut_unless_that_would_leave_out_a_word_that_denies(brief: Brief) -> None:
    by_speaker = {one.speaker: one.text for one in brief.topics[0].quotations}
    assert by_speaker["Mali"].startswith("The mines that we find in the north,")
    assert by_speaker["Mali"].endswith(" …")
    assert len(words(by_speaker["Mali"])) <= LONGEST
    assert by_speaker["Togo"].endswith("and we do not accept it.")
    assert len(words(by_speaker["Togo"])) > LONGEST


def test_figures_are_those_of_silence_and_count(texts: Index, brief: Brief) -> None:
    for name, typed in TOPICS.items():
        [topic] = [one for one in brief.topics if one.name == name]
        assert topic.silence == texts.silence(typed, absent=True, since=2018, until=2018)
        total = texts.count(typed, by="delegation", since=2018, until=2018).total
        assert (topic.paragraphs, topic.statements) == (total.paragraphs, total.statements)
        assert (topic.of_paragraphs, topic.of_statements) == (total.of_paragraphs, total.of_statements)


def test_the_query_of_a_row_finds_what_it_counts(texts: Index, brief: Brief) -> None:
    for topic in brief.topics:
        for one in topic.silence:
            found = texts.search(str(topic.query_of(one)), since=2018, until=2018, limit=0)
            assert (found.total, found.statements) == (one.paragraphs, one.statements)
            given = texts.search(str(topic.field_of(one)), since=2018, until=2018, limit=0)
            assert given.statements == one.of_statements


def test_the_commands_behind_the_figures_say_them(brief: Brief, run: Callable[..., Result]) -> None:
    for topic in brief.topics:
        said = {name: run(*shlex.split(typed)[1:]).stderr for name, typed in topic.found_by.items()}
        spoke, silent = len(topic.silence.spoke), len(topic.silence.silent)
        assert said["silence"].startswith(f"{spoke} speakers on it, {silent} not on it, ")
        found = f"{topic.paragraphs} paragraphs in {topic.statements} statements"
        assert said["search"].startswith(found)
        assert f"{found}, of {topic.of_paragraphs} in {topic.of_statements} " in said["count"]


def test_a_footnote_is_the_citation_with_the_lasting_address(texts: Index, brief: Brief) -> None:
    for topic in brief.topics:
        for one in topic.quotations:
            assert one.citation == texts.cite(one.address)
            assert one.citation.endswith(f"[{one.address}].")
            assert f": {one.citation}\n" in brief.markdown()


def test_speakers_are_quoted_in_the_order_in_which_they_are_listed(brief: Brief) -> None:
    listed = [one.name for one in brief.topics[0].silence.spoke]
    quoted = list(dict.fromkeys(one.speaker for one in brief.topics[0].quotations))
    assert quoted == [name for name in listed if name in quoted]
    japan = [one.text for one in brief.topics[0].quotations if one.speaker == "Japan"]
    assert japan == [
        "Mines kill long after wars.",
        "Mines, mines and again mines are what our children find.",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_texts_give_the_same_bytes_whatever_came_first(
    brief: Brief, form: str, tmp_path: Path
) -> None:
    (tmp_path / "texts").mkdir()
    paths = sorted(written(tmp_path / "texts").iterdir(), reverse=True)
    for path in paths:
        update(path, into=tmp_path / "index")
    with open_index(tmp_path / "index") as other:
        again = other.brief(TOPICS, silence=True, absent=True, quotes=2, since=2018, until=2018)
    assert again.dump(form) == brief.dump(form)


def test_the_silent_and_the_absent_are_listed_where_that_is_asked(texts: Index) -> None:
    plain, full = texts.brief(TOPICS).markdown(), texts.brief(TOPICS, silence=True, absent=True).markdown()
    assert "Haiti" in full.partition("### Spoke, and not on it")[2].partition("###")[0]
    assert "Sweden;" in full.partition("### Did not speak")[2].partition("##")[0]
    assert "### Spoke" not in plain
    assert "### Did" not in plain


def test_it_says_how_it_was_made(texts: Index, folder: Path, run: Callable[..., Result]) -> None:
    made = texts.brief(folder / "water.yaml", since=2018, mode="exact", quotes=0).made
    assert made.command == "onrecord brief water.yaml --since 2018 --mode exact --quotes 0"
    assert made.filters == {"since": "2018", "mode": "exact"}
    assert texts.brief(TOPICS).made.command is None
    out = run("brief", str(folder / "water.yaml"), "--since", "2018").stdout
    assert f"| index fingerprint | `{made.fingerprint}` |" in out
    assert "| versions onrecord | `0.1.0` |" in out


def test_json_is_a_topic_a_line(texts: Index, run: Callable[..., Result], folder: Path) -> None:
    out = run("brief", str(folder / "water.yaml"), "--json", "--since", "2018", "--silence").stdout
    lines = [json.loads(line) for line in out.splitlines()]
    made = texts.brief(folder / "water.yaml", since=2018, silence=True)
    assert lines == json.loads(json.dumps(made.as_dicts()))
    assert [line["topic"] for line in lines] == ["mines", "water"]
    assert lines[0]["silent"][0]["query"].startswith("speaker:")


def test_a_file_that_is_not_there_is_the_one_that_comes_along(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    for command in (("count", "--topics"), ("silence", "--topics"), ("brief",)):
        told = run(*command, "topics/lancet.yaml")
        assert told.exit_code == 0, told.output
        assert "There is no topics/lancet.yaml; taken was lancet, which comes with On Record." in told.stderr
        assert "There is no" not in run(*command, "lancet").stderr
    own = tmp_path / "lancet.yaml"
    own.write_text("sea: sea\n", "utf-8")
    assert run("brief", str(own)).stdout.startswith("# Brief: lancet\n\n## sea\n")
    refused = run("brief", "topics/nothing.yaml")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "onrecord: topics/nothing.yaml cannot be read as a file of topics; give a file of YAML, or one of"
        " disarmament, lancet.\n",
    )


def test_what_is_no_form_is_refused_before_the_work(
    run: Callable[..., Result], brief: Brief, tmp_path: Path
) -> None:
    refused = run("brief", "lancet", "-o", str(tmp_path / "brief.txt"))
    sentence = f"{tmp_path / 'brief.txt'}: a brief is written as md, docx, html; end the name in one of them."
    assert (refused.exit_code, refused.stderr) == (1, f"onrecord: {sentence}\n")
    with pytest.raises(ExportError, match="is no form of a brief; write one of md, docx, html"):
        brief.dump("pdf")


def test_what_is_no_number_is_refused(texts: Index) -> None:
    with pytest.raises(QueryError):
        texts.brief(TOPICS, quotes=-1)
    with pytest.raises(QueryError):
        texts.brief({})


def test_a_query_tree_has_no_command(texts: Index) -> None:
    from whoosh.query import Term

    [topic] = texts.brief({"mines": Term("text", "mines")}).topics
    assert (topic.query, topic.found_by, topic.narrowed) == (None, {}, {})
    assert topic.quotations


def test_notes_are_counted_and_not_quoted_as_words_that_were_spoken(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for speaker, said, note in (
        ("Sweden", "We look on as every year.", "On mines see the treaty of that year."),
        ("Norway", "We speak of mines as every year.", "On mines and mines see the treaty."),
    ):
        head = f"---\nspeaker: {speaker}\ndate: 2018-09-20\nforum: General Debate\nlanguage: en\n---\n\n"
        path = tmp_path / "texts" / f"{speaker}.md"
        path.write_text(f"{head}{said}[^1]\n\nIt goes on from here.\n\n[^1]: {note}\n", "utf-8")
    build(tmp_path / "texts", into=tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert {hit.role for hit in index.search("treaty")} == {"note"}
        [mines] = index.brief({"mines": "mines"}).topics
    assert [(one.speaker, one.text) for one in mines.quotations] == [
        ("Norway", "We speak of mines as every year.")
    ]
    assert [one.name for one in mines.silence.spoke] == ["Norway", "Sweden"]
    assert len(mines.not_quoted) == 1


def test_words_that_were_read_off_a_picture_are_said_to_be(texts: Index) -> None:
    made = texts.brief({"sea": "sea"}, since=2018, until=2018)
    [topic] = made.topics
    doubted = replace(topic, quotations=tuple(replace(one, recognised=True) for one in topic.quotations))
    page = replace(made, topics=(doubted,)).markdown()
    assert page.count(" (read by text recognition: any word may be wrong)") == len(topic.quotations) > 0
    assert [one.text for one in quotations_in(page)] == [one.text for one in topic.quotations]


def test_persons_may_be_looked_at(texts: Index) -> None:
    assert texts.brief(TOPICS, among="persons").topics[0].silence.spoke == ()


def test_other_programs_read_it(brief: Brief, tmp_path: Path) -> None:
    brief.save(tmp_path / "brief.docx")
    document = docx.Document(str(tmp_path / "brief.docx"))
    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 2"] == [
        *TOPICS,
        "How this brief was made",
    ]
    assert len(document.tables[0].rows) == 1 + len(brief.topics[0].silence.spoke)
    assert 'dir="rtl"' in brief.html()
    assert 'lang="zh"' in brief.html()


def test_nothing_but_what_was_said_stands_in_quotation_marks(texts: Index) -> None:
    made = texts.brief({'a "topic" `x`': '"the sea" OR `mines` OR "mines kill long"'}, forum="general debate")
    found = [one.text for one in quotations_in(made.markdown())]
    assert found == [one.text for one in made.topics[0].quotations]
    assert '`` a "topic" `x` ``' in made.markdown()
