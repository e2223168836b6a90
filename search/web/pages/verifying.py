"""The page on which somebody pastes a text and sees its quotations graded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qsl

from onrecord.indexer.errors import RequestError
from onrecord.search.research.verification.quotations import quotations_in
from onrecord.search.research.verification.verdict import EditKind, Grade, Verdict
from onrecord.search.web.pages.printing import page
from onrecord.search.web.pages.visit import Visit
from onrecord.search.web.resource import LONGEST_BODY, Asked, Reply
from onrecord.search.web.view import View

__all__ = ["SENT", "SENT_AT_MOST", "verify_form", "verify_page"]

#: What a form sends, and how long that may be: a letter is as many as nine bytes in it.
SENT = "application/x-www-form-urlencoded"
SENT_AT_MOST = 3 * LONGEST_BODY
# Quotations that are graded at once, and letters of a text that stands in the form again.
_MOST = 40
_SHOWN_AGAIN = 8_000


class Piece(NamedTuple):
    """Words of a quotation: as they are, or "quoted" and not so said, or "spoken" and not so quoted."""

    kind: str
    words: str


def verify_form(view: View, asked: Asked, visit: Visit) -> Reply:
    """Show the form, with the words of a paragraph in it where one is named."""
    text = ""
    if "address" in asked.values:
        passage = view.index.show(asked.values["address"], context=0)
        text = f"“{passage[0].text}” [{passage[0].lasting_address}]"
    return page("verify.html", visit, text=text, verdicts=None)


def verify_page(view: View, asked: Asked, visit: Visit) -> Reply:
    """Grade the quotations of a text."""
    text = _sent(asked.body)
    verdicts = view.index.verify_text(text, most=_MOST)
    beyond = max(0, len(quotations_in(text)) - _MOST)
    return replace(
        page(
            "verify.html",
            visit,
            text=text if len(text) <= _SHOWN_AGAIN else "",
            verdicts=[(one, list(_pieces(one))) for one in verdicts],
            grades=[
                (grade, number)
                for grade in Grade
                if (number := sum(one.grade is grade for one in verdicts)) > 0
            ],
            beyond=beyond,
        ),
        lasting=False,
    )


def _sent(body: bytes) -> str:
    try:
        sent = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=10))
    except (UnicodeDecodeError, ValueError) as error:
        raise RequestError(
            "The form was not sent as a form is; send it again.", status=400, kind="body"
        ) from error
    text = sent.get("text", "").replace("\r\n", "\n")
    if len(text.encode("utf-8", "replace")) > LONGEST_BODY:
        raise RequestError(
            f"The text is longer than {LONGEST_BODY:,} bytes; verify it in parts.",
            status=413,
            kind="too-large",
        )
    return text


def _pieces(verdict: Verdict) -> Iterator[Piece]:
    """Take a quotation apart at the words that are others in the statement."""
    at = 0
    for edit in sorted(verdict.edits, key=lambda one: (one.start, one.end)):
        if edit.start > at:
            yield Piece("same", verdict.quotation[at : edit.start])
        if edit.kind is not EditKind.LEFT_OUT:
            yield Piece("quoted", verdict.quotation[edit.start : edit.end])
        if edit.kind is not EditKind.ADDED:
            yield Piece("spoken", edit.spoken)
        at = max(at, edit.end)
    if at < len(verdict.quotation):
        yield Piece("same", verdict.quotation[at:])
