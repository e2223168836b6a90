"""What is wrong with an index, and how it is made whole again."""
