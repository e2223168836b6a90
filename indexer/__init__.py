"""Turn texts into an index: read them, understand their headings, keep the index current.

The rooms, in the way of a text: `sources` finds files, `formats` reads them, `heading` and `paragraphs`
understand them (with `register` and `analysis`), `reading` makes statements of them, `segments` holds
these as arrays, `store` keeps the segments on disk, `building` drives it all. What is public is in
`onrecord`.
"""
