"""Two hundred questions as a model puts them, to a large index; every quotation of every answer verified.

Run it with::

    ONRECORD_LONG_INDEX=index pytest -m long tests/long/test_many_questions_of_models.py --log-cli-level=INFO

``ONRECORD_LONG_INDEX`` names the folder of an index, such as that of the General Debate. It takes a minute.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from mcp import Client
from mcp_client import text_of, with_client
from oracles.asked import quoted_in_data, quoted_in_text, scripted

from onrecord import Index, open_index
from onrecord.search.mcp.answer import MOST_OF_ANSWER, MOST_OF_TEXT

pytestmark = pytest.mark.long

log = logging.getLogger("onrecord.long")
QUESTIONS = 200


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    folder = os.environ.get("ONRECORD_LONG_INDEX")
    if not folder:
        pytest.skip("ONRECORD_LONG_INDEX does not name the folder of an index")
    with open_index(folder) as opened:
        yield opened


def test_every_quotation_of_200_answers_is_exact_at_its_address(index: Index) -> None:
    graded, sizes = Counter[str](), list[int]()

    async def talk(client: Client) -> None:
        for question in scripted(index, number=QUESTIONS):
            result = await client.call_tool(question.tool, question.arguments)
            assert not result.is_error, (question, text_of(result))
            assert result.structured_content is not None
            sizes.append(len(result.model_dump_json(by_alias=True)))
            assert sizes[-1] <= MOST_OF_ANSWER
            assert len(text_of(result)) <= MOST_OF_TEXT
            data, text = [*quoted_in_data(result.structured_content)], [*quoted_in_text(text_of(result))]
            assert len(data) == len(text)
            for quoted, times in Counter([*data, *text]).items():
                verdict = index.verify(quoted.words, address=quoted.address)
                assert verdict.grade.is_exact, (question, quoted, verdict)
                graded[verdict.grade.value] += times

    with_client(index, talk)
    log.info("%d questions: %s; largest answer %d characters", QUESTIONS, dict(graded), max(sizes))
