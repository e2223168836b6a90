"""A hundred thousand things to type: each is answered, or refused with a sentence.

Run it with ``pytest -m long tests/long/test_queries.py``; it takes about five minutes.
"""

from __future__ import annotations

import pytest
from faults.typed import is_sentence, refusal, typed
from hypothesis import HealthCheck, given, settings

from onrecord import Index

pytestmark = pytest.mark.long


@settings(max_examples=100_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=typed)
def test_any_of_very_many_texts_is_answered_or_refused(index: Index, text: str) -> None:
    refused = refusal(index, text)
    assert refused is None or is_sentence(refused)
