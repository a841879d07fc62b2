"""Writes on what teams do besides problems; who writes of one of them loads that one alone."""
