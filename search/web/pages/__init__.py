"""Pages for people: each answer of the web application as HTML that is read without a script."""
