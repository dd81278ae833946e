"""All fields of a file, however they hang in it: by the form's list, on pages, or by a thread."""

from __future__ import annotations

from collections.abc import Iterator
from math import dist
from typing import Any

from msgspec import Struct, field

from deckgen.pdf.objects import Indirect
from deckgen.readback.document import Document, each_once, entry, listed, raw, text
from deckgen.readback.limits import Refused
from deckgen.readback.ways import full_name, inherited

MOST_FIELDS = 20_000
MOST_DEEP = 32
_RADIO, _PUSH = 1 << 15, 1 << 16


class Box(Struct, eq=False):
    """A field: its full name as it stands in the file, and its widgets, each with its page.

    A page counts from 0; -1 is none. `root` is the number of the topmost field above it, which
    copies that were merged have each for itself. `listed`: the form's list of fields leads to it.
    """

    node: Any
    name: str
    root: int = 0
    listed: bool = False
    widgets: list[tuple[Any, int]] = field(default_factory=list)


def boxes_of(document: Document) -> list[Box]:
    """Every field of a file. Raises Refused if there are too many."""
    return _Search(document).boxes()


class _Search:
    """Looks through one file."""

    def __init__(self, document: Document) -> None:
        self.document, self.found = document, dict[int, Box]()
        hung = ((a, i) for i, p in enumerate(document.pages) for a in listed(raw(p, "Annots")))
        self.on_page = {
            id(entry(a)): (a, i) for a, i in hung if entry(a, "Subtype") == "Widget" or _named(a)
        }
        self.owner = dict[int, Box]()  # of a widget

    def boxes(self) -> list[Box]:
        form = raw(entry(self.document.catalog, "AcroForm"), "Fields")
        for node, name, kids in _leaves(listed(form)):
            upwards = full_name(node)  # some programs list fields that have others above them
            longer = upwards if upwards.endswith(f".{name}") else name
            self._add(node, longer, kids, by_list=True)
        loose = [w for key, (w, _) in self.on_page.items() if key not in self.owner]
        nameless = [widget for widget in loose if not self._climbed(widget)]
        for thing in self.document.objects.values():
            key = id(thing.value)
            if key not in self.owner and key not in self.on_page and _is_field(thing):
                self._climbed(thing)
        for widget in nameless:
            self._nearest(widget)
        return list(self.found.values())

    def _add(self, node: Any, name: str, widgets: list[Any], by_list: bool = False) -> None:
        if len(self.found) >= MOST_FIELDS:
            raise Refused(f"it has more than {MOST_FIELDS} fields", "Look for the workbook itself.")
        key = id(entry(node))
        box = self.found.get(key) or Box(node, name, id(entry(_top(node))), by_list)
        self.found[key] = box
        for widget in widgets:
            if id(entry(widget)) not in self.owner:
                self.owner[id(entry(widget))] = box
                box.widgets.append((widget, self.on_page.get(id(entry(widget)), (None, -1))[1]))

    def _climbed(self, widget: Any) -> bool:
        """Add a widget to the field above it that has a name; False if there is none."""
        node = widget
        for _ in range(MOST_DEEP):
            if node is None or _named(node):
                break
            node = raw(node, "Parent")
        if node is None or not _named(node):
            return False
        self._add(node, full_name(node), [widget] if _is_widget(widget) else [])
        return True

    def _nearest(self, widget: Any) -> None:
        """A button that has lost its group belongs to the nearest one on its page.

        Of the group's own button in the same place nothing is left on the page. Any other widget
        that names no field stays by itself.
        """
        page, states = self.on_page[id(entry(widget))][1], states_of(widget)
        near = [
            (dist(corners_of(widget)[:2], corners_of(other)[:2]), box)
            for box in (self.found.values() if states else ())
            for other, where in box.widgets
            if where in (page, -1) and entry(box.node) is not entry(other) and states_of(other)
        ]
        box = min(near, key=lambda pair: pair[0])[1] if near else Box(widget, "")
        same = [w for w, where in box.widgets if where < 0 and states_of(w) == states]
        box.widgets = [(w, where) for w, where in box.widgets if w not in same]
        self._add(box.node, box.name, [widget])


def _leaves(top: list[Any]) -> Iterator[tuple[Any, str, list[Any]]]:
    """Fields that have no others below them, with full names and widgets."""
    waiting = [(node, "") for node in reversed(top)]
    for node, above in each_once(waiting):
        if type(entry(node)) is not dict:
            continue
        own, kids = text(raw(node, "T")), listed(raw(node, "Kids"))
        name = f"{above}.{own}" if above and own else own or above
        below = [kid for kid in kids if _named(kid) or raw(kid, "Kids") is not None]
        if below or (kids and raw(node, "FT") is None and not own):
            waiting += [(kid, name) for kid in reversed(kids)]
        else:
            yield node, name, kids or [node]


def states_of(widget: Any) -> list[str]:
    """The states in which a button has a look, but for "Off"."""
    looks = [raw(raw(widget, "AP"), key) for key in ("N", "D")]
    several = [entry(look) for look in looks if getattr(look, "stream", None) is None]
    names = dict.fromkeys(str(state) for look in several if type(look) is dict for state in look)
    return [name for name in names if name != "Off"]


def kind_of(box: Box) -> str:
    """What sort of field it is: "text", "choice", "check", "radio"; "" for what holds no answer."""
    nodes = [box.node, *(widget for widget, _ in box.widgets)]
    kinds = (text(inherited(node, "FT")) for node in nodes)
    known = next((kind for kind in kinds if kind in ("Btn", "Tx", "Ch", "Sig")), "")
    flags = next((f for n in nodes if type(f := entry(inherited(n, "Ff"))) is int), 0)
    if known == "Btn" or (not known and any(states_of(widget) for widget, _ in box.widgets)):
        several = len({state for w, _ in box.widgets for state in states_of(w)}) > 1
        group = flags & _RADIO or several or not box.name  # a tick has a name of its own
        return "" if flags & _PUSH else "radio" if group else "check"
    return {"Tx": "text", "Ch": "choice", "": "text"}.get(known, "")


def _is_widget(thing: Any) -> bool:
    return entry(thing, "Subtype") == "Widget" or raw(thing, "Rect") is not None


def _is_field(thing: Indirect) -> bool:
    if type(thing.value) is not dict:
        return False
    return thing.value.get("Subtype") == "Widget" or ("FT" in thing.value and _named(thing))


def _named(node: Any) -> bool:
    return raw(node, "T") is not None


def _top(node: Any) -> Any:
    for _ in range(MOST_DEEP):
        above = raw(node, "Parent")
        if type(entry(above)) is not dict:
            break
        node = above
    return node


def corners_of(widget: Any) -> tuple[float, float, float, float]:
    """A widget's left, bottom, right and top, in points; far off if it has no place."""
    box = [entry(v) for v in listed(raw(widget, "Rect"))]
    if len(box) != 4 or not all(type(v) in (int, float) for v in box):
        return -9e9, -9e9, -9e9, -9e9
    left, right, bottom, top = *sorted((box[0], box[2])), *sorted((box[1], box[3]))
    return float(left), float(bottom), float(right), float(top)
