"""Questions counted by keys: years, speakers, forums."""
