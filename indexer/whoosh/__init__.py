"""A segment as Whoosh sees it: the schema, and the codec by which Whoosh's own searcher reads it."""
