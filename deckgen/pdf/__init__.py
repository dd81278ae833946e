"""Drawings and sheets → PDF files, put together and read back."""
