"""Which dictionary words a word as written belongs to, in one language."""
