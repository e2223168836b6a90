"""From lines as they were laid out to numbered paragraphs: joined, mended, told apart."""
