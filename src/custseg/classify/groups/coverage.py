"""What is wrong with groups: who is in none, which overlap, which rule can never decide?"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import combinations
from typing import cast

import attrs
import numpy as np

from custseg import frames
from custseg._typing import Bools, Codes, Column, Floats, Index
from custseg.classify.groups.branches import Branches
from custseg.classify.groups.holds import Told, meant
from custseg.classify.groups.lintreport import GroupReport
from custseg.classify.groups.proofs import proofs
from custseg.classify.groups.reads import fields_of, needs_of
from custseg.classify.groups.why import Grouping
from custseg.frames.cases import comparisons
from custseg.frames.vector import absent
from custseg.reasons import Reason
from custseg.rules import Ladder, Times

_SUGGESTED = 10_000
_SHOWN = 5
_OVERLAPS = ("lint.overlap", "lint.can_overlap")


def lint(
    membership: Grouping, table: object = None, *, unknown: tuple[str, ...] = ("unknown",)
) -> GroupReport:
    """Look for what is wrong with groups: in the rules alone, and on a table.

    Of the rules it proves which can never hold (``never_true``), which are never reached
    (``unreachable``), which name a code that does not exist (``no_such_code``) and, without a
    table, which groups can overlap (``can_overlap``). Proofs are exact for comparisons with
    constants; a comparison of two fields is taken to hold or not, whatever the fields are.

    On a table it counts who is in which group and in none (``without_group``), which columns those
    lack (``missing_where``), how many are in two groups at once (``overlap``), which rules hold of
    nobody (``never_met``) or decide nothing (``never_decides``), which texts of the rules never
    occur (``absent_word``, with the nearest text that does), and which texts could not be read
    (``unread``) or are doubtful (``doubtful``). Where the first rule that holds decides, overlaps
    are no fault: they are among the notes.

    Args:
        membership: A membership, fitted or not.
        table: Customers; None looks at the rules alone.
        unknown: Groups that stand for none.

    Returns:
        The findings, as codes with parameters. Values of customers, such as the nearest text, are
        shown only with ``values=True``.

    Raises:
        MissingColumnError: The table lacks a column that is read.

    >>> import custseg as cs
    >>> from custseg.classify import Membership, lint
    >>> rule = Ladder(((cs.F("area") == "Nroth", "north"), (cs.F("age") < 18, "young")))
    >>> people = [{"area": "North", "age": 17}, {"area": "North", "age": 40}]
    >>> print(lint(Membership("group", rule), people).text(values=True))
    group: 2 customers, 50.0% of them in a group
      young: 1
      - 1 customer is in no group
      - rule 1 (north) holds of nobody here
      - area is never 'Nroth' here [nearest = North]
    """
    branches = Branches.of(membership.rule)
    if table is None:
        findings, notes = _weighed(membership, proofs(membership, branches))
        return GroupReport(membership.column, findings=findings, notes=notes)
    seen = _Seen.of(membership, branches, table)
    groups, grouped = seen.counted(unknown)
    every = [
        *_without(seen, ~grouped),
        *(f for f in proofs(membership, branches) if f.code != "lint.can_overlap"),
        *_overlaps(seen),
        *_idle(seen, unknown),
        *_absent_words(seen),
        *_unread(seen),
    ]
    findings, notes = _weighed(membership, every)
    many = int(np.count_nonzero(grouped))
    return GroupReport(membership.column, len(grouped), groups, many, findings, notes)


def _weighed(
    membership: Grouping, every: Iterable[Reason]
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What is wrong, and what is only well to know: overlaps, where the first rule decides."""
    wrong, known = list[Reason](), list[Reason]()
    for reason in every:
        overlap = membership.match == "first" and reason.code in _OVERLAPS
        (known if overlap else wrong).append(reason)
    return tuple(wrong), tuple(known)


@attrs.frozen(eq=False)
class _Seen:
    """The groups on a table.

    Attributes:
        grouping: The membership.
        branches: Its branches.
        raw: The columns that are read.
        cols: The same with the fields that are read from them.
        holds: For each branch the rows of which it holds.
        rows: Number of rows.
    """

    grouping: Grouping
    branches: Branches
    raw: Mapping[str, Column]
    cols: Mapping[str, Column]
    holds: tuple[Bools, ...]
    rows: int

    @classmethod
    def of(cls, grouping: Grouping, branches: Branches, table: object) -> "_Seen":
        """Read the columns, and decide."""
        needs = needs_of((grouping.rule,), grouping.reads)
        opened = frames.table(table)
        opened.require(needs)
        held = opened.select(needs)
        raw = held.read(needs)
        cols = fields_of(raw, grouping.reads)
        rules = [Ladder(((step.when, 1.0),), 0.0) for step in branches.steps]
        holds = tuple(cast("Floats", frames.evaluated(rule, cols, held.size)) > 0 for rule in rules)
        return cls(grouping, branches, raw, cols, holds, held.size)

    def counted(self, unknown: tuple[str, ...]) -> tuple[dict[str, int], Bools]:
        """Customers by group, and which of them are in one."""
        if self.grouping.match == "all":
            return self._counted_all(unknown)
        codes = cast("Codes", frames.evaluated(self.grouping.rule, self.cols, self.rows))
        count = np.bincount(codes.at + 1, minlength=len(codes.words) + 1)[1:]
        nowhere = [w in unknown for w in codes.words]
        groups = {w: int(n) for w, n in zip(codes.words, count, strict=True) if n}
        return groups, ~np.array([*nowhere, True])[codes.at]

    def _counted_all(self, unknown: tuple[str, ...]) -> tuple[dict[str, int], Bools]:
        groups: dict[str, Bools] = {}
        for step, rows in zip(self.branches.steps, self.holds, strict=True):
            groups[step.group] = rows | groups.get(step.group, np.zeros(self.rows, np.bool_))
        found = np.zeros(self.rows, np.bool_)
        for group, rows in groups.items():
            if group not in unknown:
                found |= rows
        return {group: int(rows.sum()) for group, rows in groups.items() if rows.any()}, found


