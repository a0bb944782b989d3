"""The desk of the pools on a day: who may claim, get, hand over, return and lock a customer."""

from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from custseg._typing import Bools, Index
from custseg.allocate.pooling.books import Books, Losses
from custseg.allocate.pooling.bounds import Bound
from custseg.allocate.pooling.claim import Action, Claim
from custseg.allocate.pooling.daycount import as_date
from custseg.allocate.pooling.events import (
    ASSIGNED,
    AT,
    CLAIMED,
    EVENT,
    FROM,
    HANDED,
    RETURNED,
    TO,
    WHY,
)
from custseg.allocate.pooling.naming import POOL
from custseg.allocate.pooling.sea import Reach
from custseg.allocate.pooling.settings import PoolSettings
from custseg.frames.scalar import text
from custseg.reasons import Reason


@attrs.frozen(eq=False)
class Team:
    """The representatives.

    Attributes:
        ids: Their ids as they were given.
        words: Their ids as texts.
        at: Id as text -> place.
        departments: The department of each, ``None`` where it is unknown.
    """

    ids: Sequence[object]
    words: Sequence[str]
    at: Mapping[str, int]
    departments: Sequence[str | None]


@attrs.frozen(eq=False)
class Crowd:
    """The customers.

    Attributes:
        at: Id as text -> row.
        owner: The owner of each, -1 for none, -2 for somebody outside the team.
        pool: The pool of each, -1 for none.
        won: Whether it is won.
        locked: Whether it is locked.
    """

    at: Mapping[str, int]
    owner: Index
    pool: Index
    won: Bools
    locked: Bools


@attrs.frozen(eq=False)
class _Asked:
    """One wish: what, which row, for whom, by whom, and how it was written."""

    action: Action
    row: int
    rep: int
    actor: int
    said: tuple[object, object, object]
    why: str | None = None


