"""The command line: parse, call, print, exit. Everything heavy is imported when it is used."""

from deckgen.cli import (
    building,
    calibrating,
    editions,
    folders,
    identifying,
    printing,
    reissuing,
    schema,
    watching,
)
from deckgen.cli.group import cli

__all__ = [
    "building",
    "calibrating",
    "cli",
    "editions",
    "folders",
    "identifying",
    "printing",
    "reissuing",
    "schema",
    "watching",
]
