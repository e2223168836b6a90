"""Places where words stand, between the words around them."""
