"""What every form engine can be asked: fill in, read back, draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

import pikepdf
from PIL import Image

SCALE = 2.0  # pixels a point, in pictures


@dataclass(frozen=True)
class Answer:
    """What to enter where: `page` counts from 0; a tick is "Yes", a radio button its value."""

    page: int
    name: str
    kind: str
    value: str


class Engine(Protocol):
    """A viewer's engine. Its files hold what a person would get from "save"."""

    name: str

    def why_not(self) -> str:
        """Why it can't run here; empty if it can."""

    def version(self) -> str:
        """As its makers write it."""

    def fill(self, data: bytes, answers: Sequence[Answer]) -> bytes:
        """Enter the answers and save."""

    def read(self, data: bytes) -> Mapping[str, str]:
        """Every field's value as the engine shows it; "" or "Yes" for a check box."""

    def pictures(self, data: bytes, pages: Sequence[int]) -> Mapping[int, Image.Image]:
        """Pages drawn with their fields, at SCALE."""


def button_values(data: bytes) -> dict[str, list[str]]:
    """What each button of a group stands for, by the group's name, in the order of the page."""
    found: dict[str, list[str]] = {}
    with pikepdf.open(BytesIO(data)) as document:
        for page in document.pages:
            for widget in page.get("/Annots", []):
                names, node = [], widget
                while node is not None:
                    names += [str(node.T)] if "/T" in node else []
                    node = node.get("/Parent")
                if widget.get("/Subtype") == "/Widget" and "/T" not in widget:
                    states = [str(key)[1:] for key in widget.AP.N if key != "/Off"]
                    found.setdefault(".".join(reversed(names)), []).extend(states)
    return found


def plain(value: str) -> str:
    """A value with every kind of line end as \\n: engines differ in that alone."""
    return value.replace("\r\n", "\n").replace("\r", "\n")
