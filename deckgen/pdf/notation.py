"""How numbers and names stand in a PDF file. Loads no library.

What comes often is kept: a file has many more numbers than different ones.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def written_name(name: str) -> str:
    """A name with its slash; what is no plain letter is written as #20."""
    return "/" + "".join(
        chr(b) if 33 <= b <= 126 and chr(b) not in "#/()<>[]{}%" else f"#{b:02X}"
        for b in name.encode()
    )


@lru_cache(maxsize=16384)
def number(value: float, digits: int = 3) -> str:
    """A number without needless digits, to a thousandth of a point."""
    rounded = round(value, digits)
    whole = int(rounded)
    return str(whole) if whole == rounded else str(rounded)


@lru_cache(maxsize=16384)
def point(value: float) -> str:
    """A coordinate, to a hundredth of a point (0.004 mm)."""
    return number(value, 2)


@lru_cache(maxsize=16384)
def fine(value: float) -> str:
    """A matrix entry: a millionth matters over the width of a sheet."""
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
