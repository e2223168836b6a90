"""How each kind of thing lies in a segment: lists, terms, frequencies, names, blocks, sketches."""
