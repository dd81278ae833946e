"""What deckgen costs, beside what others pay. Not part of the package."""
