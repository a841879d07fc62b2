"""The tables, a module for each group, which imports those that its tables refer to; ``models`` gathers them."""
