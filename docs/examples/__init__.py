"""What the documents quote: invented statements, and the terminal on which they are asked."""
