"""Cards as tables for spreadsheets, and tables and Word documents as cards."""
