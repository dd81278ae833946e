"""What a preflight found, as a table for people and as data for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct

from deckgen.preflight.rules import RULES, Finding, Rule

_MOST_SHOWN = 4


class Preflight(Struct, frozen=True):
    """The outcome for one file. `claimed` is the standard that the file itself names.

    A file that is protected is not `read`: nothing is known about its other requirements.
    """

    standard: str
    claimed: str
    findings: tuple[Finding, ...]
    read: bool = True

    @property
    def passed(self) -> bool:
        return not self.findings

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The requirements that were looked at."""
        return tuple(rule for rule in RULES if self.standard in rule.standards)

    def verdict(self, rule: Rule) -> str:
        """What is printed before a requirement."""
        if self.of(rule):
            return "FAIL"
        return "pass" if self.read else "----"

    def of(self, rule: Rule) -> list[Finding]:
        """What was found against one requirement."""
        return [finding for finding in self.findings if finding.rule is rule]


def as_table(result: Preflight) -> str:
    """A line for each requirement, and below it what fails it."""
    lines = []
    for rule in result.rules:
        found = result.of(rule)
        asked = rule.asked_by(result.standard)
        clause = f"ISO 32000-1, {rule.clause}"
        lines.append(f"{result.verdict(rule)}  {rule.key:<12} {rule.asks}  [{asked}; {clause}]")
        lines += [f"        {f.where}: {f.found}" for f in found[:_MOST_SHOWN]]
        if len(found) > _MOST_SHOWN:
            lines.append(f"        and {len(found) - _MOST_SHOWN} more")
    failed = len({finding.rule.key for finding in result.findings})
    count = len(result.rules)
    verdict = "all requirements met" if result.passed else f"{failed} of them failed"
    if not result.read:
        verdict += ", the others could not be looked at"
    return "\n".join([*lines, "", f"{result.standard}: {count} requirements, {verdict}.", ""])


def as_data(results: Sequence[tuple[str, Preflight]]) -> str:
    """JSON: for each file the standard, and each requirement with what was found."""
    files = [
        {
            "file": name,
            "standard": result.standard,
            "claimed": result.claimed,
            "passed": result.passed,
            "requirements": [
                {
                    "key": rule.key,
                    "asks": rule.asks,
                    "by": rule.asked_by(result.standard),
                    "clause": f"ISO 32000-1, {rule.clause}",
                    "passed": (not result.of(rule)) if result.read or result.of(rule) else None,
                    "found": [{"where": f.where, "what": f.found} for f in result.of(rule)],
                }
                for rule in result.rules
            ],
        }
        for name, result in results
    ]
    return json.dumps({"format": 1, "files": files}, indent=1, ensure_ascii=False) + "\n"
