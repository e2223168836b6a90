"""Time On Record beside its peers, on the same paragraphs, in one run: ``python -m benchmarks TEXTS``."""
