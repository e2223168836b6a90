"""A paragraph as others cite it: footnotes in five styles, BibTeX, biblatex, RIS, CSL."""
