"""The words that deckgen adds by itself, in the language of the deck."""
