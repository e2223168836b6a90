"""Tables of speeches: CSV, TSV, JSON and Parquet, a statement a row."""
