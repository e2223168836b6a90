"""From a file to statements, and what was understood and doubted on the way."""