def _without(seen: _Seen, nowhere: Bools) -> Iterator[Reason]:
    """How many are in no group, and what those lack."""
    count = int(np.count_nonzero(nowhere))
    if not count:
        return
    yield Reason("lint.without_group", {"rows": count})
    for column, values in seen.raw.items():
        lost = int(np.count_nonzero(absent(values) & nowhere))
        if lost:
            yield Reason("lint.missing_where", {"column": column, "rows": lost, "of": count})


def _overlaps(seen: _Seen) -> Iterator[Reason]:
    """Pairs of groups that hold of the same customers."""
    if not isinstance(seen.grouping.rule, Ladder):
        return
    numbered = list(zip(seen.branches.steps, seen.holds, strict=True))
    for (i, (one, here)), (j, (two, there)) in combinations(enumerate(numbered, 1), 2):
        rows = int(np.count_nonzero(here & there)) if one.group != two.group else 0
        if rows:
            settings = {"one": one.group, "other": two.group, "first": i, "second": j}
            yield Reason("lint.overlap", {**settings, "rows": rows})


def _idle(seen: _Seen, unknown: tuple[str, ...]) -> Iterator[Reason]:
    """Rules that hold of nobody, or of those alone whom rules before them take."""
    taken = np.zeros(seen.rows, np.bool_)
    ladder = isinstance(seen.grouping.rule, Ladder)
    for place, (step, holds) in enumerate(zip(seen.branches.steps, seen.holds, strict=True), 1):
        rows = int(np.count_nonzero(holds))
        said = {"step": place, "group": step.group}
        if ladder and not rows and seen.rows and step.group not in unknown:
            yield Reason("lint.never_met", said)
        elif rows and seen.grouping.match == "first" and not (holds & ~taken).any():
            yield Reason("lint.never_decides", {**said, "rows": rows})
        taken |= holds


def _absent_words(seen: _Seen) -> Iterator[Reason]:
    """Texts of the rules that never occur in their column."""
    read = {each.name for each in seen.grouping.reads}
    told: set[tuple[str, str]] = set()
    for test in (test for step in seen.branches.steps for test in comparisons(step.when)):
        if test.field in read or test.kind != "text" or isinstance(test.value, Times):
            continue
        there = cast("Codes", seen.cols[test.field])
        used = {there.words[int(i)] for i in np.unique(there.at[there.at >= 0])}
        words = test.value if isinstance(test.value, tuple) else (test.value,)
        for word in (str(w) for w in words if w not in used):
            if (test.field, word) not in told:
                told.add((test.field, word))
                yield Reason(
                    "lint.absent_word", {"field": test.field, "word": word}, _near(word, used)
                )


def _near(word: str, used: set[str]) -> dict[str, object]:
    """The text that a misspelt one was meant to be."""
    near = get_close_matches(word, sorted(used), n=1) if len(used) <= _SUGGESTED else []
    return {"nearest": near[0]} if near else {}


def _unread(seen: _Seen) -> Iterator[Reason]:
    """Texts that say nothing although they are there, and those that are doubtful."""
    columns = {column: read for read in seen.grouping.reads for column in read.columns}
    for column, read in columns.items():
        codes = cast("Codes", seen.raw[column])
        count = np.bincount(codes.at[codes.at >= 0], minlength=len(codes.words))
        kinds = [_kind(read.told(column, word)) for word in codes.words]
        for kind in ("placeholder", "unread", "doubtful"):
            if which := [i for i, k in enumerate(kinds) if k == kind and count[i]]:
                yield _texts(kind, (column, read.columns[column]), which, codes, count)


def _kind(told: Told) -> str:
    if told.value is None:
        return "placeholder" if told.problem in {"placeholder", "blank"} else "unread"
    return "doubtful" if told.problem else "sure"


def _texts(
    kind: str, read: tuple[str, str], which: list[int], codes: Codes, count: Index
) -> Reason:
    """How many values, their most frequent texts, and what those were perhaps meant to be."""
    column, holds = read
    most = sorted(which, key=lambda i: (-int(count[i]), codes.words[i]))[:_SHOWN]
    rows = sum(int(count[i]) for i in which)
    shown = [codes.words[i] for i in most]
    if kind == "unread":
        near = {word: meant(holds, word) for word in shown}
        shown = [f"{word} ({near[word]}?)" if near[word] else word for word in shown]
    settings = {"column": column, "rows": rows, "texts": len(which)}
    return Reason(f"lint.{kind}", settings, {"most": ", ".join(shown)})
