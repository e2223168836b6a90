"""The lexicon of the field: bodies, treaties and terms with their acronyms and their names in six languages.

It is another thing than the words of an index, which `search.query.lexicon` and `search.engine.lexicon` know:
it is kept by hand, and says that ``NPT`` and ``Договор о нераспространении ядерного оружия`` are one treaty.
"""

from __future__ import annotations

from onrecord.search.lexicon.entry import LANGUAGES, Entry, Guard, is_acronym, is_short
from onrecord.search.lexicon.field_lexicon import LEXICON_VERSION, FieldLexicon, Meant
from onrecord.search.lexicon.own_entries import (
    FILE_NAME,
    lexicon_beside,
    lexicon_of,
    own_file_beside,
    read_lexicon,
)
from onrecord.search.lexicon.table import entries
from onrecord.search.lexicon.written_forms import written_forms

__all__ = [
    "FILE_NAME",
    "LANGUAGES",
    "LEXICON_VERSION",
    "Entry",
    "FieldLexicon",
    "Guard",
    "Meant",
    "entries",
    "is_acronym",
    "is_short",
    "lexicon_beside",
    "lexicon_of",
    "own_file_beside",
    "read_lexicon",
    "written_forms",
]
