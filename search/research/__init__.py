"""Tools of research over one index: concordance, counts, who was silent, what tells two sides apart.

Each is asked of an `Index`, rests on what its backend counts, and gives values that outlive the index.
"""
