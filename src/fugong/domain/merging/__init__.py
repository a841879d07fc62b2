"""Where histories of one record meet: their one order, what they come to, and what nobody can know (history.md §6)."""
