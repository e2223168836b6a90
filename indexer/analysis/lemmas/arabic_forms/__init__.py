"""The forms of Arabic words: what stands before and behind them, and the table that has them."""
