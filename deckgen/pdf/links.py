"""Link annotations: to a page of the document, a web address or a mail address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from deckgen.model.drawing import Link
from deckgen.pdf.objects import Indirect, names
from deckgen.pdf.outline import top_of

# What an address may hold as it is; anything else, such as é, is written as %C3%A9.
_KEPT = "%/:=&?~#+!$,;'@()*[]"
_SCHEMES = ("https://", "http://", "mailto:")


def link_annotation(link: Link, page: Indirect, by_name: Mapping[str, Indirect]) -> Indirect:
    """A link without a border. ValueError if the target is no page here and no safe address."""
    entries = {"Rect": link.rect.corners, "Border": [0, 0, 0], "F": 4, "P": page}
    entries |= {"Contents": link.contents, **_target(link.target, by_name)}
    return Indirect({**names(Type="Annot", Subtype="Link"), **entries})


def _target(target: str, by_name: Mapping[str, Indirect]) -> dict[str, Any]:
    if target.startswith("#"):
        if target[1:] not in by_name:
            raise ValueError(f"a link leads to {target!r}, and no page has that name")
        return {"Dest": top_of(by_name[target[1:]])}
    if not target.lower().startswith(_SCHEMES):
        raise ValueError(f"a link may lead to https, http or mailto only, not to {target!r}")
    return {"A": {**names(S="URI"), "URI": quote(target, safe=_KEPT).encode()}}
