"""The engine of a local index: a query tree in, the paragraphs that match, in order, out."""
