"""The files of an index on disk: segments, the generations that name them, commits, and the lock."""
