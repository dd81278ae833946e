"""Lines such as "See also: K2": which of them are labels."""

from __future__ import annotations

import re
from collections.abc import Collection

LABEL = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z' -]{1,24}?)[ \t]*:(?:[ \t\u00a0]+|\Z|(?=\S))(?P<value>.*)\Z"
)


def known_label(written: str, labels: Collection[str]) -> str:
    """The label that a name stands for, whatever its capitals and hyphens; "" if none."""
    plain_name = written.lower().replace("-", " ").strip()
    return next((name for name in labels if name.lower() == plain_name), "")


def nearly_known(name: str, labels: Collection[str], *, after_blank: bool) -> bool:
    """Whether a name is meant for a label: one or two words with a capital, or a slip."""
    from difflib import get_close_matches

    like_one = name[0].isupper() and name.count(" ") < 2
    near = get_close_matches(name, labels, n=1, cutoff=0.8)
    return bool(near) or (like_one and not after_blank)
