"""PDF documents, read by where their letters stand on the page."""
