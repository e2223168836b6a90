"""Makes the tables of forms that have several lemmas; nothing at run time needs it."""
