"""Ask an index: words, exact phrases, filters; exact totals, quotable hits.

The rooms, in the way of a question: `language` reads what was typed into a tree of `query` nodes, `engine`
finds what matches in all segments as one `collection`, `results` makes hits of it, `index` is the face,
`cli` the command line. What is public is in `onrecord`.
"""
