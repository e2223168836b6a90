"""What may come next on a command line: names and addresses that an index knows, told while someone types."""
