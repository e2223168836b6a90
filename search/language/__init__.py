"""The query language of On Record, version 2.

A question is typed on one line and becomes one Whoosh query.

=====================  ========================================================================
typed                  finds paragraphs with
=====================  ========================================================================
``mines victims``      both words, anywhere; ``AND`` between them says the same
``"mine action"``      those words in that order, as written, in every mode
``"we must … act"``    those words in that order, with any words or none in the gap
``mines OR bombs``     either; ``OR`` binds more loosely than words side by side
``-mines``             no such word; also ``NOT mines``, ``-"mine action"``, ``-(a b)``
``(a OR b) c``         brackets group
``disarm*``            words that begin so, also in a phrase: ``"cluster munition*"``
``m?n*``               words of that form: ``?`` is one letter, ``*`` any number, also none
``landmine~``          words one letter away; ``landmine~2`` two; the first letter stays
``"mines victims"~5``  all these words in any order, at most 5 other words among them
``2(4)``               what is typed together, in that order: ``51(2)(a)``, ``A/RES/76/47``
=====================  ========================================================================

=======================================  ======================================================
field                                    keeps statements
=======================================  ======================================================
``speaker:japan``                        of the delegation with exactly this name, under any of
                                         its names, else of speakers whose name has the words
``person:annan`` ``person:"Kofi Annan"`` spoken by someone whose name has these words: in any
                                         order, in quotation marks side by side
``post:minister``                        by someone of a post with these words, likewise
``behalf:eu``                            given on behalf of this group or state, under any of
                                         its names or its code, else of one with these words
``delivered:finland``                    of a group, and given for it by this state, likewise
``forum:ccm``                            in this forum, under any of its names or its code, else
                                         in one whose name has the words
``place:geneva`` ``title:"water"``       whose place, or title, has these words
``language:fr``                          paragraphs in this language, by its ISO code
``date:2021-09`` ``date:2019..2021``     given within these days for certain, ends included
``since:2015`` ``until:2021-09``         given from the first, to the last of these days
``speaker:(japan OR "south africa")``    with any of these values
=======================================  ======================================================

Words
    Case and accents do not matter. What holds several words (``A/RES/76/47``,
    ``COVID-19``, ``R&D``, ``不扩散``) means those words in that order. In normal
    mode a word stands for all its inflections and spellings in the language of each
    paragraph, ``co-operation`` for "cooperation" too, and a word typed in capitals
    (``WHO``) for the acronym, if the index has it; in exact mode it stands for itself,
    as a Chinese word, which has no inflections, does in both. A question of three words or
    more in capitals throughout, without operators, is read as if in small letters, and of
    ``l'identité`` the word behind the apostrophe; the understanding says so. Only ``AND``, ``OR`` and
    ``NOT`` in capitals are operators; of ``or``, ``and`` and ``not`` between words the
    understanding says that they are looked for. Punctuation of a sentence does nothing;
    of every other sign that is left out the understanding says so.
Other names
    ``--mode broad`` (``mode="broad"``) is normal mode, and finds what the lexicon of the field
    has under several names under these too: ``NPT`` also "Non-Proliferation Treaty" and "TNP".
    It looks at words side by side outside quotation marks, the longest entry first, and asks for
    the names as they are written, in the languages of the index; the understanding names them.
    One of them scores less than half of what was typed would.
Any of the words
    With ``--any`` (``match="any"``) words side by side mean any of them, the best first, and
    each hit says which words of content it lacks. ``AND``, quotation marks, minus and fields
    keep their meaning. A run of five Chinese characters or more means any two neighbours of
    it, there and beside an ``OR``; what has a hyphen in it (``high-speed``) means either word,
    unless it is one word (``co-operation``) or has figures (``A/RES/76/47``).
Fields
    A field beside words narrows the whole of its bracket level, wherever it stands:
    ``mines OR bombs speaker:japan`` is ``(mines OR bombs) speaker:japan``. Fields with
    ``OR`` between them are alternatives to each other, also beside words: ``mines
    speaker:japan OR speaker:chile``. A field alone on its side of an ``OR`` is an
    alternative to the words on the other. Brackets with nothing but fields in them count
    as a field. Where two readings remain, brackets are asked for.
Minus
    A dash of any kind (``-``, ``–``, ``—``, ``−``, ``‑``) directly before a word, a phrase, a
    field or a bracket leaves it out. A question that only leaves out begins with every
    paragraph.
Quotation marks
    ``" “ ” „ ‟ « »`` open and close a phrase, each kind its own, so that another kind may
    stand inside; straight ones may too where spaces tell which open and which close.
    Apostrophes do not quote. Inside them only wildcards and gaps are more than text. A
    colon in ordinary text (``12:30``, ``http://``, ``Chair:`` before a space) needs none;
    ``word:word`` does.
Gaps
    ``…``, ``...``, ``[…]``, ``[...]`` inside quotation marks are a gap of any length, also
    none, in one paragraph. At an end of the phrase they do nothing.
Wildcards and ``~``
    They work inside one word, ``~`` in words of four letters or more without digits, and
    outside quotation marks alone; ``~5`` stands directly behind its phrase. A ``*`` alone
    would match everything and is refused. A ``?`` at the very end of a question, or at the
    end of a word in a phrase, is punctuation unless its word holds another ``*`` or ``?``;
    ``(munition?)`` in brackets is a wildcard.
Other engines
    What they would read as an operator (``NEAR/5``, ``/s``, ``^2``, ``[a TO b]``, ``|``,
    ``&&``, ``!word``, ``+word``, ``title=…``) is refused with what to write here.
Scores
    A word scores by its rarity, in whatever form, spelling and language it stands; beside words of
    content, words of grammar (the, of, und, les) count a quarter. Nothing else counts: no popularity,
    no meaning, no date. A phrase scores as its words do. A word or a phrase with wildcards, gaps or ``~``
    scores 1, however many words it stands for; so does every paragraph. Fields score nothing.
    ``--sort statement`` adds half of what the whole statement would score as one paragraph.
Limits
    10,000 characters, 1,000 words, groups 50 deep; 50 words with ``*``, ``?`` or ``~``, 5 of
    which may begin with ``*`` or ``?``; 10 groups of words near each other (`search.query.limits`).

What cannot mean what was typed is a `QueryError`: it says where, and what to write.
"""

from __future__ import annotations

from onrecord.search.language.fields import refuse_turned_dates
from onrecord.search.language.operands import Match, Mode
from onrecord.search.language.question import Question, read_filters, read_query, read_tree
from onrecord.search.query.describe import describe

__all__ = [
    "GRAMMAR_VERSION",
    "Match",
    "Mode",
    "Question",
    "describe",
    "read_filters",
    "read_query",
    "read_tree",
    "refuse_turned_dates",
]

#: Rises when a question that was understood would be understood otherwise.
GRAMMAR_VERSION = 2
