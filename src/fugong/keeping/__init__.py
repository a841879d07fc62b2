"""Keeping the store: proving it whole, copying it, putting it back, moving it."""
