"""How an answer is made of a view and a request that was read: in this process, or in one beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from onrecord.indexer.errors import OnRecordError
from onrecord.search.web.catalogue import resources_of
from onrecord.search.web.dear import is_dear
from onrecord.search.web.problems import reply_of
from onrecord.search.web.resource import Asked, Form, Replied, Reply, Resource
from onrecord.search.web.view import ServedIndex, Site, View

__all__ = ["answer", "answers_of", "belongs_aside", "refusal"]

_log = logging.getLogger("onrecord.web")


def answer(form: Form, view: View, asked: Asked) -> Reply:
    """Answer a request; what cannot be answered is a problem, and what is wrong in ours is logged."""
    try:
        return form.answer(view, asked)
    except OnRecordError as error:
        return refusal(error, form, asked)
    except Exception as error:
        _log.exception("a request could not be answered")
        return refusal(error, form, asked)


def refusal(error: Exception, form: Form, asked: Asked) -> Reply:
    """Say what is wrong, to a person or to a program."""
    return reply_of(error, up=asked.up) if form.refused is None else form.refused(error, asked)


def belongs_aside(resource: Resource, form: Form, view: View, asked: Asked) -> bool:
    """Tell whether a request is so dear that the cheap ones should not wait for it."""
    if form.streams:
        return False
    return is_dear(asked.values) or (resource.is_dear is not None and _found_dear(resource, view, asked))


def _found_dear(resource: Resource, view: View, asked: Asked) -> bool:
    assert resource.is_dear is not None
    try:
        return resource.is_dear(view, asked)
    except OnRecordError:
        return False  # which the answer will say


def answers_of(site: Site, folder: str) -> Callable[[str, str, Asked], Replied]:
    """Return what answers the requests of a site from a folder, as the process beside a server does."""
    served = ServedIndex(folder, site)
    forms = _by_name(resources_of(site))

    def answered(resource: str, ending: str, asked: Asked) -> Replied:
        form = forms[resource, ending]
        try:
            view = served.view()
        except OnRecordError as error:
            return Replied(refusal(error, form, asked), "")
        return Replied(answer(form, view, asked), view.version)

    return answered


def _by_name(resources: Sequence[Resource]) -> dict[tuple[str, str], Form]:
    return {(one.name, form.ending): form for one in resources for form in one.forms}
