"""The query language of On Record, version 1.

A question is typed on one line and becomes one Whoosh query.

=====================  ========================================================================
typed                  finds paragraphs with
=====================  ========================================================================
``mines victims``      both words, anywhere; ``AND`` between them says the same
``"mine action"``      those words in that order, as written, in every mode
``mines OR bombs``     either; ``OR`` binds more loosely than words side by side
``-mines``             no such word; also ``NOT mines``, ``-"mine action"``, ``-(a b)``
``(a OR b) c``         brackets group
``disarm*``            words that begin so
``m?n*``               words of that form: ``?`` is one letter, ``*`` any number, also none
``landmine~``          words one letter away; ``landmine~2`` two; the first letter stays
``"mines victims"~5``  all these words in any order, at most 5 other words among them
=====================  ========================================================================

=======================================  ======================================================
field                                    keeps statements
=======================================  ======================================================
``speaker:japan``                        of the delegation with exactly this name, under any of
                                         its names, else of speakers whose name has the words
``forum:ccm``                            in this forum, under any of its names, else in one whose
                                         name has the words
``place:geneva`` ``title:"water"``       whose place, or title, has these words
``language:fr``                          paragraphs in this language, by its ISO code
``date:2021-09`` ``date:2019..2021``     given within these days for certain, ends included
``since:2015`` ``until:2021-09``         given from the first, to the last of these days
=======================================  ======================================================

Words
    Case and accents do not matter. What holds several words (``A/RES/76/47``,
    ``COVID-19``, ``R&D``, ``不扩散``) means those words in that order. In normal
    mode a word stands for all its inflections in the language of each paragraph,
    unless it is typed in capitals (``WHO``) or holds a digit; in exact mode it stands
    for itself, as a Chinese word, which has no inflections, does in both. Only ``AND``,
    ``OR`` and ``NOT`` in capitals are operators. Punctuation around a word does
    nothing, save that a question mark at its end is a wildcard. Signs that stand
    alone are left out, and the understanding says so.
Quotation marks
    ``" “ ” „ ‟ « »`` all open and all close; apostrophes do not. Inside them
    nothing is an operator. A colon in ordinary text (``12:30``, ``http://``,
    ``Chair:`` before a space) needs none; ``word:word`` does.
Wildcards and ``~``
    They work outside quotation marks and inside one word, ``~`` in words of four
    letters or more without digits. A ``*`` alone would match everything and is refused.
Leaving out
    A question that only leaves out begins with every paragraph.
Scores
    Words and phrases score by their rarity. A word with wildcards or ``~`` scores
    1, however many words it stands for; so does every paragraph. Fields score nothing.
Limits
    10,000 characters, 1,000 words, groups 50 deep; 50 words with ``*``, ``?`` or ``~``, 5 of
    which may begin with ``*`` or ``?``; 10 groups of words near each other (`search.query.limits`).

What cannot mean what was typed is a `QueryError`: it says where, and what to write.
"""

from __future__ import annotations

from onrecord.search.language.operands import Mode
from onrecord.search.language.question import Question, read_filters, read_query, read_tree
from onrecord.search.query.describe import describe

__all__ = ["GRAMMAR_VERSION", "Mode", "Question", "describe", "read_filters", "read_query", "read_tree"]

#: Rises when a question that was understood would be understood otherwise.
GRAMMAR_VERSION = 1
