"""The gate that no finished file passes with a fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deckgen.readback.join import Joined, Part


class BuildFault(Exception):
    """A finished file failed its checks: our bug, never the user's. Nothing is written."""


def checked(name: str, data: bytes) -> tuple[bytes]:
    """A finished file, once it has been read back. Raises BuildFault if it has a fault."""
    from deckgen.readback.check import file_faults

    faults = file_faults(data)
    if faults:
        raise BuildFault(f"the {name} file failed its checks: {'; '.join(faults[:5])}")
    return (data,)


def refuse_losses(parts: Sequence[Part], pack: Joined) -> None:
    """Raise BuildFault if the pack lacks something that its parts had, or is broken itself."""
    from deckgen.readback.check import pack_losses

    losses = pack_losses(parts, pack)
    if losses:
        raise BuildFault(f"the pack lost something of its parts: {'; '.join(losses[:5])}")
