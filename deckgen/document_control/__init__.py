"""Editions under control: issuing, what changed, reissuing, and which card is which."""
