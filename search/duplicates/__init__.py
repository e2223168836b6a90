"""Statements that several files hold: exact copies, and those that are nearly the same."""
