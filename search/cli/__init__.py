"""The command line: thin commands over `indexer` and `search`.

Results go to stdout; counts, progress and warnings to stderr. Exit code 0 is
done (no hits is done), 1 an error of ours, 2 wrong usage, 3 done and something needs
a person to look at it, 130 stopped from the keyboard.
"""

from onrecord.search.cli.program import main

__all__ = ["main"]
