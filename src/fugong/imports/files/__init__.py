"""Foreign files as sheets of cells, whatever their format, and guards against those made to harm."""
