"""How a segment is stored: plain arrays and Roaring bitmaps in one file, mapped and read.

::

    vocabulary ──► keys ──► inversion ──► postings ─┐
    (words to      (and a    (text order  (forms,   ├──► container ──► segment
     numbers)       language) to word      groups)  │    (one file of   (the file,
                              order)         facts ─┘     named arrays)  open)

    segment_writer drives this from statements, merge from other segments. How each kind
    of thing is laid out: lists, terms, frequencies, names, blocks; `layout` has the constants,
    bm25 what of a score is worked out beforehand.

What a segment holds, array by array (``n`` paragraphs, ``m`` statements, positions in
slots of 32):

=====================  ====================================================================
groups                 the inflection groups, sorted; ``.paragraphs`` how many each has,
                       ``.peak`` the most that a score is of its weight
documents              of each group: its paragraphs, plain or as a Roaring bitmap
frequencies            how often the group stands in each of these: in bytes, in nibbles, or as
                       a row over all paragraphs
forms                  the folded words, sorted; ``.frequency`` and ``.paragraphs`` of each
positions              of each form: where it stands, plain, as halves or as a Roaring bitmap
forward                of each position: which of the 222 commonest forms stands there, or on which of 32
                       shelves of 255 the form is, a byte; ``.forms`` are the commonest and ``.rest`` all
                       others, the commonest first; ``.others`` where on its shelf each of these is, and
                       ``.rare``, where there is none for it, which of the rarest it is, in the order of
                       the text
lengths                of each of ``n`` paragraphs: its words
roles                  and its role
printed, languages     the number of what is printed before it, and of its language, 0 for none;
                       ``.values`` has them
text                   and the paragraph as it is quoted, in compressed blocks
statement              and its statement
statement.paragraphs   of each of ``m`` statements: its first paragraph
statement.first .last  and its first and last day, 0 where no date is known
statement.rank         and the place of its slug in ``slugs``, which are sorted;
                       ``statement.order`` leads back
statement.source       and its source, counted from 1; 0 for none
statement.digest       and 16 bytes that its copies have too; of each of 50 words or more, 64 bytes in
                       ``sketches`` that tell how alike two are in their wording
records                and what is shown of it, as JSON in compressed blocks
speaker, forum, …      columns of names: ``.of`` each statement the number of its value, ``.values``
                       once each, their ``.words`` and ``.places`` as (value, position)
sources                what is known of each source, as JSON in compressed blocks, in the order of
                       ``sources.keys``, which are sorted
=====================  ====================================================================

A name with ``.at`` beside another says where each item begins in it; sorted terms have a hash table beside
them, ``.slots``. Nothing is stored twice: positions exist only by form, paragraphs and frequencies only by
group, and which paragraph a slot belongs to follows from the lengths. Nothing is unpickled, and nothing is
believed unread: each 16 KiB are compared with their checksum before they are used (`container`), what arrays
say of each other is held against it (`validation`), and who suspects a segment reads all
(`indexer.doctor.segment_examination`). (Of the general debate, 30 million
words: positions 64 MB, texts 62, forward 48, documents 30, frequencies 19, all else 18.)
"""
