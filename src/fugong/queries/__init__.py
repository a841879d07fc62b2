"""Questions that rules and reports share, in SQL that both engines speak; without the ORM."""
