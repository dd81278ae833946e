"""Does a file keep to PDF/X? Each requirement, one by one, for files from anywhere."""
