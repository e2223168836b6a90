"""`/cite`: the citation of a paragraph or a statement, in the form that a program reads."""

from __future__ import annotations

from onrecord.search.citation.cite import Format
from onrecord.search.citation.footnotes import Style
from onrecord.search.web.parameters import Kind, Parameter
from onrecord.search.web.resource import Asked, Form, Reply, Resource
from onrecord.search.web.view import View

__all__ = ["CITE_PARAGRAPH", "CITE_STATEMENT"]

_PLAIN = "text/plain; charset=utf-8"
_MEDIA = {
    Format.FOOTNOTE: _PLAIN,
    Format.TEXT: _PLAIN,
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.BIBTEX: "application/x-bibtex; charset=utf-8",
    Format.BIBLATEX: "application/x-bibtex; charset=utf-8",
    Format.RIS: "application/x-research-info-systems; charset=utf-8",
    Format.CSL_JSON: "application/vnd.citationstyles.csl+json",
    Format.CSL_YAML: "application/yaml; charset=utf-8",
}
_PARAMETERS = (
    Parameter(
        "format",
        "what to write",
        Kind.CHOICE,
        tuple(one.value for one in Format),
        default=Format.FOOTNOTE.value,
    ),
    Parameter(
        "style",
        "how a footnote is written",
        Kind.CHOICE,
        tuple(one.value for one in Style),
        default=Style.UN.value,
    ),
    Parameter("quote", "whether the words are written too", Kind.TRUTH, default=False),
)


def _cite(view: View, asked: Asked) -> Reply:
    slug, number = asked.path["slug"], asked.path.get("number")
    form = Format(asked.values.get("format", Format.FOOTNOTE.value))
    written = view.index.cite(
        slug if number is None else f"{slug}#{number}",
        format=form,
        style=asked.values.get("style", Style.UN.value),
        quote=asked.values.get("quote", False),
        base_url=asked.base and f"{asked.base}/statements",
    )
    return Reply(written.encode() + b"\n", _MEDIA[form])


_FORM = Form("", _PLAIN, _cite, media_too=[media for media in _MEDIA.values() if media != _PLAIN])
_NAMED = {"slug": "the address of a statement", "number": "the place of the paragraph, counted from 1"}
CITE_STATEMENT = Resource(
    "cite-statement",
    "/cite/{slug}",
    "Cite a whole statement.",
    (_FORM,),
    _PARAMETERS,
    {"slug": _NAMED["slug"]},
)
CITE_PARAGRAPH = Resource(
    "cite-paragraph",
    "/cite/{slug}/{number}",
    "Cite a paragraph.",
    (_FORM,),
    _PARAMETERS,
    _NAMED,
)
