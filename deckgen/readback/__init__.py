"""Reading PDF files: our own, checked before anybody gets them, and what comes back."""
