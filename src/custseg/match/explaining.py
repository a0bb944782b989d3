"""Why two records are one customer, or are not: rules first, then each comparison."""

from typing import Any

import attrs

from custseg import frames
from custseg._typing import Codes, Record
from custseg.frames import Table
from custseg.match.keys import keys_of, rule_of
from custseg.match.opened import Taught, needs_of
from custseg.match.reading import Once
from custseg.match.weighing.account import PairExplanation, WeightPart, pair_parts, with_values
from custseg.reasons import Reason


def explained(
    rules: Taught, record_a: Record, record_b: Record, *, among: Table[Any] | None = None
) -> PairExplanation:
    """Which rules and comparisons speak for one customer, and which against it.

    Args:
        rules: How records are matched, and what was learnt.
        record_a: One record.
        record_b: The other.
        among: The table that holds the two, which tells how common their values are.
    """
    needs = needs_of(rules)
    first, second = ({name: record.get(name) for name in needs} for record in (record_a, record_b))
    columns = Once(frames.table([first, second]).read(needs))
    reasons = [_compared(rule_of(key), keys_of(key, columns)) for key in rules.keys]
    agreed = [r.settings["rule"] for r in reasons if r.code == "match.agrees"]
    apart = [_apart(rule_of(key), keys_of(key, columns)) for key in rules.apart]
    kept_apart = [reason for reason in apart if reason is not None]
    parts = _parts(rules, columns, (first, second), among)
    said = PairExplanation("pair", {}, parts=parts)
    likely = bool(parts) and said.weight >= rules.clusters.start
    one = not kept_apart and (bool(agreed) or likely)
    decision = {
        "pair": "same_customer" if one else "other_customer",
        "match_rule": agreed[0] if one and agreed else None,
    }
    told = [r for r in reasons if not parts or r.code == "match.agrees"]
    ordered = (*kept_apart, *sorted(told, key=lambda r: r.code))
    return attrs.evolve(said, decision=decision, reasons=ordered)


def _parts(
    rules: Taught, columns: Once, records: tuple[Record, Record], among: Table[Any] | None
) -> tuple[WeightPart, ...]:
    if rules.learnt is None:
        return ()
    prepared = [one.prepare(columns, rules.region) for one in rules.comparisons]
    tellers = None
    if among is not None:
        held = Once(among.read(needs_of(rules)))
        tellers = [one.prepare(held, rules.region) for one in rules.comparisons]
    parts = pair_parts(rules.learnt.weights, prepared, (0, 1), among=tellers)
    return with_values(parts, rules.comparisons, records)


def _compared(rule: str, codes: Codes) -> Reason:
    left, right = int(codes.at[0]), int(codes.at[1])
    if left < 0 or right < 0:
        return Reason("match.missing", {"rule": rule})
    if left == right:
        return Reason("match.agrees", {"rule": rule}, {"key": codes.words[left]})
    return Reason("match.differs", {"rule": rule})


def _apart(rule: str, codes: Codes) -> Reason | None:
    left, right = int(codes.at[0]), int(codes.at[1])
    if left < 0 or right < 0 or left == right:
        return None
    return Reason("match.kept_apart", {"rule": rule})
