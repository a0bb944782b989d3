"""Somebody is to be forgotten: records leave every merge, and the others stay as they were."""

from collections.abc import Iterable, Mapping

import attrs

from custseg.match.merging.entry import MergeEntry, Undone, in_order, merge_id


def erased(
    merges: Iterable[MergeEntry], gone: frozenset[object]
) -> tuple[tuple[MergeEntry, ...], Mapping[str, str | None]]:
    """The merges without some records.

    A merge that other records owe their being together to keeps them together: where it named a
    record that leaves, it names another of the same customer.

    Args:
        merges: The merges.
        gone: The ids of the records that leave.

    Returns:
        The merges that remain, and for each changed merge its old id and its new one, None if it
        is gone.
    """
    every = list(merges)
    heirs = _heirs(every, gone)
    kept: dict[str, MergeEntry] = {}
    renamed: dict[str, str | None] = {}
    for merge in every:
        after = _without(merge, heirs, gone) if gone & {merge.into, *merge.records} else merge
        if after is None or after.id != merge.id:
            renamed[merge.id] = after.id if after else None
        if after is not None and (after.id not in kept or after.joined):
            kept[after.id] = after
    return tuple(kept[key] for key in sorted(kept)), renamed


def _heirs(merges: list[MergeEntry], gone: frozenset[object]) -> dict[object, object]:
    """For each record that leaves one that stays and is joined to it; none if there is none."""
    near: dict[object, set[object]] = {}
    for merge in merges:
        joined = merge.joined
        for record in gone.intersection(joined):
            near.setdefault(record, set()).update(other for other in joined if other != record)
    heirs: dict[object, object] = {}
    for record in gone:
        reached, edge = {record}, [record]
        while edge:
            new = near.get(edge.pop(), set()) - reached
            reached |= new
            edge += [one for one in new if one in gone]
        if stay := reached - gone:
            heirs[record] = in_order(stay)[0]
    return heirs


def _without(
    merge: MergeEntry, heirs: Mapping[object, object], gone: frozenset[object]
) -> MergeEntry | None:
    records = _replaced(merge.records, heirs, gone)
    if len(records) < 2:  # noqa: PLR2004 - it joins nobody
        return None
    into = heirs.get(merge.into) if merge.into in gone else merge.into
    undone = tuple(
        Undone(left, one.at, one.actor)
        for one in merge.undone
        if (left := _replaced(one.records, heirs, gone))
    )
    return attrs.evolve(
        merge,
        id=merge_id(records),
        records=records,
        into=into if into in records else records[0],
        undone=undone,
    )


def _replaced(
    records: Iterable[object], heirs: Mapping[object, object], gone: frozenset[object]
) -> tuple[object, ...]:
    kept = (record for record in records if record not in gone or record in heirs)
    return in_order(heirs[record] if record in gone else record for record in kept)
