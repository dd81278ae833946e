"""Check words after Reed and Solomon, with which codes are read that are partly dirty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


def check_words(words: Sequence[int], count: int, field: int, first: int) -> list[int]:
    """So many check words for words of eight bits.

    `field` is the polynomial by which bytes are multiplied, and the roots of the code begin with
    the power `first` of 2: both are the code's own.
    """
    powers, logs = _logarithms(field)
    divisor, rest = _divisor(count, field, first), [0] * count
    for word in words:
        factor = word ^ rest[0]
        rest = [*rest[1:], 0]
        if factor:
            log = logs[factor]
            rest = [r ^ powers[log + d] for r, d in zip(rest, divisor, strict=True)]
    return rest


@lru_cache(maxsize=4)
def _logarithms(field: int) -> tuple[list[int], list[int]]:
    """The powers of 2, twice over, and of which power each byte is."""
    powers, logs, power = list[int](), [0] * 256, 1
    for exponent in range(255):
        powers.append(power)
        logs[power] = exponent
        power = (power << 1) ^ (field if power & 128 else 0)
    return powers * 2, logs


@lru_cache(maxsize=8)
def _divisor(count: int, field: int, first: int) -> list[int]:
    """The logarithms of what is divided by, without its leading 1: the product of all roots."""
    powers, logs = _logarithms(field)
    product = [1]
    for exponent in range(first, first + count):
        moved = [*product, 0]
        by_root = [powers[logs[p] + exponent] if p else 0 for p in product]
        product = [a ^ b for a, b in zip(moved, [0, *by_root], strict=True)]
    return [logs[p] for p in product[1:]]
