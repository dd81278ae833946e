"""The forms of several files → one form."""

from __future__ import annotations

import re
from typing import Any

from deckgen.pdf.objects import Indirect
from deckgen.readback.copying import Copy
from deckgen.readback.document import entry, listed


class JoinedForm:
    """The joined form in the making."""

    def __init__(self) -> None:
        self._fields: list[Indirect] = []
        self._resources: dict[str, dict[str, Any]] = {}
        self._appearance: Any = None

    def add(self, form: Any, copy: Copy, part: int) -> None:
        """Take in a part's fields. Where a name is taken, the part's number comes before it."""
        fields = [f for f in listed(entry(form, "Fields")) if isinstance(f, Indirect)]
        if not fields:
            return
        for key in ("DA", "Q"):
            for field in fields if key in form else ():
                field.value.setdefault(key, form[key])
        self._offer(form, copy, part)
        taken = {field.value.get("T") for field in self._fields}
        if any(field.value.get("T") in taken for field in fields):
            above = Indirect({"T": f"part-{part}", "Kids": fields})
            for field in fields:
                field["Parent"] = above
            fields = [above]
        self._fields += fields
        self._appearance = self._appearance or form.get("DA")

    def finish(self) -> Indirect | None:
        """The form dictionary, or None if no part has fields."""
        if not self._fields:
            return None
        return Indirect({"Fields": self._fields, "DR": self._resources, "DA": self._appearance})

    def _offer(self, form: dict[str, Any], copy: Copy, part: int) -> None:
        """Add what a part's fields are drawn with. Another font of the same name gets a new one."""
        for kind, offered in (entry(form, "DR") or {}).items():
            if type(entry(offered)) is not dict:
                continue
            ours = self._resources.setdefault(kind, {})
            for name, made in entry(offered).items():
                if kind == "Font" and ours.get(name, made) is not made:
                    self._rename(copy, name, f"{name}.{part}")
                    name = f"{name}.{part}"
                ours.setdefault(name, made)

    def _rename(self, copy: Copy, old: str, new: str) -> None:
        def change(field: dict[str, Any]) -> None:
            if isinstance(field["DA"], str):
                field["DA"] = re.sub(rf"/{re.escape(old)}(?=\s)", f"/{new}", field["DA"])

        copy.change("DA", change)
