"""The description of the web application (OpenAPI 3.1), made from the same tables that it answers by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.search.web.answers import Problem
from onrecord.search.web.parameters import Kind, Parameter
from onrecord.search.web.problems import PROBLEM
from onrecord.search.web.resource import JSON, Form, Resource

__all__ = ["description"]

_REFERENCES = "#/components/schemas/{name}"
_REFUSALS = {
    "400": "The request cannot mean anything.",
    "404": "There is no such paragraph.",
    "409": "The index has moved on since the page was linked to.",
    "413": "The request is too large.",
    "415": "The body is not in JSON.",
    "429": "Too many requests.",
    "501": "It does not come in this form.",
    "503": "The index cannot be asked, or the server is busy.",
}


def description(resources: Iterable[Resource], *, title: str, version: str) -> dict[str, Any]:
    """Describe all resources in all their forms."""
    described = list(resources)
    types = [form.schema for one in described for form in one.forms if form.schema is not None]
    types += [one.body for one in described if one.body is not None]
    schemas, components = msgspec.json.schema_components([*types, Problem], ref_template=_REFERENCES)
    of_type = {id(type_): schema for type_, schema in zip([*types, Problem], schemas, strict=True)}
    paths: dict[str, Any] = {}
    for resource in described:
        for form in resource.forms:
            path = resource.path + (f".{form.ending}" if form.ending else "")
            paths.setdefault(path, {})[resource.method.lower()] = _operation(resource, form, of_type)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": "What states, delegations and parliamentarians said, paragraph by paragraph."
            " Totals are exact. Every answer is of one generation of the index.",
        },
        "servers": [{"url": "."}],
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(resource: Resource, form: Form, of_type: dict[int, Any]) -> dict[str, Any]:
    content = {_bare(form.media): {"schema": _schema(form, of_type)}}
    content |= {_bare(media): {"schema": {}} for media in form.media_too}
    operation: dict[str, Any] = {
        "operationId": "-".join(filter(None, (resource.name, form.ending.replace(".", "-")))),
        "summary": resource.summary,
        "parameters": [
            *(_in_path(name, meaning) for name, meaning in resource.path_parameters.items()),
            *map(_in_query, resource.parameters),
        ],
        "responses": {
            "200": {"description": "What was asked for.", "content": content},
            "304": {"description": "It is as it was."},
            **{status: _refusal(sentence) for status, sentence in _REFUSALS.items()},
        },
    }
    if form.leads_to:
        operation["responses"]["200"]["links"] = {
            name: {"operationId": name, "parameters": dict(parameters)}
            for name, parameters in form.leads_to.items()
        }
    if resource.method == "POST":
        del operation["responses"]["304"]
        operation["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": of_type[id(resource.body)]}},
        }
    return operation


def _bare(media: str) -> str:
    return media.partition(";")[0]


def _schema(form: Form, of_type: dict[int, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} if form.schema is None else of_type[id(form.schema)]
    return schema


def _in_path(name: str, meaning: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": _sentence(meaning),
        "schema": {"type": "string", "minLength": 1},
    }


def _in_query(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.needed,
        "description": _sentence(parameter.meaning),
        "schema": parameter.schema(),
    }
    if parameter.kind is Kind.NAMES:
        described |= {"style": "form", "explode": True}
    return described


def _refusal(sentence: str) -> dict[str, Any]:
    schema = {"$ref": _REFERENCES.format(name="Problem")}
    return {"description": sentence, "content": {PROBLEM: {"schema": schema}}}


def _sentence(meaning: str) -> str:
    return f"{meaning[0].upper()}{meaning[1:]}."
