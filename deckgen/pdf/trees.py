"""Name trees and number trees (ISO 32000-1, 7.9.6 and 7.9.7), balanced when they are large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deckgen.pdf.objects import Indirect

_IN_A_NODE = 64


def balanced(key: str, pairs: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """The root of a tree of pairs in the order of their keys: `key` is "Names" or "Nums"."""
    nodes = [
        ({key: [value for pair in part for value in pair]}, part[0][0], part[-1][0])
        for part in _parts(pairs)
    ]
    while len(nodes) > 1:
        nodes = [
            ({"Kids": [_limited(*node) for node in part]}, part[0][1], part[-1][2])
            for part in _parts(nodes)
        ]
    return nodes[0][0] if nodes else {key: []}


def _limited(node: dict[str, Any], lowest: Any, highest: Any) -> Indirect:
    return Indirect({"Limits": [lowest, highest], **node})


def _parts(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[i : i + _IN_A_NODE] for i in range(0, len(items), _IN_A_NODE)]
