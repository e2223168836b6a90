"""Whatever is typed is answered, or refused with a sentence."""

from __future__ import annotations

from faults.typed import is_sentence, refusal, typed
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Index, Mode, Sort


# What the language is made of, and what it is not made of, in any order and with or without spaces.
@settings(max_examples=1000, deadline=None)
@given(text=typed, mode=st.sampled_from(Mode), sort=st.sampled_from(Sort))
def test_any_text_is_answered_or_refused(index: Index, text: str, mode: Mode, sort: Sort) -> None:
    refused = refusal(index, text, mode=mode.value, sort=sort.value)
    assert refused is None or is_sentence(refused)


@settings(max_examples=300, deadline=None)
@given(value=typed, name=st.sampled_from(["speaker", "forum", "place", "language", "since", "until"]))
def test_any_value_of_an_option_is_taken_or_refused(index: Index, value: str, name: str) -> None:
    refused = refusal(index, "the", **{name: value})
    assert refused is None or is_sentence(refused)
