"""Records of many speakers, in whatever file: told from a statement, and parted into turns at the floor."""
