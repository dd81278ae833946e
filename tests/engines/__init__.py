"""Viewers of PDF forms, each behind the same few functions."""
