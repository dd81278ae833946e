"""The form: fields in a real hierarchy, and appearances that look the same in every viewer.

Boxes and labels are drawn on the page; a widget has neither border nor ground, for that is
the only frame seen to survive every viewer. NeedAppearances is left out: viewers that obey
it redraw even untouched fields, each in its own way, and lose the writing lines.
"""

from __future__ import annotations

import zlib
from typing import Any

from deckgen.model.drawing import Field, FieldKind
from deckgen.model.workbook import RESERVED
from deckgen.pdf.appearances import INK, lines_look, mark_look, text_look
from deckgen.pdf.coding import Coding
from deckgen.pdf.form_font import FORM_FONT_ALIAS, form_font
from deckgen.pdf.notation import number
from deckgen.pdf.objects import Indirect, Name, form, names

_MULTILINE = 1 << 12
_RADIO = 1 << 15
_COMBO = 1 << 17
_BLANK = " "
_READ_ONLY, _HIDDEN = 1, 2
_CARRIED, _CARRIED_PT = "deckgen", 12.0


class Form:
    """The interactive form of one document in the making."""

    def __init__(self, coding: Coding, face: str = "regular") -> None:
        self._letters = coding.faces.get(face) or next(iter(coding.faces.values()))
        self._nodes: dict[str, Indirect] = {}
        self._top: list[Indirect] = []
        self._marks: dict[tuple[float, float, str], Indirect] = {}

    def widget(self, field: Field, page: Indirect) -> Indirect:
        """The widget annotation of a field, entered in the hierarchy by its dotted name."""
        made = Indirect(names(Type="Annot", Subtype="Widget"))
        made.value |= {"Rect": field.rect.corners, "F": 4, "P": page, "TU": field.tooltip}
        if field.kind is FieldKind.RADIO:
            made.value |= self._radio(field, made)
            return made
        if field.name in self._nodes:
            raise ValueError(f"two fields are called {field.name!r}")
        self._enter(field.name, made)
        made.value |= self._check(field) if field.kind is FieldKind.CHECK else self._text(field)
        return made

    def carry(self, said: str, page: Indirect) -> Indirect:
        """A field that nobody sees: what the file says of itself, which viewers keep."""
        made = Indirect(names(Type="Annot", Subtype="Widget", FT="Tx"))
        made.value |= {"Rect": [0, 0, 0, 0], "F": _HIDDEN, "Ff": _READ_ONLY, "P": page, "V": said}
        made.value |= {"DA": default_appearance(_CARRIED_PT), "TU": _CARRIED}
        self._enter(f"{RESERVED}.workbook", made)
        return made

    def finish(self) -> Indirect | None:
        """The form dictionary, or None if there are no fields."""
        if not self._top:
            return None
        resources, look = {"Font": {FORM_FONT_ALIAS: self.font}}, default_appearance(0)
        return Indirect({"Fields": self._top, "DR": resources, "DA": look})

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

    def _text(self, field: Field) -> dict[str, Any]:
        """What is typed or chosen, and shown in the form font."""
        lines, choice = field.kind is FieldKind.LINES, field.kind is FieldKind.CHOICE
        # Size 0 lets the viewer shrink a long answer until all of it shows and prints.
        size_pt = 0 if lines and field.shrinks else field.size_pt
        empty = lines and not field.value
        look = lines_look(field) if empty else text_look(field, self._letters)
        entries: dict[str, Any] = {
            "FT": Name("Ch" if choice else "Tx"),
            "Ff": _MULTILINE if lines else _COMBO if choice else None,
            "DA": default_appearance(size_pt),
            "V": field.value or (_BLANK if choice else None),
            "AP": {"N": self._look(field, look)},
        }
        if choice:
            # A blank first choice: without one a viewer shows the first real choice as if it had
            # been made, and nobody can take an answer back.
            entries["Opt"] = [_BLANK, *(o for o in field.options if o.strip())]
        return entries

    def _check(self, field: Field) -> dict[str, Any]:
        state = Name("Yes" if field.value else "Off")
        return {"FT": Name("Btn"), "V": state, **self._ticked(field, "Yes", state)}

    def _radio(self, field: Field, made: Indirect) -> dict[str, Any]:
        """One of a group's buttons, entered in the group, which is made with the first of them."""
        if field.name not in self._nodes:
            group = Indirect({"FT": Name("Btn"), "Ff": _RADIO, "V": Name("Off"), "Kids": []})
            group["TU"] = field.tooltip.rpartition(":")[0] or field.tooltip
            self._enter(field.name, group)
        group = self._nodes[field.name]
        group["Kids"].append(made)
        if field.chosen:
            group["V"] = Name(field.value)
        state = Name(field.value if field.chosen else "Off")
        return {"Parent": group, **self._ticked(field, field.value, state)}

    def _ticked(self, field: Field, on: str, state: Name) -> dict[str, Any]:
        looks = {on: self._mark(field, mark_look(field)), "Off": self._mark(field)}
        return {"AS": state, "AP": {"N": looks}}

    def _mark(self, field: Field, code: str = "") -> Indirect:
        """What boxes of one size share; of text not, as viewers write into its looks."""
        key = field.rect.width_pt, field.rect.height_pt, code
        if key not in self._marks:
            self._marks[key] = self._look(field, code)
        return self._marks[key]

    def _look(self, field: Field, code: str) -> Indirect:
        fonts = {"Font": {FORM_FONT_ALIAS: self.font}} if " Tf" in code else {}
        box = [0, 0, field.rect.width_pt, field.rect.height_pt]
        return form(zlib.compress(code.encode("latin-1"), 9), box, fonts)


def default_appearance(size_pt: float) -> bytes:
    """How typed text looks; size 0 fits the text to the box."""
    return f"/{FORM_FONT_ALIAS} {number(size_pt)} Tf {INK}".encode()
