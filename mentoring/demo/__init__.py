"""The demo's invented people: two organisations, alive on the day they are seeded. Nobody here exists."""
