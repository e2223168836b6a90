"""What was found as a table for other libraries, and as a notebook shows it."""
