"""What can be asked for by a URL: a file for each kind, which answers it from an index."""
