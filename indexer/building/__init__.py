"""From texts to an index and from changed texts to a changed one: build, update, remove."""
