"""Lengths, rectangles and affine maps. Points inside the program, millimetres in files."""

from __future__ import annotations

from msgspec import Struct

PT_PER_MM = 72 / 25.4


def mm(length_mm: float) -> float:
    """Convert millimetres to PostScript points (1/72 inch)."""
    return length_mm * PT_PER_MM


def to_mm(length_pt: float) -> float:
    """Convert points to millimetres."""
    return length_pt / PT_PER_MM


class Size(Struct, frozen=True, gc=False):
    """Width and height in points."""

    width_pt: float
    height_pt: float


class Rect(Struct, frozen=True, gc=False):
    """A rectangle in points; the origin is at the lower left, as in PDF."""

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float

    @property
    def right_pt(self) -> float:
        return self.x_pt + self.width_pt

    @property
    def top_pt(self) -> float:
        return self.y_pt + self.height_pt

    @property
    def corners(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top: the order of a PDF box."""
        return self.x_pt, self.y_pt, self.right_pt, self.top_pt

    def grown(self, by_pt: float) -> Rect:
        """The rectangle with every side moved outwards (inwards if negative)."""
        return Rect(
            self.x_pt - by_pt,
            self.y_pt - by_pt,
            self.width_pt + 2 * by_pt,
            self.height_pt + 2 * by_pt,
        )


class Matrix(Struct, frozen=True, gc=False):
    """An affine map as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f (points)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """This map followed by another."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def inverse(self) -> Matrix:
        """The map that undoes this one. Raises ValueError if none does."""
        d = self.a * self.d - self.b * self.c
        if abs(d) < 1e-12:
            raise ValueError("this map can't be undone")
        a, b, c, e = self.d / d, -self.b / d, -self.c / d, self.a / d
        return Matrix(a, b, c, e, -(self.e * a + self.f * c), -(self.e * b + self.f * e))

    def apply(self, x_pt: float, y_pt: float) -> tuple[float, float]:
        """Where a point lands."""
        return (self.a * x_pt + self.c * y_pt + self.e, self.b * x_pt + self.d * y_pt + self.f)


def moved(dx_pt: float, dy_pt: float) -> Matrix:
    """A pure translation."""
    return Matrix(e=dx_pt, f=dy_pt)
