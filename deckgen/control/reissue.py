"""Reissuing a deck: a plan of what to print anew, and the supplement that holds it."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from deckgen.control.plan_file import Plan, plan_text
from deckgen.editions.declarations import read_declarations
from deckgen.editions.marking import Stage
from deckgen.editions.swaps import swaps_since
from deckgen.layout.faces.deck import CardFaces
from deckgen.layout.papers.swap_slip import Sums, lay_out_slip
from deckgen.model.change import Kind
from deckgen.model.drawing import Drawing
from deckgen.model.lock import Lock
from deckgen.model.snapshot import INDEX_CODE
from deckgen.model.swap import Swaps
from deckgen.options import Look, Options
from deckgen.problem import Found, Place, Problem, blocks, in_order, one_of, problem
from deckgen.products.job import Job, check
from deckgen.products.supplement import draw_supplement
from deckgen.project import Project
from deckgen.proof.letters import letters_placed
from deckgen.proof.marks import EditionState, look_changes
from deckgen.proof.proof import OWN, Proof
from deckgen.sheets.imposition import sheet_count
from deckgen.store.output_folder import output_folder

_SINCE = Place("--since")


class _Prepared(Struct, frozen=True):
    """A plan, and what to carry it out with."""

    plan: Plan
    job: Job
    cards: tuple[CardFaces, ...]
    slip: tuple[Drawing, ...]


def plan_reissue(
    project: Project, since: str, options: Options | None = None, leave_out: Collection[Kind] = ()
) -> tuple[Plan | None, list[Problem]]:
    """What would have to be printed for people with a deck of an earlier edition."""
    prepared, problems = _prepare(project, since, options or Options(), leave_out)
    return (prepared.plan if prepared else None), problems


def save_plan(project: Project, plan: Plan, output: Path | None = None) -> tuple[Path, ...]:
    """Save a plan beside the outputs; returns its path. Raises CannotWrite."""
    with output_folder(output or project.folder / "output") as folder:
        return folder.replace({f"{plan.name}-plan.json": plan_text(plan).encode()}, force=True)


def reissue(
    project: Project,
    since: str,
    options: Options | None = None,
    leave_out: Collection[Kind] = (),
    *,
    held_to: str = "",
    output: Path | None = None,
    force: bool = False,
) -> tuple[tuple[Path, ...], Plan | None, list[Problem]]:
    """Make the supplement, in a folder of its own below the output folder.

    `held_to` is the fingerprint of a plan: if the content is another now, nothing is written.
    Problems come back; raises CannotWrite if the folder refuses.
    """
    prepared, problems = _prepare(project, since, options or Options(), leave_out)
    if prepared is None:
        return (), None, problems
    plan = prepared.plan
    if refusal := _refusal(plan, held_to):
        return (), plan, in_order([*problems, refusal])
    files = draw_supplement(prepared.job, prepared.cards, prepared.slip, plan.swaps)
    with output_folder((output or project.folder / "output") / plan.name) as folder:
        return folder.replace(files, force=force), plan, problems


def _refusal(plan: Plan, held_to: str) -> Problem | None:
    edition = plan.swaps.edition
    if held_to and held_to != plan.content:
        found = "The plan is stale: the deck, its editions or the options changed since."
        return problem("plan-stale", Place("--apply"), found, "Make a new plan with --plan.")
    if not plan.issued:
        found = f"Edition {edition} has not been issued, so its cards are still a draft."
        todo = f"Issue it first: deckgen issue --edition {edition}. --plan shows what would come."
        return problem("edition-unissued", _SINCE, found, todo)
    return None


def _prepare(
    project: Project, since: str, options: Options, leave_out: Collection[Kind]
) -> tuple[_Prepared | None, list[Problem]]:
    proof = Proof(project)
    job, problems = Job(proof, options), Found(in_order(proof.state[1]))
    state = None if blocks(problems) else proof.drawn
    if state is None:
        return None, problems or check(proof, options)
    old, look = state.ledger.lock(since), proof.own(options.look)
    problems += _since_problems(state, since)
    if old and look != OWN:
        problems += _look_problems(state, old, look)
    problems = Found(
        in_order([*problems, *job.problems("sheets", *["workbook"] * job.has_workbook)])
    )
    ready = proof.as_issued
    if old is None or ready is None or blocks(problems):
        return None, problems
    stage = state.standing.stage
    declared = read_declarations(project.files, state.snapshot.edition)[0]
    declared = () if stage is Stage.ISSUED else declared
    kinds = tuple(sorted(set(leave_out), key=lambda kind: kind.weight))
    code = ready.standing.code
    swaps = swaps_since(old, ready.snapshot, code, ready.ledger, declared, kinds)
    cards = proof.cards(look)[0]
    sums = _sums(swaps, job, len(cards) - swaps.cards)
    slip, faults = lay_out_slip(job.content.deck, job.design, swaps, sums)
    problems += letters_placed(faults, project.files)
    if blocks(problems):
        return None, problems
    seal = _fingerprint(project, swaps, ready, options)
    plan = Plan(swaps, sums, options, kinds, seal, stage is Stage.ISSUED)
    wanted = {*swaps.put_in, INDEX_CODE}
    cards = tuple(card for card in cards if card.marked_as in wanted)
    return _Prepared(plan, job, cards, slip), in_order(problems)


def _sums(swaps: Swaps, job: Job, indexes: int) -> Sums:
    stock, put_in = job.design.stock, len(swaps.put_in) + indexes
    whole = sheet_count(swaps.cards + indexes, stock, job.plan)
    return Sums(put_in, sheet_count(put_in, stock, job.plan), whole, indexes)


def _since_problems(state: EditionState, since: str) -> list[Problem]:
    """Why there is nothing to reissue from."""
    there = [lock.edition for lock in state.ledger.locks]
    if not there:
        found = "No edition of this deck has been issued yet, so there is nothing to compare with."
        todo = "Issue one: deckgen issue --edition 1."
    elif since not in there:
        found, todo = f"There is no edition {since}.", one_of(since, there)
    elif since == state.snapshot.edition and state.standing.stage is Stage.ISSUED:
        found = f"The deck is edition {since}: nothing has changed since."
        todo = "People who have it need nothing new."
        if len(there) > 1:
            todo += f" For others use one of: {', '.join(e for e in there if e != since)}."
    else:
        return []
    return [problem("edition-unknown", _SINCE, found, todo)]


def _look_problems(state: EditionState, old: Lock, look: Look) -> list[Problem]:
    """Cards in another look than the deck's own can be swapped only if that look is the old one."""
    changed = ", ".join(look_changes(state, old, look))
    if not changed:
        return []
    since = f"The look that you asked for has changed since edition {old.edition}"
    found = f"{since} ({changed}), so all cards in it are other cards."
    todo = "Build the whole deck in that look: deckgen build with the same options."
    return [problem("look-changed", _SINCE, found, todo)]


def _fingerprint(project: Project, swaps: Swaps, state: EditionState, options: Options) -> str:
    """Of all that decides what a supplement holds and says."""
    printers = {name: data for name, data in project.files.items() if name.startswith("printers/")}
    said = [repr(swaps), repr(options), repr(state.snapshot), repr(state.content.deck)]
    said += map(repr, state.content.say.entries)
    said += [f"{name} {sha256(data).hexdigest()}" for name, data in sorted(printers.items())]
    return sha256("\n".join(said).encode()).hexdigest()[:16]
