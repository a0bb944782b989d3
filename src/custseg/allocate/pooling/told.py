"""Why a customer stands where it stands, in reasons."""

from collections.abc import Mapping, Sequence

from custseg.allocate.pooling.clocks import Clock
from custseg.allocate.pooling.naming import DUE, POOL, REASON, REMIND, STATE, PoolColumns
from custseg.allocate.pooling.settings import PoolSettings
from custseg.reasons import Reason


def why(
    pools: Sequence[PoolSettings],
    given: Mapping[str, object],
    record: Mapping[str, object],
    names: PoolColumns,
) -> tuple[Reason, ...]:
    """The reason of a decision, with the days of the clock that decided.

    Args:
        pools: The pools.
        given: What was decided: pool, state and reason.
        record: The customer.
        names: What the columns are called.
    """
    code = str(given[REASON])
    pool = next((one for one in pools if one.name == given[POOL]), None)
    if pool is None:
        return (Reason(code),)
    clock = next((one for one in pool.hands if one.code == code), None)
    read = () if clock is None else (*clock.starts, *clock.stops)
    columns = dict.fromkeys((names.received, *map(names.of, read)))
    held = {name: record[name] for name in columns if name in record}
    if code == "protected" and pool.protection is not None:
        safe = pool.protection
        settings = {"default": safe.default, "extend": safe.extend, "maximum": safe.maximum or "-"}
        return (Reason("protected", settings, held),)
    if clock is None or given[STATE] not in {DUE, REMIND}:
        return (Reason(code, {}, held),)
    own = Reason(code, {"days": _days(clock, record, names)}, held)
    if given[STATE] == REMIND:
        return (Reason("returns_soon", {"remind": pool.remind_before}), own)
    return (own,)


def _days(clock: Clock, record: Mapping[str, object], names: PoolColumns) -> int:
    level = record.get(names.level)
    return clock.levels.get(str(level), clock.days or 0)
