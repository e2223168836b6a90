"""The files of an index on disk: segments, the table of which of them count, commits, and the lock."""
