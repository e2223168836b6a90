"""Which forms and spellings of a word matched, and how many paragraphs hold each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyroaring import BitMap
from whoosh import query

from onrecord.indexer.analysis.inflection import compound_of
from onrecord.search.engine.engine import Engine
from onrecord.search.engine.paragraph_set import ParagraphSet
from onrecord.search.query import Inflected, OtherForms
from onrecord.search.results.counts import Variant

__all__ = ["inflected", "variants_found"]


def variants_found(engine: Engine, tree: query.Query, found: ParagraphSet) -> tuple[Variant, ...]:
    """Count the paragraphs found that hold each form or spelling of a question's words.

    The words come in their order, the variants of each with most paragraphs first.
    """
    words = {node.word: node.groups for node in inflected(tree)}
    return tuple(
        Variant(word, form, paragraphs)
        for word, groups in words.items()
        for form, paragraphs in sorted(
            _counted(engine, groups, found.bitmap), key=lambda pair: (-pair[1], pair[0])
        )
        if paragraphs
    )


def inflected(tree: query.Query) -> Iterator[Inflected]:
    """Yield the words of a question that are wanted in any form, as they were typed; not what is left out."""
    if isinstance(tree, Inflected):
        yield tree
    elif isinstance(tree, query.AndNot):
        yield from inflected(tree.a)
    elif not isinstance(tree, query.Not | OtherForms):
        for part in tree.children():
            yield from inflected(part)


def _counted(engine: Engine, groups: Sequence[str], found: BitMap) -> Iterator[tuple[str, int]]:
    plain = [group for group in groups if not compound_of(group)]
    if plain:
        any_group = BitMap.union(*(_holding(engine, "stem", group) for group in plain)) & found
        for form, acronym in _forms(engine, plain).items():
            paragraphs = len(_holding(engine, "text", form) & any_group)
            yield (form.upper() if acronym else form), paragraphs
    spelt: dict[str, BitMap] = {}
    for group in groups:
        if compound := compound_of(group):
            spelt[compound] = spelt.get(compound, BitMap()) | (_holding(engine, "stem", group) & found)
    for compound, holding in spelt.items():
        yield compound, len(holding)


def _forms(engine: Engine, groups: list[str]) -> dict[str, bool]:
    """Return the forms of some groups, and whether each is an acronym alone."""
    forms: dict[str, bool] = {}
    for segment in engine.segments:
        table = segment.words.belonging
        for name in table.forms_of(groups):
            own = [group for group in table.of_form(name) if group in groups]
            acronym = all(group[0] == "=" for group in own) and name.isalpha()
            forms[name.decode()] = forms.get(name.decode(), True) and acronym
    return forms


def _holding(engine: Engine, field: str, term: str) -> BitMap:
    return engine.scorer(query.Term(field, term)).found.bitmap
