"""Which rules can never hold, and which can never be reached? Proved from the rules alone."""

from collections.abc import Iterator
from itertools import combinations

from custseg.classify.groups.branches import Branches
from custseg.classify.groups.why import Grouping
from custseg.errors import nearest
from custseg.frames.cases import Cases, comparisons
from custseg.reasons import Reason
from custseg.rules import Every, Ladder, Times


def proofs(grouping: Grouping, branches: Branches) -> Iterator[Reason]:
    """What can be told without a table.

    Args:
        grouping: A membership.
        branches: Its branches.

    >>> from custseg.classify import Membership
    >>> from custseg.rules import F
    >>> rule = Ladder((((F("age") > 60) & (F("age") < 18), "odd"),), "all")
    >>> [why.code for why in proofs(Membership("band", rule), Branches.of(rule))]
    ['lint.never_true']
    """
    codes = {read.name: read.codes for read in grouping.reads if read.kind == "text"}
    yield from _no_such_code(branches, codes)
    cells = Cases.of((step.when for step in branches.steps), codes)
    alive: list[int] = []
    reached: list[int] = []
    for place, step in enumerate(branches.steps):
        answer = cells.search(step.when)
        said = {"step": place + 1, "group": step.group}
        if answer.possible is False:
            yield Reason("lint.never_true", said)
            continue
        found = [] if grouping.match == "all" else [*_unreached(branches, cells, place, alive)]
        yield from found
        alive.append(place)
        reached += [] if any(why.code == "lint.unreachable" for why in found) else [place]
    if isinstance(grouping.rule, Ladder):
        yield from _overlaps(branches, cells, reached)


def _no_such_code(branches: Branches, codes: dict[str, tuple[str, ...]]) -> Iterator[Reason]:
    """Codes that a rule asks for and that a field can never have."""
    told: set[tuple[str, str]] = set()
    for test in (test for step in branches.steps for test in comparisons(step.when)):
        known = codes.get(test.field)
        if known is None or test.value is None or isinstance(test.value, Times):
            continue
        words = test.value if isinstance(test.value, tuple) else (test.value,)
        for word in (str(w) for w in words if w not in known):
            if (test.field, word) not in told:
                told.add((test.field, word))
                near = nearest(word, known)
                hint = Reason("meant", {"word": near}) if near else ""
                yield Reason("lint.no_such_code", {"field": test.field, "word": word, "hint": hint})


def _unreached(branches: Branches, cells: Cases, place: int, before: list[int]) -> Iterator[Reason]:
    """Whether the rules before one take everybody of whom it could hold."""
    steps = branches.steps
    when = steps[place].when
    said = {"step": place + 1, "group": steps[place].group}
    answer = cells.search(when, never=tuple(steps[i].when for i in before))
    if answer.possible is None:
        yield Reason("lint.undecided", said)
    if answer.possible is not False:
        return
    alone = (i for i in before if cells.search(when, never=(steps[i].when,)).possible is False)
    first = next(alone, None)
    by = [first] if first is not None else _met(branches, cells, place, before)
    yield Reason("lint.unreachable", {**said, "by": ", ".join(str(i + 1) for i in by)})


def _met(branches: Branches, cells: Cases, place: int, before: list[int]) -> list[int]:
    """As few of the rules before one as together take everybody of whom it could hold."""
    when = branches.steps[place].when
    kept = [i for i in before if cells.search(Every((when, branches.steps[i].when))).possible]
    for i in tuple(kept):
        fewer = [j for j in kept if j != i]
        never = tuple(branches.steps[j].when for j in fewer)
        if cells.search(when, never=never).possible is False:
            kept = fewer
    return kept


def _overlaps(branches: Branches, cells: Cases, alive: list[int]) -> Iterator[Reason]:
    """Pairs of groups that can hold of one customer, with an example of our own making."""
    steps = branches.steps
    for i, j in combinations(alive, 2):
        if steps[i].group == steps[j].group:
            continue
        answer = cells.search(Every((steps[i].when, steps[j].when)))
        if answer.possible:
            example = ", ".join(f"{name} = {_shown(value)}" for name, value in answer.row.items())
            settings: dict[str, object] = {"one": steps[i].group, "other": steps[j].group}
            settings |= {"first": i + 1, "second": j + 1, "example": example}
            yield Reason("lint.can_overlap", settings)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
