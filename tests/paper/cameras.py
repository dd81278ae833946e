"""Simulated scanners, copiers and phones: what becomes of a page of dots, seeded."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter

from tests.paper.pens import DPI

Picture = Image.Image
Camera = Callable[[Picture, random.Random], Picture]


def _noisy(dots: np.ndarray, sigma: float, rng: random.Random) -> Picture:
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, sigma, dots.shape)
    return Image.fromarray(np.clip(dots + noise, 0, 255).astype(np.uint8))


def jpeg(picture: Picture, quality: int = 70) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _through_jpeg(picture: Picture, quality: int) -> Picture:
    return Image.open(BytesIO(jpeg(picture, quality))).convert("L")


def scan(
    page: Picture,
    rng: random.Random,
    dpi: int = 200,
    *,
    two_levels: bool = False,
    quality: int = 70,
    scale: float = 0.0,
    turn: float | None = None,
) -> Picture:
    """A flat-bed or feeder: skewed up to 2.5°, shifted 3 mm, blurred, noisy."""
    wide, high = page.size
    scale = scale or rng.uniform(0.965, 1.02)
    angle = math.radians(rng.uniform(-2.5, 2.5) if turn is None else turn)
    cos, sin = math.cos(angle) / scale, math.sin(angle) / scale
    dx, dy = (rng.uniform(-3, 3) / 25.4 * DPI for _ in "xy")
    cx, cy = wide / 2, high / 2
    map_ = cos, sin, cx - cos * (cx + dx) - sin * (cy + dy)
    map_ += -sin, cos, cy + sin * (cx + dx) - cos * (cy + dy)
    turned = page.transform(page.size, Image.Transform.AFFINE, map_, 2, fillcolor=255)
    size = round(wide * dpi / DPI), round(high * dpi / DPI)
    small = turned.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.6))
    dots = np.asarray(small, np.float32) * rng.uniform(0.85, 1.0) + rng.uniform(0, 18)
    seen = _noisy(dots, 7, rng)
    if two_levels:
        bound = rng.choice([128, 150, 170])
        return seen.point([0] * bound + [255] * (256 - bound)).convert("1")
    return _through_jpeg(seen, quality)


def phone(page: Picture, rng: random.Random, width: int = 2000, curl_mm: float = 0.0) -> Picture:
    """A phone above a table: perspective, uneven light, paper that is curled."""
    wide, high = page.size
    if curl_mm:
        page = _curled(page, curl_mm)
    out_wide, out_high = width, round(width * 4 / 3)
    fit = min(out_wide * 0.9 / wide, out_high * 0.9 / high)
    left, top = (out_wide - wide * fit) / 2, (out_high - high * fit) / 2
    corners = [(0, 0), (wide, 0), (wide, high), (0, high)]
    seen = [
        (left + x * fit + _off(rng, out_wide), top + y * fit + _off(rng, out_wide))
        for x, y in corners
    ]
    half = page.resize((wide // 2, high // 2), Image.Resampling.BOX) if fit < 0.6 else page
    ratio = half.width / wide
    map_ = _perspective(seen, [(x * ratio, y * ratio) for x, y in corners])
    seen_page = half.transform(
        (out_wide, out_high), Image.Transform.PERSPECTIVE, map_, 2, fillcolor=90
    )
    across = np.linspace(rng.uniform(0.55, 1), rng.uniform(0.55, 1), out_wide)[None, :]
    down = np.linspace(rng.uniform(0.7, 1), rng.uniform(0.7, 1), out_high)[:, None]
    blurred = seen_page.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.2)))
    return _through_jpeg(_noisy(np.asarray(blurred, np.float32) * across * down, 6, rng), 75)


def _off(rng: random.Random, wide: int) -> float:
    return rng.uniform(-0.06, 0.06) * wide * 0.6


def _curled(page: Picture, curl_mm: float) -> Picture:
    dots = np.asarray(page)
    high, wide = dots.shape
    down = np.rint(curl_mm / 25.4 * DPI * np.sin(np.pi * np.arange(wide) / wide)).astype(int)
    rows = np.clip(np.arange(high)[:, None] + down[None, :], 0, high - 1)
    return Image.fromarray(np.take_along_axis(dots, rows, axis=0))


def _perspective(seen: list[tuple[float, float]], page: list[tuple[float, float]]) -> list[float]:
    rows, ends = [], []
    for (x, y), (u, v) in zip(seen, page, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        ends += [u, v]
    return [float(n) for n in np.linalg.solve(np.array(rows), np.array(ends))]


def copied(page: Picture, rng: random.Random) -> Picture:
    """A copy of a copy, the first at 94 %, scanned at 200 dpi."""
    first = scan(page, rng, 200, scale=0.94, quality=50)
    return scan(first.resize(page.size, Image.Resampling.BICUBIC), rng, 200)


CAMERAS: dict[str, Camera] = {
    "grey 75 dpi": lambda page, rng: scan(page, rng, 75),
    "grey 100 dpi": lambda page, rng: scan(page, rng, 100),
    "grey 150 dpi": lambda page, rng: scan(page, rng, 150),
    "grey 200 dpi": lambda page, rng: scan(page, rng, 200),
    "grey 300 dpi": lambda page, rng: scan(page, rng, 300),
    "black-white 150 dpi": lambda page, rng: scan(page, rng, 150, two_levels=True),
    "black-white 200 dpi": lambda page, rng: scan(page, rng, 200, two_levels=True),
    "phone 1200 dots": lambda page, rng: phone(page, rng, 1200),
    "phone 2000 dots": lambda page, rng: phone(page, rng, 2000),
    "phone 2000, curl 1.5 mm": lambda page, rng: phone(page, rng, 2000, 1.5),
    "phone 2000, curl 3 mm": lambda page, rng: phone(page, rng, 2000, 3.0),
    "copy of a copy": copied,
    "upside down 150 dpi": lambda page, rng: scan(page, rng, 150).rotate(180),
}
