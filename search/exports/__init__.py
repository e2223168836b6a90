"""What was found as files that other programs read, each with a record of how it came about.

`columns` says what may be written of a hit, `text_lines` how that becomes CSV, TSV, JSON lines, Markdown or
HTML; a workbook, a Word document, a database and Parquet have a file each. `export` writes one of them whole
or not at all, and `run_record` keeps what is needed to write the same bytes again (`replay`).
"""
