"""Whatever people do at the desk of the pools, no limit is exceeded and nobody owns twice."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custseg.allocate import NoFollowUp, Pool, PoolLimit, Pools
from custseg.rules import F

START = date(2026, 7, 1)
TEAM = [
    {"rep_id": "A", "team": "x", "department": "sales"},
    {"rep_id": "B", "team": "x", "department": "sales"},
    {"rep_id": "C", "team": "y", "department": "shop"},
    {"rep_id": "boss", "team": None, "department": None},
]
NAMES = [one["rep_id"] for one in TEAM]
MOST, LOCKS, DAILY, COOL, TEAMS = 3, 1, 2, 4, 4
SEA = Pools(
    [
        Pool(
            name="sales",
            when=F("customer_id") < 5,
            clocks=[NoFollowUp(6)],
            departments="sales",
            admins="boss",
            claims_a_day=DAILY,
            cool_off=COOL,
        ),
        Pool(
            name="all",
            clocks=[NoFollowUp(3)],
            admins="boss",
            claims_a_day=DAILY,
            cool_off=COOL,
        ),
    ],
    limits=[
        PoolLimit(MOST, counts="open"),
        PoolLimit(LOCKS, counts="locked"),
        PoolLimit(TEAMS, by="team"),
    ],
)
SIZE = 9
SOME = st.integers(0, SIZE - 1)
WHO = st.sampled_from(NAMES)


class DeskMachine(RuleBasedStateMachine):
    """A CRM that asks the desk, writes what it is told and keeps the history."""

    @initialize(
        owners=st.lists(
            st.sampled_from([None, "A", "B", "C", "left us"]), min_size=SIZE, max_size=SIZE
        ),
        won=st.lists(st.integers(0, 1), min_size=SIZE, max_size=SIZE),
    )
    def opened(self, owners, won):
        self.day, self.history = START, []
        self.people = [
            {
                "customer_id": n,
                "owner": owner,
                "received_at": START if owner else None,
                "last_follow_up": None,
                "won": deal,
                "open_opportunities": 0,
                "locked": False,
                "previous_owner": None,
            }
            for n, (owner, deal) in enumerate(zip(owners, won, strict=True))
        ]
        self.first = {who: self.used(who) for who in NAMES}
        self.start_teams = self.teams()

    def desk(self):
        return SEA.desk(self.people, TEAM, self.history, at=self.day)

    def used(self, who):
        mine = [row for row in self.people if row["owner"] == who]
        unwon = sum(not row["won"] for row in mine)
        return len(mine), unwon, sum(bool(row["locked"]) for row in mine)

    def teams(self):
        team = {one["rep_id"]: one["team"] for one in TEAM}
        held = [team.get(row["owner"]) for row in self.people if row["owner"]]
        return {name: held.count(name) for name in ("x", "y")}

    def write(self, verdict):
        """Only what was granted changes anything; the next desk knows it from the tables."""
        before = self.desk()
        if not verdict.granted:
            assert verdict.reasons, "a refusal without a reason"
            assert not verdict.changes
            assert verdict.event is None
            return
        assert not verdict.reasons
        was = self.people[verdict.customer_id]["owner"]
        self.people[verdict.customer_id].update(verdict.changes)
        if verdict.event is not None:
            assert verdict.event["from_rep"] == was, "also who has left stands in the history"
            self.history.append(dict(verdict.event))
        after = before.after(verdict)
        for who in NAMES:
            assert after.used(who) == self.desk().used(who), "the desk counts as the tables do"

    @rule(customer=SOME, who=WHO)
    def claims(self, customer, who):
        verdict = self.desk().claim(customer, who)
        if verdict.possible_on is not None and len(self.history) < 40:
            later = SEA.desk(self.people, TEAM, self.history, at=verdict.possible_on)
            assert later.claim(customer, who).granted, "possible on that day, it was said"
            eve = verdict.possible_on - timedelta(1)
            early = SEA.desk(self.people, TEAM, self.history, at=eve)
            assert not early.claim(customer, who).granted
        self.write(verdict)

    @rule(customer=SOME, who=WHO, by=WHO)
    def assigns(self, customer, who, by):
        verdict = self.desk().assign(customer, who, by=by)
        assert not verdict.granted or by == "boss"
        self.write(verdict)

    @rule(customer=SOME, who=WHO, by=WHO)
    def hands_over(self, customer, who, by):
        owner = self.people[customer]["owner"]
        verdict = self.desk().hand_over(customer, who, by=by)
        assert not verdict.granted or by in {"boss", owner}
        if by == "boss" and owner not in {None, who} and not self.people[customer]["locked"]:
            assert verdict.granted is self.has_room(customer, who)
        self.write(verdict)

    def has_room(self, customer, who):
        """By hand: places of the person, and of its team unless the customer is there already."""
        team = {one["rep_id"]: one["team"] for one in TEAM}
        mine, won = team[who], self.people[customer]["won"]
        there = mine is None or team.get(self.people[customer]["owner"]) == mine
        own = won or self.used(who)[1] < MOST
        return bool(own and (there or self.teams()[mine] < TEAMS))

    @rule(customer=SOME, by=WHO)
    def gives_back(self, customer, by):
        self.write(self.desk().give_back(customer, by=by, why="not my field"))

    @rule(customer=SOME, by=WHO)
    def locks(self, customer, by):
        self.write(self.desk().lock(customer, by=by))

    @rule(customer=SOME, by=WHO)
    def unlocks(self, customer, by):
        self.write(self.desk().unlock(customer, by=by))

    @rule(customer=SOME)
    def follows_up(self, customer):
        if self.people[customer]["owner"]:
            self.people[customer]["last_follow_up"] = self.day

    @rule(claims=st.lists(st.tuples(SOME, WHO, st.integers(8, 9)), max_size=6, unique=True))
    def claims_at_once(self, claims):
        rows = [
            {"customer_id": n, "rep_id": who, "at": f"{self.day.isoformat()} {hour:02d}:00:00"}
            for n, who, hour in claims
        ]
        done, turned = (
            SEA.claim_all(some, self.history, customers=self.people, reps=TEAM, at=self.day)
            for some in (rows, rows[::-1])
        )
        told = {(one.customer_id, one.rep_id, row["at"]): one.code for one, row in _each(done)}
        again = {(one.customer_id, one.rep_id, row["at"]): one.code for one, row in _each(turned)}
        assert told == again, "the order of the rows decides nothing"
        for one in done.verdicts:
            if one.granted:
                self.people[one.customer_id].update(one.changes)
        self.history += done.events
        for who in NAMES:
            assert done.desk.used(who) == self.desk().used(who)

    @precondition(lambda self: self.day < START + timedelta(60))
    @rule(days=st.integers(1, 5))
    def days_pass(self, days):
        self.day += timedelta(days)
        done = SEA.recycle(self.people, self.day)
        lost = {row["customer_id"]: row["owner"] for row in done.due}
        self.people, self.history = list(done.released), [*self.history, *done.events]
        self.people = [{**row, "locked": bool(row["locked"])} for row in self.people]
        assert all(not self.people[n]["locked"] for n in lost), "what is locked stays"

    @invariant()
    def nobody_gains_over_a_limit(self):
        for who in NAMES:
            _, unwon, locked = self.used(who)
            assert unwon <= max(MOST, self.first[who][1])
            assert locked <= LOCKS
        for name, many in self.teams().items():
            assert many <= max(TEAMS, self.start_teams[name])

    @invariant()
    def nobody_claims_more_in_a_day(self):
        pools = {row["pool"] for row in self.history}
        for day in {row["at"] for row in self.history}:
            claims = [r for r in self.history if r["at"] == day and r["event"] == "claimed"]
            for pool in pools:
                mine = [row["to_rep"] for row in claims if row["pool"] == pool]
                assert all(mine.count(who) <= DAILY for who in NAMES)

    @invariant()
    def nobody_claims_again_too_soon(self):
        lost = {}
        for row in self.history:
            key = (row["customer_id"], row["to_rep"])
            if row["event"] == "claimed" and key in lost:
                assert row["at"] > lost[key] + timedelta(COOL)
            if row["from_rep"]:
                lost[row["customer_id"], row["from_rep"]] = row["at"]

    @invariant()
    def the_history_tells_who_owns_whom(self):
        owner = {}
        for row in self.history:
            if row["customer_id"] in owner:
                assert row["from_rep"] == owner[row["customer_id"]], "nobody owns twice"
            owner[row["customer_id"]] = row["to_rep"]
        for n, who in owner.items():
            assert self.people[n]["owner"] == who

    @invariant()
    def only_members_claim(self):
        claimed = [row for row in self.history if row["event"] == "claimed"]
        outside = [row for row in claimed if row["pool"] == "sales" and row["to_rep"] == "C"]
        assert not outside


def _each(done):
    return zip(done.verdicts, done.table, strict=True)


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_claims_of_one_moment_are_settled_without_regard_to_rows(order):
    people = [{"customer_id": n, "owner": None, "won": 0} for n in range(2)]
    rows = [{"customer_id": n % 2, "rep_id": "ABC"[n // 2], "at": START} for n in range(6)]
    sea = Pool(claims_a_day=1)
    done = sea.claim_all([rows[n] for n in order], [], customers=people, reps=TEAM, at=START)
    owners = {r["customer_id"]: r["rep_id"] for r in done.table if r["granted"]}
    plain = sea.claim_all(rows, [], customers=people, reps=TEAM, at=START)
    assert owners == {r["customer_id"]: r["rep_id"] for r in plain.table if r["granted"]}
    assert len(owners) == 2


DRAWN = {
    "team": ["x", "y"],
    "cap": [None, 1, 2.5],
    "owner": [None, None, "R0", "R1", "left us"],
    "won": [0, 1, None],
    "event": ["recycled", "claimed"],
    "from_rep": ["R0", "R1", None],
    "to_rep": ["R0", "R2", None],
}


def drawn(chance, *names):
    return {name: chance.choice(DRAWN[name]) for name in names}


@given(st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_many_claims_are_decided_as_somebody_does_who_counts_by_hand(chance):
    size = chance.randint(1, 5)
    team = {f"R{n}": {"rep_id": f"R{n}", **drawn(chance, "team", "cap")} for n in range(3)}
    people = [{"customer_id": n, **drawn(chance, "owner", "won")} for n in range(size)]
    history = [
        {
            "customer_id": chance.randrange(size),
            "at": date(2026, 6, chance.randint(20, 30)),
            "pool": "pool",
            **drawn(chance, "event", "from_rep", "to_rep"),
        }
        for _ in range(4)
    ]
    claims = [
        {
            "customer_id": chance.randrange(size),
            "rep_id": f"R{chance.randrange(3)}",
            "at": f"2026-06-30 09:00:00.{part:03d}",
        }
        for part in chance.sample(range(999), chance.randint(1, 11))
    ]
    told = [PoolLimit(2, counts="open"), PoolLimit(3, by="team"), PoolLimit(column="cap")]
    sea = Pool(claims_a_day=2, cool_off=4, limits=told)
    today, reps = date(2026, 6, 30), list(team.values())
    done = sea.claim_all(claims, history, customers=people, reps=reps, at=today)
    owner = [row["owner"] for row in people]
    used = {
        who: sum(
            row["event"] == "claimed" and row["at"] == today and row["to_rep"] == who
            for row in history
        )
        for who in team
    }
    for at in sorted(range(len(claims)), key=lambda k: claims[k]["at"]):
        n, who = claims[at]["customer_id"], claims[at]["rep_id"]
        mine = [k for k in range(size) if owner[k] == who]
        near = [one for one in owner if one in team and team[one]["team"] == team[who]["team"]]
        lost = [r["at"] for r in history if (r["customer_id"], r["from_rep"]) == (n, who)]
        granted = (
            owner[n] is None
            and used[who] < 2
            and (not lost or (today - max(lost)).days > 4)
            and (people[n]["won"] == 1 or sum(people[k]["won"] != 1 for k in mine) < 2)
            and len(near) < 3
            and (team[who]["cap"] is None or len(mine) < int(team[who]["cap"]))
        )
        assert done.verdicts[at].granted is granted
        if granted:
            owner[n], used[who] = who, used[who] + 1
