"""The hand-made deck as fixtures."""

from tests.layout.made_up import deck, design, files, workbook

__all__ = ["deck", "design", "files", "workbook"]
