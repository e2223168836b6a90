"""The readers: each format of a file in a module of its own, and the registry that picks one."""
