"""What an index answers with: hits, passages, facets, status, and what is made of a stored paragraph."""
