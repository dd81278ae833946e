"""Editions: fingerprints, locks, and what changed between them."""
