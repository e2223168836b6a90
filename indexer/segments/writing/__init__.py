"""From statements to the arrays of a segment: vocabulary, inversion, postings, facts, and merging."""
