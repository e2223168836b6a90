"""Debates in XML: records of many speeches, each with its speaker."""
