"""What every command stands on: how it is declared, explained, completed, and what reading and writing share."""
