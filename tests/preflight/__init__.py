"""Preflight: sound files pass, and each fault is caught by its own rule."""
