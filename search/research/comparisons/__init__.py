"""Words and sides set against others: rates, key words, collocates."""
