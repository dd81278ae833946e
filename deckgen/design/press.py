"""What a print shop's file depends on: sizes of cards, the press's colour profile, its limits."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from deckgen.design.stock import MOST_BLEED_MM, Extent
from deckgen.problem import Place, Problem, problem
from deckgen.settings import Settings, like

LEAST_BLEED_MM = 3.0  # print shops take no less


class TradeSize(Extent, frozen=True):
    """A card as the trade sells it; `theme` suits it, if the project's own does not."""

    name: str
    theme: str = ""


class PressFile(Settings, frozen=True):
    """templates/press.toml. Lengths in millimetres, ink in per cent."""

    profile: Annotated[str, like(r"[^/\\]+\.icc", "the name of a file that ends in .icc")]
    condition: str
    condition_info: str
    registry: str
    bleed: Annotated[float, Meta(ge=LEAST_BLEED_MM, le=MOST_BLEED_MM)]
    ink_limit: Annotated[float, Meta(ge=200, le=400)]
    paper: str
    finish: str
    sizes: dict[str, TradeSize]


class Press(Struct, frozen=True):
    """The press, with the bytes of its profile."""

    settings: PressFile
    profile: bytes


def profile_problems(data: bytes, file: str) -> list[Problem]:
    """What makes a profile useless for an output intent (ICC.1:2010, 7.2)."""
    if len(data) < 132 or data[36:40] != b"acsp":
        fault = "This is no ICC profile."
    elif data[12:16] != b"prtr" or data[16:20] != b"CMYK":
        fault = "This profile is not that of a press with four inks (class prtr, CMYK)."
    elif int.from_bytes(data[:4], "big") != len(data):
        fault = "This profile is not complete."
    else:
        return []
    return [problem("profile-unusable", Place(file), fault, "Ask the print shop for its profile.")]
