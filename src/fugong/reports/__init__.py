"""Reads: each report is a query over the views and the columns that explain its rows."""
