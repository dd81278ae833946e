"""The colour gate as a table: inks, contrast, and distances to every sight."""

from __future__ import annotations

from deckgen.colour import contrast
from deckgen.content.load import load_content
from deckgen.design.load import load_design
from deckgen.design.vision import (
    LEAST_APART,
    LEAST_APART_IN_GREY,
    SIGHTS,
    distances,
    vision_problems,
)
from deckgen.problem import Problem, blocks, in_order
from deckgen.project import Project


def colour_table(project: Project) -> tuple[str, list[Problem]]:
    """A row for each section's colour; and what is below the floors."""
    content, problems = load_content(project.files)
    if content is None:
        return "", in_order(problems)
    design, found = load_design(project.files, content.theme, content.stock, ink_saver=False)
    problems += found
    if design is None:
        return "", in_order(problems)
    palettes = design.palettes
    keys = tuple(s.palette for s in content.deck.sections if s.palette in palettes.sections)
    pairs = list(distances(palettes, keys))
    head = ["colour", "inks (CMYK %)", "ink", "words on it", *SIGHTS]
    rows = [head]
    for key in dict.fromkeys(keys):
        palette = palettes.sections[key]
        band = palette.colours["band"]
        inks = " ".join(f"{ink:g}" for ink in band.cmyk)
        ratio = contrast(band.srgb, palette.srgb("on_band"))
        nearest = [
            min(
                (p for p in pairs if p.sight == sight and key in (p.one, p.other)),
                default=None,
                key=lambda p: p.distance,
            )
            for sight in SIGHTS
        ]
        shown = [f"{p.distance:.1f}" if p else "-" for p in nearest]
        rows.append([key, inks, f"{band.ink_percent:g} %", f"{ratio:.1f}:1", *shown])
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = [
        "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    problems += vision_problems(palettes, keys)
    found = [problem for problem in problems if blocks([problem])]
    note = (
        f"Distances are to the nearest other colour: CIEDE2000, {LEAST_APART:g} at least; "
        f"in grey L*, {LEAST_APART_IN_GREY:g} at least."
    )
    return "\n".join([*lines, "", note, ""]), in_order(found)
