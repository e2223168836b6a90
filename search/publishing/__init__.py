"""An index as static pages: read without a script, served by anything, at the URLs that citations have."""
