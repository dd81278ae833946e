"""The form: fields in a real hierarchy, and appearances that look the same in every viewer.

Boxes and labels are drawn on the page; a widget has neither border nor ground, for that is
the only frame seen to survive every viewer. NeedAppearances is left out: viewers that obey
it redraw even untouched fields, each in its own way, and lose the writing lines.
"""

from __future__ import annotations

from typing import Any

from deckgen.model.drawing import Field, FieldKind
from deckgen.pdf.appearances import (
    DISC,
    INK,
    TICK,
    lines_look,
    mark_look,
    text_look,
)
from deckgen.pdf.coding import Coding
from deckgen.pdf.form_font import FORM_FONT_ALIAS, form_font
from deckgen.pdf.notation import number
from deckgen.pdf.objects import Indirect, Name, packed

_MULTILINE = 1 << 12
_RADIO = 1 << 15
_COMBO = 1 << 17
_BLANK = " "


class Form:
    """The interactive form of one document in the making."""

    def __init__(self, coding: Coding, face: str = "regular") -> None:
        self._letters = coding.faces.get(face) or next(iter(coding.faces.values()))
        self._nodes: dict[str, Indirect] = {}
        self._top: list[Indirect] = []
        self._marks: dict[tuple[float, float, str], Indirect] = {}

    def widget(self, field: Field, page: Indirect) -> Indirect:
        """The widget annotation of a field, entered in the hierarchy by its dotted name."""
        made = Indirect(
            {
                "Type": Name("Annot"),
                "Subtype": Name("Widget"),
                "Rect": list(field.rect.corners),
                "F": 4,
                "P": page,
                "TU": field.tooltip,
            }
        )
        if field.kind is FieldKind.RADIO:
            group = self._radio_group(field)
            group["Kids"].append(made)
            made.value |= {"Parent": group, **self._radio(field)}
            return made
        if field.name in self._nodes:
            raise ValueError(f"two fields are called {field.name!r}")
        self._enter(field.name, made)
        made.value |= self._entries(field)
        return made

    def finish(self) -> Indirect | None:
        """The form dictionary, or None if there are no fields."""
        if not self._top:
            return None
        return Indirect(
            {
                "Fields": self._top,
                "DR": {"Font": {FORM_FONT_ALIAS: self.font}},
                "DA": default_appearance(0).encode(),
            }
        )

    @property
    def font(self) -> Indirect:
        """The form font of this document."""
        return form_font(self._letters)

    def _enter(self, name: str, node: Indirect) -> None:
        """Put a field under its parents, which are made when they are missing."""
        above, _, last = name.rpartition(".")
        node["T"] = last
        self._nodes[name] = node
        if not above:
            self._top.append(node)
            return
        if above not in self._nodes:
            self._enter(above, Indirect({"T": "", "Kids": []}))
        parent = self._nodes[above]
        if "FT" in parent.value:
            raise ValueError(f"{above!r} is a field, so it can't hold {name!r}")
        parent["Kids"].append(node)
        node["Parent"] = parent

    def _entries(self, field: Field) -> dict[str, Any]:
        make = {
            FieldKind.LINE: self._line,
            FieldKind.LINES: self._lines,
            FieldKind.CHOICE: self._choice,
            FieldKind.CHECK: self._check,
        }
        return make[field.kind](field)

    def _line(self, field: Field) -> dict[str, Any]:
        return {
            "FT": Name("Tx"),
            "DA": default_appearance(field.size_pt).encode(),
            "V": field.value or None,
            "AP": {"N": self._look(field, text_look(field, self._letters))},
        }

    def _lines(self, field: Field) -> dict[str, Any]:
        look = text_look(field, self._letters) if field.value else lines_look(field)
        return {
            "FT": Name("Tx"),
            "Ff": _MULTILINE,
            # Size 0 lets the viewer shrink a long answer until all of it shows and prints.
            "DA": default_appearance(0 if field.shrinks else field.size_pt).encode(),
            "V": field.value or None,
            "AP": {"N": self._look(field, look)},
        }

    def _choice(self, field: Field) -> dict[str, Any]:
        # A blank first choice: without one a viewer shows the first real choice as if it had
        # been made, and nobody can take an answer back.
        options = [o for o in field.options if o.strip()]
        return {
            "FT": Name("Ch"),
            "Ff": _COMBO,
            "DA": default_appearance(field.size_pt).encode(),
            "Opt": [_BLANK, *options],
            "V": field.value or _BLANK,
            "AP": {"N": self._look(field, text_look(field, self._letters))},
        }

    def _check(self, field: Field) -> dict[str, Any]:
        state = Name("Yes" if field.value else "Off")
        looks = {"Yes": self._mark(field, mark_look(field, TICK)), "Off": self._mark(field)}
        return {"FT": Name("Btn"), "V": state, "AS": state, "AP": {"N": looks}}

    def _radio_group(self, field: Field) -> Indirect:
        if field.name not in self._nodes:
            group = Indirect({"FT": Name("Btn"), "Ff": _RADIO, "V": Name("Off"), "Kids": []})
            group["TU"] = field.tooltip.rpartition(":")[0] or field.tooltip
            self._enter(field.name, group)
        return self._nodes[field.name]

    def _radio(self, field: Field) -> dict[str, Any]:
        looks = {field.value: self._mark(field, mark_look(field, DISC)), "Off": self._mark(field)}
        if field.chosen:
            self._nodes[field.name]["V"] = Name(field.value)
        return {"AS": Name(field.value if field.chosen else "Off"), "AP": {"N": looks}}

    def _mark(self, field: Field, code: str = "") -> Indirect:
        """What boxes of one size share; of text not, as viewers write into its looks."""
        key = field.rect.width_pt, field.rect.height_pt, code
        if key not in self._marks:
            self._marks[key] = self._look(field, code)
        return self._marks[key]

    def _look(self, field: Field, code: str) -> Indirect:
        entries: dict[str, Any] = {
            "Type": Name("XObject"),
            "Subtype": Name("Form"),
            "BBox": [0, 0, field.rect.width_pt, field.rect.height_pt],
            "Resources": {"Font": {FORM_FONT_ALIAS: self.font}} if " Tf" in code else {},
        }
        return packed(code.encode("latin-1"), entries)


def default_appearance(size_pt: float) -> str:
    """How typed text looks; size 0 fits the text to the box."""
    return f"/{FORM_FONT_ALIAS} {number(size_pt)} Tf {INK}"
