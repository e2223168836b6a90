"""Folders that keep themselves indexed: looked at again and again, and taken in when they are still."""
