"""What counts as a word, what it is folded to, which of its forms belong together, and in which language."""