@attrs.frozen(eq=False, repr=False)
class PoolDesk:
    """Who holds what on a day, and the verdict on what anybody wants.

    A desk does not change: ``after`` gives the next one.

    Attributes:
        reach: The pools, the names of the columns and the day.
        team: The representatives.
        crowd: The customers.
        bounds: The limits with what is used of them.
        losses: Who lost which customer when.
        books: What has changed since.

    >>> from custseg.allocate import Pool, PoolLimit
    >>> sea = Pool(limits=[PoolLimit(1, counts="locked")], cool_off=7)
    >>> people = [{"customer_id": n, "owner": "A", "received_at": "2026-01-01"} for n in (1, 2)]
    >>> people = [{**one, "won": 0, "locked": False} for one in people]
    >>> desk = sea.desk(people, [{"rep_id": "A"}], [], at="2026-07-02")
    >>> first = desk.lock(1, by="A")
    >>> print(desk.after(first).lock(2, by="A").text())
    lock: refused
      - 1 of 1 locks are used (A): unlock one first
    >>> later = desk.after(desk.give_back(2, by="A"))
    >>> print(later.claim(2, "A").text())
    claim: refused
      - a former owner may not claim it for 7 days
      - possible on 2026-07-10
    """

    reach: Reach
    team: Team
    crowd: Crowd
    bounds: tuple[Bound, ...]
    losses: Losses
    books: Books

    def claim(self, customer: object, rep: object) -> Claim:
        """May somebody take a customer out of the pool?

        Args:
            customer: The id of the customer.
            rep: The id of who claims it.
        """
        return self._answer(self._asked("claim", (customer, rep, rep)))

    def assign(self, customer: object, rep: object, *, by: object) -> Claim:
        """May an admin give a customer of the pool to somebody?

        Daily claims and cool-off do not count, limits do.

        Args:
            customer: The id of the customer.
            rep: Who is to have it.
            by: The admin.
        """
        return self._answer(self._asked("assign", (customer, rep, by)))

    def hand_over(self, customer: object, rep: object, *, by: object) -> Claim:
        """May a customer go from its owner to somebody else? For its new owner it is a gain.

        Args:
            customer: The id of the customer.
            rep: Who is to have it.
            by: Its owner, or an admin.
        """
        return self._answer(self._asked("hand_over", (customer, rep, by)))

    def give_back(self, customer: object, *, by: object, why: str | None = None) -> Claim:
        """May a customer be put into the pool by hand?

        Args:
            customer: The id of the customer.
            by: Its owner, or an admin.
            why: The reason, for the owner history.
        """
        asked = self._asked("give_back", (customer, None, by))
        return self._answer(attrs.evolve(asked, why=why))

    def lock(self, customer: object, *, by: object) -> Claim:
        """May a customer be locked to its owner, so that no clock returns it?

        Args:
            customer: The id of the customer.
            by: Its owner, or an admin.
        """
        return self._answer(self._asked("lock", (customer, None, by)))

    def unlock(self, customer: object, *, by: object) -> Claim:
        """May a customer be unlocked?

        Args:
            customer: The id of the customer.
            by: Its owner, or an admin.
        """
        return self._answer(self._asked("unlock", (customer, None, by)))

    def after(self, claim: Claim) -> "PoolDesk":
        """The desk after a verdict: the same where it was refused.

        Args:
            claim: A verdict of this desk.
        """
        if not claim.granted:
            return self
        books = self.books.copy()
        self.enter(claim, books)
        return attrs.evolve(self, books=books)

    def used(self, rep: object) -> tuple[tuple[str, int, int], ...]:
        """What somebody has used of the limits that bind it: what counts, used, most.

        Args:
            rep: The id.
        """
        at = self.team.at.get(_text(rep), -1)
        if at < 0:
            return ()
        found = [(one, int(one.group[at]), used) for one, used in self._limits()]
        return tuple(
            (one.limit.counts, int(used[group]), int(one.most[group]))
            for one, group, used in found
            if group >= 0
        )

    def enter(self, claim: Claim, books: Books) -> None:
        """Write a granted verdict into books.

        Args:
            claim: The verdict.
            books: The books to change.
        """
        asked = self._asked(claim.action, (claim.customer_id, claim.rep_id, claim.by))
        row, day = asked.row, self.reach.as_of
        pool, owner = int(self.crowd.pool[row]), _owner(self.crowd, books, row)
        was = {"pool": pool, "won": bool(self.crowd.won[row])}
        locked = books.locked.get(row, bool(self.crowd.locked[row]))
        self._tally(books, owner, -1, {**was, "locked": locked})
        if claim.action in {"lock", "unlock"}:
            locked = claim.action == "lock"
        else:
            new = asked.rep if claim.action != "give_back" else -1
            books.owner[row], locked = new, False
            if owner >= 0:
                books.lost[row, owner] = day
            if claim.action == "claim":
                key = (pool, asked.rep)
                books.claimed[key] = books.claimed.get(key, 0) + 1
            owner = new
        books.locked[row] = locked
        self._tally(books, owner, 1, {**was, "locked": locked})

    def _tally(self, books: Books, owner: int, sign: int, told: Mapping[str, int | bool]) -> None:
        if owner < 0:
            return
        pool, won, locked = int(told["pool"]), bool(told["won"]), bool(told["locked"])
        for one, used in zip(self.bounds, books.used, strict=True):
            group = int(one.group[owner])
            if group >= 0 and one.counts(pool=pool, won=won, locked=locked):
                used[group] += sign

    def _asked(self, action: Action, said: tuple[object, object, object]) -> _Asked:
        row = self.crowd.at.get(_text(said[0]), -1)
        team = self.team.at
        if said[1] is None:
            rep = _owner(self.crowd, self.books, row) if row >= 0 else -1
        else:
            rep = team.get(_text(said[1]), -1)
        return _Asked(action, row, rep, team.get(_text(said[2]), -1), said)

    def _answer(self, asked: _Asked) -> Claim:
        against = list(self._against(asked))
        days = [day for _, day in against]
        dated = [day for day in days if day is not None]
        when = max(dated) if dated and len(dated) == len(days) else None
        pool = self._pool(asked.row)
        customer, rep, by = asked.said
        if rep is None and asked.rep >= 0:
            rep = self.team.ids[asked.rep]
        granted = not against
        return Claim(
            asked.action,
            customer,
            rep,
            by,
            as_date(self.reach.as_of),
            None if pool is None else pool.name,
            granted,
            tuple(reason for reason, _ in against),
            None if when is None else as_date(when),
            self._changes(asked, rep) if granted else {},
            self._event(asked, rep) if granted else None,
        )

    def _against(self, asked: _Asked) -> Iterator[tuple[Reason, float | None]]:
        """Everything that stands against a wish, with the day on which it does no more."""
        if asked.row < 0:
            yield Reason("unknown_customer"), None
            return
        gains = asked.action in {"claim", "assign", "hand_over"}
        if gains and asked.rep < 0:
            yield Reason("unknown_rep"), None
            return
        owner = _owner(self.crowd, self.books, asked.row)
        pool = self._pool(asked.row)
        for code in self._misplaced(asked, owner, pool):
            yield Reason(code, {"pool": "-" if pool is None else pool.name}), None
        if asked.action == "claim" and pool is not None:
            yield from self._hasty(asked, pool)
        if gains and asked.rep != owner:
            yield from self._full(asked, locked=False)
        if asked.action == "lock" and owner >= 0:
            yield from self._full(asked, locked=True)

    def _misplaced(self, asked: _Asked, owner: int, pool: PoolSettings | None) -> Iterator[str]:
        """What is wrong with the customer, or with who asks."""
        if asked.action in {"claim", "assign"}:
            if owner != -1:
                yield "own_already" if owner == asked.rep else "has_owner"
            yield from self._closed(asked, pool)
        elif owner == -1:
            yield "in_pool"
        else:
            if not (self._admin(asked, pool) or asked.actor == owner):
                yield "not_owner"
            if asked.action == "hand_over" and owner == asked.rep:
                yield "own_already"
            yield from self._bolted(asked)

    def _closed(self, asked: _Asked, pool: PoolSettings | None) -> Iterator[str]:
        if pool is None:
            yield "no_pool"
        elif asked.action == "claim" and not self._member(asked.rep, pool):
            yield "not_member"
        elif asked.action == "assign" and not self._admin(asked, pool):
            yield "not_admin"

    def _bolted(self, asked: _Asked) -> Iterator[str]:
        if not self._is_locked(asked.row):
            yield from ("not_locked",) if asked.action == "unlock" else ()
        elif asked.action != "unlock":
            yield "locked_already" if asked.action == "lock" else "unlock_first"

    def _hasty(self, asked: _Asked, pool: PoolSettings) -> Iterator[tuple[Reason, float | None]]:
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

    def _full(self, asked: _Asked, *, locked: bool) -> Iterator[tuple[Reason, None]]:
        """Each limit that is reached."""
        pool, won = int(self.crowd.pool[asked.row]), bool(self.crowd.won[asked.row])
        for one, used in self._limits():
            group = int(one.group[asked.rep])
            mine = (one.limit.counts == "locked") is locked
            if group < 0 or not mine or not one.counts(pool=pool, won=won, locked=locked):
                continue
            if used[group] >= one.most[group]:
                told = {"used": int(used[group]), "most": int(one.most[group])}
                code = "locks_full" if locked else "holding_full"
                yield Reason(code, {**told, "by": one.names[group]}), None

    def _limits(self) -> Iterator[tuple[Bound, Index]]:
        yield from zip(self.bounds, self.books.used, strict=True)

    def _pool(self, row: int) -> PoolSettings | None:
        place = -1 if row < 0 else int(self.crowd.pool[row])
        return None if place < 0 else self.reach.pools[place]

    def _is_locked(self, row: int) -> bool:
        return self.books.locked.get(row, bool(self.crowd.locked[row]))

    def _member(self, rep: int, pool: PoolSettings) -> bool:
        if not (pool.members or pool.departments):
            return True
        named = self.team.words[rep] in {*pool.members, *pool.admins}
        return named or self.team.departments[rep] in pool.departments

    def _admin(self, asked: _Asked, pool: PoolSettings | None) -> bool:
        return pool is not None and _text(asked.said[2]) in pool.admins

    def _changes(self, asked: _Asked, rep: object) -> dict[str, object]:
        names = self.reach.names
        if asked.action in {"lock", "unlock"}:
            return {names.locked or "locked": asked.action == "lock"}
        former = _owner(self.crowd, self.books, asked.row)
        out: dict[str, object] = {names.owner: rep}
        if former >= 0:
            out[names.previous_owner] = self.team.ids[former]
        if asked.action == "give_back":
            return {**out, names.owner: None}
        return {**out, names.received: as_date(self.reach.as_of)}

    def _event(self, asked: _Asked, rep: object) -> dict[str, object] | None:
        if asked.action in {"lock", "unlock"}:
            return None
        former, pool = _owner(self.crowd, self.books, asked.row), self._pool(asked.row)
        kinds = {"claim": CLAIMED, "assign": ASSIGNED, "hand_over": HANDED, "give_back": RETURNED}
        return {
            self.reach.names.customer_id: asked.said[0],
            AT: as_date(self.reach.as_of),
            EVENT: kinds[asked.action],
            FROM: self.team.ids[former] if former >= 0 else None,
            TO: None if asked.action == "give_back" else rep,
            POOL: None if pool is None else pool.name,
            WHY: asked.why,
        }


def _owner(crowd: Crowd, books: Books, row: int) -> int:
    return books.owner.get(row, int(crowd.owner[row]))


def _text(given: object) -> str:
    return text(given) or ""
