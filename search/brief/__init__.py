"""A brief on some topics: who spoke on each, in which words, and who was silent; every figure with its query.

`compose` asks an index and makes a `Brief`; `quoting` picks sentences, and takes none that `Index.verify`
would not call exact at its address. `layout` sets a brief as one `Document`, which a module a form writes.
"""
