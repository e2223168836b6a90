"""Entries of BibTeX and biblatex.

A value stands in braces, so that what counts there is that braces pair: those of a text are written as
commands, like every other sign that LaTeX obeys. Other letters stay as they are, in UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.search.citation.facts import Facts

__all__ = ["biblatex", "bibtex", "escaped"]

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
}
_TABLE = str.maketrans(_COMMANDS)
# Braces that pair are written as signs: pandoc, Zotero and others know no commands for them.
_PAIRED = _TABLE | str.maketrans({"{": r"\{", "}": r"\}"})
# Where TeX makes one sign of two, of hyphens a dash or of commas a quotation mark.
_LIGATURE = re.compile(r"(?<=([-`',<>]))(?=\1)|(?<=[?!])(?=`)")
# What a URL may not hold in an entry; it has no other command inside. Zotero reads a tilde as a space.
_IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22", "~": "%7E"})
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def escaped(text: str) -> str:
    r"""Write a text so that LaTeX prints it as it is.

    >>> escaped("50% of {A_B} -- & ~")
    '50\\% of \\{A\\_B\\} -{}- \\& \\textasciitilde{}'
    """
    return _LIGATURE.sub("{}", text.translate(_PAIRED if _braces_pair(text) else _TABLE))


def _braces_pair(text: str) -> bool:
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def bibtex(facts: Facts) -> str:
    """Write an entry of BibTeX, which knows no meetings: where it was given is how it was published."""
    given = ", ".join(filter(None, (facts.forum, facts.place, facts.symbol)))
    fields = dict(_common(facts))
    fields["howpublished"] = f"{{{escaped(given)}}}" if given else None
    if facts.date:
        fields["year"] = f"{{{facts.date.year}}}"
        fields["month"] = _MONTHS[facts.date.month - 1] if facts.date.month else None
        fields["day"] = f"{{{facts.date.day}}}" if facts.date.day else None
    return _entry("misc", facts.key, fields)


def biblatex(facts: Facts) -> str:
    """Write an entry of biblatex.

    Its data model has a meeting and its venue for what is unpublished, such as "the script of a talk", and
    for no other type that fits; neither that type nor ``misc`` has a number or pages.
    """
    place = "venue" if facts.forum else "location"
    fields = dict(_common(facts))
    for name, value in (
        ("eventtitle", facts.forum),
        (place, facts.place),
        ("howpublished", facts.symbol),
        ("date", str(facts.date) if facts.date else None),
        ("urldate", str(facts.accessed) if facts.accessed and facts.urls else None),
    ):
        fields[name] = f"{{{escaped(value)}}}" if value else None
    return _entry("unpublished" if facts.forum else "misc", facts.key, fields)


def _common(facts: Facts) -> Iterator[tuple[str, str | None]]:
    """Yield the fields that both have; braces around a name keep BibTeX from taking it apart."""
    yield "author", f"{{{{{escaped(facts.speaker)}}}}}" if facts.speaker else None
    yield "title", f"{{{{{escaped(facts.named)}}}}}"
    yield "type", f"{{{facts.kind.value.capitalize()}}}"
    note = f"p. {facts.page}; {facts.note}" if facts.page else facts.note
    yield "note", f"{{{escaped(note)}}}"
    yield "language", f"{{{escaped(facts.language)}}}" if facts.language else None
    yield "url", f"{{{facts.urls[0].translate(_IN_URL)}}}" if facts.urls else None
    yield "abstract", f"{{{escaped(' … '.join(facts.quotations))}}}" if facts.quotations else None


def _entry(kind: str, key: str, fields: dict[str, str | None]) -> str:
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])
