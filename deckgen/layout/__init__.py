"""Words and looks → Drawings."""
