"""Setting type: lines, pages, shapes."""
