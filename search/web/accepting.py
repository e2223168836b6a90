"""Which of several forms a client would rather have (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.indexer.errors import RequestError
from onrecord.search.web.resource import Form

__all__ = ["chosen_form"]

_QUALITY = re.compile(r"q=([01](?:\.[0-9]{0,3})?)", re.ASCII)


def chosen_form(forms: Sequence[Form], accept: str | None) -> Form:
    """Choose a form by the header Accept; where a URL names one it is that, and without a wish the first.

    Raises `RequestError` where none of several will do.
    """
    if len(forms) == 1 or not accept:
        return forms[0]
    wanted = [_range(one) for one in accept.split(",") if one.strip()]
    best = max(forms, key=lambda form: _wish(form, wanted))  # of equals the first
    if _wish(best, wanted) <= 0:
        offered = ", ".join(form.media.partition(";")[0] for form in forms)
        raise RequestError(f"It comes as {offered}; accept one of them.", status=406, kind="form")
    return best


def _range(one: str) -> tuple[str, float]:
    media, *parameters = (part.strip().lower() for part in one.split(";"))
    quality = next((found for part in parameters if (found := _QUALITY.fullmatch(part))), None)
    return media, 1.0 if quality is None else float(quality[1])


def _wish(form: Form, wanted: Sequence[tuple[str, float]]) -> float:
    """Return how much a form is wanted: what is named more exactly decides."""
    media = form.media.partition(";")[0]
    kind = media.partition("/")[0]
    for named in (media, f"{kind}/*", "*/*"):
        for one, quality in wanted:
            if one == named:
                return quality
    return 0.0
