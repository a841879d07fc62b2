"""The tables, a module for each group; ``models`` gathers them."""
