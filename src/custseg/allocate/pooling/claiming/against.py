"""What stands against a wish at the desk: everything, each with the day on which it ends."""

from collections.abc import Iterator

import attrs
import numpy as np

from custseg._typing import Ints
from custseg.allocate.pooling.claiming.books import (
    Asked,
    Books,
    Crowd,
    Losses,
    Team,
    as_text,
    owner_of,
)
from custseg.allocate.pooling.claiming.bounds import Bound
from custseg.allocate.pooling.recycling.sea import Reach
from custseg.allocate.pooling.terms.settings import PoolSettings
from custseg.reasons import Reason


@attrs.frozen(eq=False)
class Rules:
    """What a desk knows, and what it holds against wishes.

    Attributes:
        reach: The pools, the names of the columns and the day.
        team: The representatives.
        crowd: The customers.
        bounds: The limits with what was used of them at first.
        losses: Who lost which customer when.
        books: What has changed since.
    """

    reach: Reach
    team: Team
    crowd: Crowd
    bounds: tuple[Bound, ...]
    losses: Losses
    books: Books

    def all(self, asked: Asked) -> Iterator[tuple[Reason, float | None]]:
        """Everything that stands against a wish, with the day on which it does no more."""
        if asked.row < 0:
            yield Reason("unknown_customer"), None
            return
        gains = asked.action in {"claim", "assign", "hand_over"}
        if gains and asked.rep < 0:
            yield Reason("unknown_rep"), None
            return
        owner = owner_of(self.crowd, self.books, asked.row)
        pool = self.pool(asked.row)
        for code in self._misplaced(asked, owner, pool):
            yield Reason(code, {"pool": "-" if pool is None else pool.name}), None
        if asked.action == "claim" and pool is not None:
            yield from self._hasty(asked, pool)
        if gains and asked.rep != owner:
            yield from self._full(asked, owner)
        if asked.action == "lock" and owner >= 0:
            yield from self._full(asked, -1, locked=True)

    def _misplaced(self, asked: Asked, owner: int, pool: PoolSettings | None) -> Iterator[str]:
        """What is wrong with the customer, or with who asks."""
        if asked.action in {"claim", "assign"}:
            if owner != -1:
                yield "own_already" if owner == asked.rep else "has_owner"
            yield from self._closed(asked, pool)
        elif owner == -1:
            yield "in_pool"
        else:
            if asked.action == "give_back" and pool is None:
                yield "no_pool"
            if not (self._admin(asked, pool) or asked.actor == owner):
                yield "not_owner"
            if asked.action == "hand_over" and owner == asked.rep:
                yield "own_already"
            yield from self._bolted(asked)

    def _closed(self, asked: Asked, pool: PoolSettings | None) -> Iterator[str]:
        if pool is None:
            yield "no_pool"
        elif asked.action == "claim" and not self._member(asked.rep, pool):
            yield "not_member"
        elif asked.action == "assign" and not self._admin(asked, pool):
            yield "not_admin"

    def _bolted(self, asked: Asked) -> Iterator[str]:
        if not self.is_locked(asked.row):
            yield from ("not_locked",) if asked.action == "unlock" else ()
        elif asked.action != "unlock":
            yield "locked_already" if asked.action == "lock" else "unlock_first"

    def _hasty(self, asked: Asked, pool: PoolSettings) -> Iterator[tuple[Reason, float | None]]:
        """Too many claims in a day, or claimed again too soon."""
        day = self.reach.as_of
        used = self.books.claimed.get((int(self.crowd.pool[asked.row]), asked.rep), 0)
        most = pool.claims_a_day
        if most is not None and used >= most:
            yield Reason("claims_used", {"used": used, "most": most}), day + 1 if most else None
        if pool.cool_off is None:
            return
        lost = self.books.lost.get((asked.row, asked.rep))
        if lost is None:
            lost = self.losses.day(asked.row, asked.rep)
        if lost is not None:
            count = pool.count(min(lost, day), day)
            free = float(count.later(np.array([lost]), pool.cool_off + 1)[0])
            if day < free:
                yield Reason("cooling_off", {"cool_off": pool.cool_off}), free

    def _full(
        self, asked: Asked, giver: int, *, locked: bool = False
    ) -> Iterator[tuple[Reason, None]]:
        """Each limit that is reached; a team that hands over within itself gains nothing."""
        pool, won = int(self.crowd.pool[asked.row]), bool(self.crowd.won[asked.row])
        for one, used in self.limits():
            group = int(one.group[asked.rep])
            mine = (one.limit.counts == "locked") is locked
            if group < 0 or not mine or not one.counts(pool=pool, won=won, locked=locked):
                continue
            if giver >= 0 and int(one.group[giver]) == group:
                continue
            if used[group] >= one.most[group]:
                told = {"used": int(used[group]), "most": int(one.most[group])}
                code = "locks_full" if locked else "holding_full"
                yield Reason(code, {**told, "by": one.names[group]}), None

    def limits(self) -> Iterator[tuple[Bound, Ints]]:
        """Each limit with what is used of it now."""
        yield from zip(self.bounds, self.books.used, strict=True)

    def pool(self, row: int) -> PoolSettings | None:
        """The pool of a customer."""
        place = -1 if row < 0 else int(self.crowd.pool[row])
        return None if place < 0 else self.reach.pools[place]

    def is_locked(self, row: int) -> bool:
        """Whether a customer is locked now."""
        return self.books.locked.get(row, bool(self.crowd.locked[row]))

    def _member(self, rep: int, pool: PoolSettings) -> bool:
        if not (pool.members or pool.departments):
            return True
        named = self.team.words[rep] in {*pool.members, *pool.admins}
        return named or self.team.departments[rep] in pool.departments

    def _admin(self, asked: Asked, pool: PoolSettings | None) -> bool:
        return pool is not None and as_text(asked.said[2]) in pool.admins
