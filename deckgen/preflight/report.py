"""What a preflight found, as a table for people and as data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckgen.preflight.rules import RULES, Finding, Rule
from deckgen.report import json_text, one_line

_MOST_SHOWN, _LONGEST = 4, 300


# What is printed before a requirement, and after the number of them.
OUTCOMES = {
    "fail": ("FAIL", "failed"),
    "pass": ("pass", "met"),
    "none": ("none", "with nothing in the file to look at"),
    "unread": ("----", "that could not be looked at"),
}


class Preflight(Struct, frozen=True):
    """The outcome for one file. `claimed` is the standard that the file itself names.

    `found` has what is against each requirement by its key; nothing, where there was something
    for it to look at and all is well.
    """

    standard: str
    claimed: str
    found: Mapping[str, Sequence[Finding]]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is against the requirements."""
        return tuple(finding for found in self.found.values() for finding in found)

    @property
    def passed(self) -> bool:
        return not self.findings

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The requirements that were looked at."""
        return tuple(rule for rule in RULES if self.standard in rule.standards)

    def outcome(self, rule: Rule) -> str:
        """One of OUTCOMES; "none" if the file has nothing that the requirement is on each of."""
        if self.of(rule):
            return "fail"
        if self.found.get("READ") or self.found.get("ENCRYPTION"):
            return "unread"  # what was not found may still be there
        return "pass" if not rule.of or rule.key in self.found else "none"

    def of(self, rule: Rule) -> Sequence[Finding]:
        """What was found against one requirement."""
        return self.found.get(rule.key, ())


def as_table(result: Preflight) -> str:
    """A line for each requirement, and below it what fails it."""
    lines, outcomes = [], Counter(map(result.outcome, result.rules))
    for rule in result.rules:
        found, outcome = result.of(rule), result.outcome(rule)
        by = f"[{rule.asked_by(result.standard)}; {_clause(rule)}]"
        lines.append(f"{OUTCOMES[outcome][0]}  {rule.key:<12} {rule.asks}  {by}")
        lines += [f"        there are no {rule.of} in it"] * (outcome == "none")
        lines += [f"        {f.where}: {one_line(f.found[:_LONGEST])}" for f in found[:_MOST_SHOWN]]
        if len(found) > _MOST_SHOWN:
            lines.append(f"        and {len(found) - _MOST_SHOWN} more")
    counted = [f"{outcomes[key]} {words}" for key, (_, words) in OUTCOMES.items() if outcomes[key]]
    verdict = f"{result.standard}: {len(result.rules)} requirements, {', '.join(counted)}."
    return "\n".join([*lines, "", verdict, ""])


def _clause(rule: Rule) -> str:
    return f"ISO 32000-1, {rule.clause}"


def as_data(results: Sequence[tuple[str, Preflight]], refused: Mapping[str, str]) -> str:
    """JSON: for each file the standard, and each requirement with what was found; or why none."""
    files = [_record(name, result) for name, result in results]
    files += [{"file": name, "passed": False, "refused": why} for name, why in refused.items()]
    return json_text(format=2, files=files)


def _record(name: str, result: Preflight) -> dict[str, object]:
    requirements = []
    for rule in result.rules:
        asked = {"key": rule.key, "asks": rule.asks, "by": rule.asked_by(result.standard)}
        outcome = result.outcome(rule)
        passed = {"pass": True, "fail": False}.get(outcome)
        said = [{"where": f.where, "what": f.found} for f in result.of(rule)]
        came = {"clause": _clause(rule), "outcome": outcome, "passed": passed, "found": said}
        requirements.append({**asked, **came})
    about = {"file": name, "standard": result.standard, "claimed": result.claimed}
    return {**about, "passed": result.passed, "requirements": requirements}
