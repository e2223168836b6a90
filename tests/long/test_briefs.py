"""Briefs on a whole corpus: the demonstration, and other topics and years, every quotation verified.

Run it with::

    ONRECORD_LONG_INDEX=INDEX pytest -m long tests/long/test_briefs.py --log-cli-level=INFO

``ONRECORD_LONG_INDEX`` names an index of the UN General Debate corpus (doi:10.7910/DVN/0TJX8Y), as
`test_general_debate` leaves one behind. It takes some minutes. Times are processor time.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import Index, open_index, read_topics
from onrecord.indexer.reading.with_notes import read_with_notes
from onrecord.search.cli import main
from onrecord.search.research.verification.quotations import quotations_in

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")

FORMS = ("md", "html", "docx")
BRIEFS = [
    *(("lancet", year, year, 2) for year in (1965, 1990, 2014, 2018)),
    *(("disarmament", year, year, 2) for year in (1946, 1961, 1975, 1988, 2003, 2014)),
]
# Delegations on each of some topics in 2014, as Reaching Critical Will counted them by hand, and as they are
# found.
BY_HAND_2014 = {
    "disarmament": (27, 27),
    "nuclear weapons": (41, 41),
    "arms trade": (21, 22),
    "explosive weapons": (16, 19),
    "chemical weapons": (14, 15),
    "small arms": (10, 9),
}


@pytest.fixture(scope="module")
def folder() -> Path:
    folder = os.environ.get("ONRECORD_LONG_INDEX")
    if not folder:
        pytest.skip("ONRECORD_LONG_INDEX does not name an index of the UN General Debate corpus")
    return Path(folder).expanduser()


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_index(folder) as opened:
        yield opened


@pytest.mark.parametrize("form", FORMS)
def test_the_demonstration(folder: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"brief.{form}"
    asked = ["brief", "topics/lancet.yaml", "--forum", "general debate", "--since", "2018", "--until", "2018"]
    made = CliRunner().invoke(main, [*asked, "--silence", "-o", str(path), "-i", str(folder)])
    assert made.exit_code == 0, made.output
    assert made.stderr.splitlines()[1:] == [
        "climate: 391 paragraphs in 148 statements; 148 speakers on it, 48 not on it; 148 quotations",
        "health: 174 paragraphs in 101 statements; 101 speakers on it, 95 not on it; 101 quotations",
    ]
    verified = CliRunner().invoke(main, ["verify", str(path), "-i", str(folder)])
    assert (verified.exit_code, verified.stderr) == (0, "249 quotations: 249 exact\n")


@pytest.mark.parametrize(("topics", "since", "until", "quotes"), BRIEFS)
def test_every_quotation_of_other_briefs_is_exact(
    index: Index, tmp_path: Path, topics: str, since: int, until: int, quotes: int
) -> None:
    began = time.process_time()
    made = index.brief(topics, since=since, until=until, silence=True, quotes=quotes)
    taken = time.process_time() - began
    quotations = [(one.text, one.address) for topic in made.topics for one in topic.quotations]
    log.info("%s %d to %d: %d quotations in %.1f s", topics, since, until, len(quotations), taken)
    for form in FORMS:
        made.save(tmp_path / f"brief.{form}")
        found = quotations_in(read_with_notes(tmp_path / f"brief.{form}").text) if quotations else ()
        assert [(one.text, one.address) for one in found] == quotations
    verdicts = index.verify_text(made.markdown()) if quotations else ()
    assert [(one.quotation, one.lasting_address) for one in verdicts] == quotations
    assert [one for one in verdicts if one.needs_eyes] == []
    for topic in made.topics:
        assert len({one.code for one in topic.quotations}) + len(topic.not_quoted) == len(topic.silence.spoke)
        log.info("%s: %d not quoted", topic.name, len(topic.not_quoted))


def test_delegations_on_topics_of_disarmament(index: Index) -> None:
    found = index.silence(read_topics("disarmament"), since=2014, until=2014, forum="general debate")
    for topic, (by_hand, then) in BY_HAND_2014.items():
        log.info("%s: %d delegations; by hand %d", topic, len(found[topic].spoke), by_hand)
        assert len(found[topic].spoke) == then
        assert abs(then - by_hand) <= 3
