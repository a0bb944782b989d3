"""The desk of the pools on a day: who may claim, get, hand over, return and lock a customer."""

from collections.abc import Mapping

import attrs

from custseg.allocate.pooling.claiming.against import Rules
from custseg.allocate.pooling.claiming.books import Asked, Books, as_text, owner_of
from custseg.allocate.pooling.claiming.claim import Action, Claim
from custseg.allocate.pooling.terms.daycount import as_date
from custseg.allocate.pooling.terms.events import (
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
from custseg.allocate.pooling.terms.naming import POOL
from custseg.errors import ConfigError


@attrs.frozen(eq=False, repr=False)
class PoolDesk(Rules):
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

        Raises:
            ConfigError: By the names of the columns nobody is locked.
        """
        if self.reach.names.locked is None:
            msg = "nobody is locked with PoolColumns(locked=None): name the column of locks"
            raise ConfigError(msg, "pools.columns.locked")
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

        Raises:
            ConfigError: It is of another desk, and does not hold at this one.
        """
        if not claim.granted:
            return self
        said = (claim.customer_id, claim.rep_id, claim.by)
        against = [reason.code for reason, _ in self.all(self._asked(claim.action, said))]
        if against:
            msg = f"this verdict does not hold at this desk ({against[0]}): ask this desk again"
            raise ConfigError(msg, "claim")
        books = self.books.copy()
        self.enter(claim, books)
        return attrs.evolve(self, books=books)

    def used(self, rep: object) -> tuple[tuple[str, int, int], ...]:
        """What somebody has used of the limits that bind it: what counts, used, most.

        Args:
            rep: The id.
        """
        at = self.team.at.get(as_text(rep), -1)
        if at < 0:
            return ()
        found = [(one, int(one.group[at]), used) for one, used in self.limits()]
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
        pool, owner = int(self.crowd.pool[row]), owner_of(self.crowd, books, row)
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

    def _owner(self, row: int) -> object:
        """The owner of a customer now, as it was given, also where it is not of the team."""
        owner = owner_of(self.crowd, self.books, row)
        if owner >= 0:
            return self.team.ids[owner]
        return None if owner == -1 else self.crowd.outside[row]

    def _asked(self, action: Action, said: tuple[object, object, object]) -> Asked:
        row = self.crowd.at.get(as_text(said[0]), -1)
        team = self.team.at
        if said[1] is None:
            rep = owner_of(self.crowd, self.books, row) if row >= 0 else -1
        else:
            rep = team.get(as_text(said[1]), -1)
        return Asked(action, row, rep, team.get(as_text(said[2]), -1), said)

    def _answer(self, asked: Asked) -> Claim:
        against = list(self.all(asked))
        days = [day for _, day in against]
        dated = [day for day in days if day is not None]
        when = max(dated) if dated and len(dated) == len(days) else None
        pool = self.pool(asked.row)
        customer, rep, by = asked.said
        if rep is None and asked.row >= 0:
            rep = self._owner(asked.row)
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

    def _changes(self, asked: Asked, rep: object) -> dict[str, object]:
        names = self.reach.names
        if asked.action in {"lock", "unlock"}:
            return {names.locked or "locked": asked.action == "lock"}
        former = self._owner(asked.row)
        out: dict[str, object] = {names.owner: rep}
        if former is not None:
            out[names.previous_owner] = former
        if names.locked is not None and self.is_locked(asked.row):
            out[names.locked] = False
        if asked.action == "give_back":
            return {**out, names.owner: None}
        return {**out, names.received: as_date(self.reach.as_of)}

    def _event(self, asked: Asked, rep: object) -> dict[str, object] | None:
        if asked.action in {"lock", "unlock"}:
            return None
        pool = self.pool(asked.row)
        kinds = {"claim": CLAIMED, "assign": ASSIGNED, "hand_over": HANDED, "give_back": RETURNED}
        return {
            self.reach.names.customer_id: asked.said[0],
            AT: as_date(self.reach.as_of),
            EVENT: kinds[asked.action],
            FROM: self._owner(asked.row),
            TO: None if asked.action == "give_back" else rep,
            POOL: None if pool is None else pool.name,
            WHY: asked.why,
        }
