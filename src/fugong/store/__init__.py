"""How rows are kept: the two engines, tables, views, and upgrades."""
