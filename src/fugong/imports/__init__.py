"""Ledgers as offices keep them, Excel and CSV, into the store: read, understood, matched, written."""
