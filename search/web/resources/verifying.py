"""`/verify`: quotations in, verdicts out."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.indexer.errors import RequestError
from onrecord.search.web.answers import VerifyAnswer, VerifyBody
from onrecord.search.web.resource import JSON, Asked, Form, Reply, Resource, in_json
from onrecord.search.web.view import View

__all__ = ["MOST_QUOTATIONS", "VERIFY"]

#: Quotations in one request: each takes up to a tenth of a second.
MOST_QUOTATIONS = 200
_NEAREST_AT_MOST = 10
# Bytes of a body with some ten quotations, which take a tenth of a second together.
_DEAR_BODY = 4 << 10


def _verify(view: View, asked: Asked) -> Reply:
    body = _read(asked.body)
    quotations, nearest = body["quotations"], body.get("nearest", 3)
    if len(quotations) > MOST_QUOTATIONS:
        raise _refused(f"There are {len(quotations):,} quotations; send {MOST_QUOTATIONS} at most at a time.")
    if not 0 <= nearest <= _NEAREST_AT_MOST:
        raise _refused(f'"nearest" is a number from 0 to {_NEAREST_AT_MOST}.')
    verdicts = []
    for one in quotations:
        claims: dict[str, Any] = {"text": one} if isinstance(one, str) else dict(one)
        text = claims.pop("text")
        verdicts.append(view.index.verify(text, nearest=nearest, **claims).as_dict())
    return in_json(VerifyAnswer(generation=view.generation, verdicts=verdicts), lasting=False)


def _read(body: bytes) -> VerifyBody:
    try:
        return msgspec.json.decode(body, type=VerifyBody)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _refused(f'The body is not {{"quotations": ["…"]}} in JSON: {error}; write it so.') from error


def _refused(sentence: str) -> RequestError:
    return RequestError(sentence, status=400, kind="body")


VERIFY = Resource(
    "verify",
    "/verify",
    "Say of each quotation whether it is what was said, where, and what differs.",
    (Form("json", JSON, _verify, VerifyAnswer),),
    method="POST",
    body=VerifyBody,
    is_dear=lambda view, asked: len(asked.body) > _DEAR_BODY,
)
