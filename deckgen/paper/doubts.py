"""What is said of an answer on paper that a person must look at; and what a tick says."""

from __future__ import annotations

TICKED = "Yes"
MAY_BE_MARKED = "There may be a mark in this box."
BLACKENED = "This box is blackened: marked, or crossed out?"
PALE = "This page was scanned in black and white, where pencil is lost: is the box empty on paper?"
NONE_MARKED = "None of these is marked."
SEVERAL_MARKED = "More than one of these is marked."
ANOTHER_MARKED = "Another of these may be marked too."
HANDWRITING = "Handwriting: type what it says."
MAY_BE_HANDWRITING = "There may be handwriting: type what it says, or leave it empty."
