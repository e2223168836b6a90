"""What researchers ask of a corpus beyond a search; each answer is a value that can be kept."""
