"""The seven tools, a module each."""
