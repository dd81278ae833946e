"""Pages that were filled in with a pen: scans and phone pictures of them are read here."""
