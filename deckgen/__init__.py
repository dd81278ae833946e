"""deckgen: card decks, workbooks and packs from plain content files."""
