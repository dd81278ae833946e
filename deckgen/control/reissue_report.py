"""What a supplement holds, in words for a person."""

from __future__ import annotations

from deckgen.control.plan_file import REPRINT_ALL_ABOVE, Plan


def plan_in_words(plan: Plan) -> str:
    """What a supplement holds, for people."""
    swaps, sums = plan.swaps, plan.sums
    lines = [f"From edition {swaps.since} to {swaps.edition}:"]
    for verb, named in (
        ("put in", [s.new.name for s in swaps.swaps if s.new]),
        ("take out for good", [s.old.name for s in swaps.swaps if s.old and not s.new]),
        ("may stay", [s.name for s in swaps.may_stay]),
    ):
        lines += [f"  {verb:<18} {name}" for name in named]
    lines.append(f"  {'put in':<18} Index card{'s' * (sums.indexes > 1)}")
    lines.append(f"  {'the same':<18} {len(swaps.same)} cards, face for face")
    lines.append(f"{sums.in_words} for the whole deck: {sums.saved} saved.")
    if plan.reprint_all:
        lines.append(
            f"{round(100 * swaps.share)} % of the cards changed. Above "
            f"{round(100 * REPRINT_ALL_ABOVE)} % it is easier for people to get the whole deck: "
            "deckgen build."
        )
    if not plan.issued:
        lines.append(f"Edition {swaps.edition} is not issued yet.")
    return "\n".join(lines)
