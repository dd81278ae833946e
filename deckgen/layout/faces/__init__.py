"""The two sides of a card."""
