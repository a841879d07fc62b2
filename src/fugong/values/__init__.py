"""What values are and how they are read: dates, working days, quantities, texts. Pure; nothing here knows a store."""
