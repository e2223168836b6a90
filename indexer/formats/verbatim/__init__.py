"""Verbatim records of meetings of the United Nations: a meeting, its speakers and what each said."""
