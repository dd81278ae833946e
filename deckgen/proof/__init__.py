"""The deck laid out: read once, its marks known, each look set at most once."""
