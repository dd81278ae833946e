"""Tests of what came back, and of which questions it answers."""
