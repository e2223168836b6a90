"""How a cluster keeps an index: the fields of its documents, and how a word becomes a term there.

There are two indexes to a generation. ``NAME-000012`` has a document for each statement and for each of its
paragraphs, which lie beside it (``routing`` is the slug) and belong to it (``part``). What a filter asks of a
statement stands on its paragraphs too, so that a question is put to paragraphs alone.
``NAME-000012-words`` has the words: the forms, the inflection groups, former addresses, and one document that
says what the generation is (`indexer.cluster.generations`).

A document is kept as it was sent. To leave out what is only searched for costs a node more than it spares:
for a while it keeps that in any case, since without it a copy could lose words.

Nothing is analysed there. A text field holds terms that we made, with a space between, and its similarity is
how often a term stands in a document: what that scores is worked out by the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from onrecord.indexer.segments.layout import CODES, COLUMNS

__all__ = [
    "COUNTED",
    "FORMAT",
    "NAMES",
    "document_id",
    "index_term",
    "mapping",
    "settings",
    "whole_term",
    "words_mapping",
]

Json = dict[str, Any]

#: The format of these documents: another is loaded anew, and not read.
FORMAT = 1
#: The columns whose words are searched for.
NAMES = tuple(name for name in COLUMNS if name not in CODES)
#: Those that are counted by the name that a statement is shown under.
COUNTED = ("speaker", "person", "forum", "place")
# Lucene takes no term of more bytes than 32,766, and OpenSearch no identifier of more than 512.
_LONGEST_TERM = 32_000
_LONGEST_ID = 500
# Letters of a term too long that are kept, so that it is found by what it begins with.
_KEPT_LETTERS = 1000
# What stands in a term where its name has a space: it is no letter of any word, and parts no terms.
_UNPARTING = "\u00a0"

_KEYWORD: Json = {"type": "keyword"}
_INTEGER: Json = {"type": "integer"}
_FOUND_ONLY: Json = {"type": "keyword", "doc_values": False}
_COUNTED_ONLY: Json = {"type": "keyword", "index": False}
_STORED_ONLY: Json = {"type": "keyword", "index": False, "doc_values": False}
# The length of a paragraph is a field of its own, so that it is exact.
_TEXT: Json = {"type": "text", "analyzer": "terms", "norms": False}
_NUMBER_STORED: Json = {"type": "integer", "index": False, "doc_values": False}


def index_term(word: str) -> str:
    r"""Return the term that stands in a text of the cluster for a word form, or for an inflection group.

    >>> index_term("mines"), index_term("en:cooperation~co operation")
    ('mines', 'en:cooperation~co\xa0operation')
    """
    return whole_term(word).replace(" ", _UNPARTING)


def whole_term(word: str) -> str:
    """Return the term that stands for a word or a group where a field holds nothing else.

    It is the word itself, unless that is too long: then it is what it begins with, and its hash.
    """
    if len(word) * 4 > _LONGEST_TERM and len(word.encode()) > _LONGEST_TERM:
        return f"{word[:_KEPT_LETTERS]}{_UNPARTING}{sha256(word.encode()).hexdigest()}"
    return word


def seam_term(last: str, first: str) -> str:
    r"""Return the term for a word that ends a paragraph and the one that begins what comes behind it.

    >>> seam_term("nuclear", "weapons")
    'nuclear\xa0weapons'
    """
    return index_term(f"{last} {first}")


def sketch_terms(bins: Sequence[int]) -> list[str]:
    """Return a term for each bin of a sketch that holds a run: its place and its value.

    >>> sketch_terms([0, 17, 3])
    ['1:17', '2:3']
    """
    return [f"{at}:{value}" for at, value in enumerate(bins) if value]


def document_id(name: str) -> str:
    """Return the identifier of the document of an address, a form or a group."""
    raw = name.encode()
    return name if len(raw) <= _LONGEST_ID else f"~{sha256(raw).hexdigest()}"


def settings(*, shards: int, similarity: str = "often") -> Json:
    """Return the settings of an index while it is loaded: replicas come behind it."""
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "max_terms_count": 65_536,
        },
        "analysis": {
            "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 1_000_000}},
            "analyzer": {"terms": {"type": "custom", "tokenizer": "spaces"}},
        },
        # Asked of a phrase, it is asked once a word, and the answers are added up.
        "similarity": {
            similarity: {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}
        },
    }


def mapping(*, similarity: str = "often") -> Json:
    """Return the fields of statements and of paragraphs."""
    names = {**_TEXT, "position_increment_gap": 100}
    return {
        "dynamic": "strict",
        "properties": {
            # Of both.
            "part": {"type": "join", "relations": {"statement": "paragraph"}},
            "statement": _KEYWORD,  # the slug
            "order": _INTEGER,  # the place of the statement in the order of addresses
            "behind": {"type": "boolean"},  # a copy stands for it
            "length": {"type": "integer", "index": False},  # in words
            # What filters ask of a statement: the words of its names, and the names in two ways.
            **dict.fromkeys(NAMES, names),
            **{f"named_{name}": _FOUND_ONLY for name in NAMES},  # the one it is shown under, folded
            **{f"shown_{name}": _COUNTED_ONLY for name in COUNTED},  # that one as all that are one with it
            **dict.fromkeys(CODES, _KEYWORD),
            "who": _COUNTED_ONLY,  # who speaks: "=" and the code of a delegation, else the name
            "speaker_role": _KEYWORD,
            "original_language": _KEYWORD,
            "first": _INTEGER,  # days as ordinals
            "last": _INTEGER,
            "year": _INTEGER,  # in which it certainly lies; months are counted from year 0
            "month": {"type": "integer", "index": False},
            "decade": {"type": "integer", "index": False},
            "lacks": _KEYWORD,  # the fields that have no value
            # Of a paragraph.
            "words": {**_TEXT, "similarity": similarity},
            "groups": {**_TEXT, "similarity": similarity, "index_options": "freqs"},
            "number": _INTEGER,
            "start": {"type": "integer", "index": False},  # the words of the statement before it
            "seam": _FOUND_ONLY,  # its last word, and the first one behind it in the statement
            "role": _KEYWORD,
            "language": _KEYWORD,
            "text": _STORED_ONLY,
            "printed_number": _STORED_ONLY,
            # Of a statement.
            "paragraphs": _INTEGER,
            "group": _INTEGER,  # of those that are nearly the same; 0 for none
            "sketch": _FOUND_ONLY,  # the bins of its sketch
            "letters": _FOUND_ONLY,  # of its slug
            "readable": _FOUND_ONLY,
            "record": _STORED_ONLY,
            "digest": _STORED_ONLY,  # of all that it says, in hexadecimal
            "sources": _STORED_ONLY,
            "source_key": _STORED_ONLY,
            "root": _STORED_ONLY,
            "code": _STORED_ONLY,
            "edited": {"type": "integer", "index": False},  # the generation in which its words last changed
            "representative": _STORED_ONLY,  # the slug of the copy that stands for it
        },
    }


def words_mapping() -> Json:
    """Return the fields of the words, of former addresses, and of what a generation is."""
    return {
        "dynamic": "strict",
        "properties": {
            "kind": _KEYWORD,  # form, group, former or index
            "form": _KEYWORD,
            "groups": _STORED_ONLY,
            "group": _KEYWORD,
            "lemmas": _FOUND_ONLY,
            "forms": _STORED_ONLY,
            "paragraphs": _NUMBER_STORED,  # that hold a form, or one of a group, as the local index counts
            "times": _NUMBER_STORED,  # that a form stands anywhere
            "slug": _KEYWORD,
            "letters": _FOUND_ONLY,
            "now": _KEYWORD,
            "number": _INTEGER,  # the place of a former address among all
            "source": _STORED_ONLY,
            "generation": _INTEGER,
            "words": _STORED_ONLY,
            "edited": _INTEGER,
            "meta": {"type": "object", "enabled": False},
        },
    }
