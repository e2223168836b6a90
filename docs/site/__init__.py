"""The documentation site: the pages of this folder as they are, and a reference made from the docstrings."""
