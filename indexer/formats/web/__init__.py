"""Web pages: the text of a statement, without what the page puts around it."""
