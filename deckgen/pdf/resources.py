"""What the content streams of a document share: its fonts, shapes that come again, pictures."""

from __future__ import annotations

from deckgen.model.drawing import Drawing
from deckgen.pdf.coding import Use
from deckgen.pdf.fonts import font_resources
from deckgen.pdf.objects import Indirect
from deckgen.pdf.paint import Painted, Painter


class Resources:
    """The resource dictionary of one document in the making."""

    def __init__(self, painter: Painter) -> None:
        self.fonts, self.object = Indirect(), Indirect()
        self._painter = painter
        self._uses: set[Use] = set()
        self._shapes: set[str] = set()

    def paint(self, drawing: Drawing) -> Painted:
        """A Drawing's content; takes note of what it needs."""
        return self.use(self._painter.paint(drawing))

    def use(self, painted: Painted) -> Painted:
        """Take note of what a content stream needs."""
        self._uses |= painted.uses
        self._shapes |= painted.shapes
        return painted

    def forms(self, names: frozenset[str] | set[str]) -> dict[str, Indirect]:
        """Shapes by name."""
        return {name: self._painter.shapes.forms[name] for name in sorted(names)}

    def of(self, painted: Painted) -> Indirect:
        """The resources of one content stream.

        Those with pictures have their own, so that a page that is taken out takes no others along.
        """
        if not painted.pictures:
            return self.object
        pictures = {name: self._painter.pictures.object(name) for name in sorted(painted.pictures)}
        return Indirect({"Font": self.fonts, "XObject": self.forms(painted.shapes) | pictures})

    def has(self, others: Resources) -> bool:
        """Whether all fonts and shapes that others need are among these."""
        return others._uses <= self._uses and others._shapes <= self._shapes

    def finish(self) -> None:
        """Fill in what has been noted."""
        self.fonts.value |= font_resources(self._painter.coding, self._uses)
        self.object.value |= {"Font": self.fonts, "XObject": self.forms(self._shapes) or None}
