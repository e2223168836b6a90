"""The files that texts lie in: finding them, opening them, decoding them, and what is declared beside them.

A *source* is a file that a reader takes. A *sidecar* is ``NAME.yaml`` beside it,
which says what the text itself does not (see `indexer.sources.declared`); an *overrides*
file above it says what is right (see `indexer.sources.overrides`).
"""
