"""What may be written: the rules of the field, each with its events."""
