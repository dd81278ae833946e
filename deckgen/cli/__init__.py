"""The command line: parse, call, print, exit. One file a command, loaded when it is asked for."""

from deckgen.cli.group import cli

__all__ = ["cli"]
