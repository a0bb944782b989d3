import gc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import custseg as cs
from custseg.errors import CancelledError
from custseg.progress import each, tell, told
from custseg.progress.telling import steps, within


class Heard(list):
    def __call__(self, *step):
        self.append(step)


def test_parts_of_parts_are_named_after_what_they_lie_within():
    heard = Heard()
    with told(heard):
        for _ in each("days", [1, 2]):
            for _ in each("fit", range(1)):
                tell("look", 0, 1)
    assert heard == [
        ("days", 0, 2),
        ("days.fit", 0, 1),
        ("days.fit.look", 0, 1),
        ("days.fit", 1, 1),
        ("days", 1, 2),
        ("days.fit", 0, 1),
        ("days.fit.look", 0, 1),
        ("days.fit", 1, 1),
        ("days", 2, 2),
    ]


def test_nobody_listens_and_nothing_is_different():
    tell("read", 0, 1)
    assert list(each("days", iter("ab"))) == ["a", "b"]
    with within("days", 0), steps(("a", "b")) as at, told(None):
        at("b")


def test_a_number_that_is_not_known_is_0_unless_it_is_said():
    heard = Heard()
    with told(heard):
        list(each("rows", iter("ab")))
        list(each("rows", iter("ab"), 2))
    assert [total for *_, total in heard] == [0, 0, 0, 2, 2, 2]


def test_the_inner_listener_hears_and_the_outer_one_again_afterwards():
    outer, inner = Heard(), Heard()
    with told(outer):
        with told(inner), within("days", 0):
            tell("a", 0)
        with told(None):
            tell("b", 0)
    tell("c", 0)
    assert inner == [("days", 0, 0), ("days.a", 0, 0)]
    assert outer == [("b", 0, 0)]


@pytest.mark.parametrize("stop", ["days", "days.fit"])
def test_false_cancels_says_where_and_leaves_no_trace(stop):
    worked = []

    def work():
        for _ in each("days", range(3)):
            worked.extend(each("fit", range(3)))

    said = f"cancelled at step '{stop}', 1 of 3 done"
    with (
        told(lambda step, done, _: not (step == stop and done == 1)),
        pytest.raises(CancelledError, match=said),
    ):
        work()
    assert len(worked) == (3 if stop == "days" else 1)
    heard = Heard()
    with told(heard):
        tell("read", 0)
    assert heard == [("read", 0, 0)]


def test_none_and_0_do_not_cancel():
    for answer in (None, 0, True, ""):
        with told(lambda *_, answer=answer: answer):
            tell("read", 0)


def test_what_a_listener_raises_goes_through_the_work():
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), told(stop):
        list(each("days", "ab"))


def test_a_loop_that_is_left_puts_the_listener_back():
    heard = Heard()
    with told(heard):
        for _ in each("days", range(9)):
            break
        tell("after", 0)
    assert heard == [("days", 0, 9), ("after", 0, 0)]


def test_a_loop_that_is_let_go_later_disturbs_nobody():
    first, second = Heard(), Heard()
    with told(first):
        going = each("days", range(9))
        next(going)
    with told(second):
        del going
        gc.collect()
        tell("after", 0)
    tell("nobody", 0)
    assert (first, second) == ([("days", 0, 9)], [("after", 0, 0)])


def test_another_thread_is_not_listened_to():
    heard = Heard()
    with told(heard), ThreadPoolExecutor(1) as pool:
        pool.submit(tell, "elsewhere", 0).result()
    assert heard == []


def test_steps_that_come_twice_or_are_not_named_count_as_they_stand():
    heard = Heard()
    with told(heard), steps(("read", "tier")) as at:
        at("tier")
        tell("cut", 0, 1)
        at("done")
    tell("nobody", 0)
    assert heard == [("tier", 1, 2), ("tier.cut", 0, 1), ("done", 2, 2)]


ORDERS = [
    {"customer_id": f"c{i % 40}", "at": f"2026-{1 + i % 6:02}-{1 + i % 28:02}", "amount": 10.0 + i}
    for i in range(400)
]
PEOPLE = [
    {"customer_id": f"c{i}", "name": f"Li {i % 30}", "phone": f"1380013{8000 + i % 35}"}
    for i in range(40)
]


def _log():
    return cs.TransactionLog.of(ORDERS)


def _profiled():
    return cs.profile(PEOPLE, transactions=ORDERS, as_of="2026-06-30")


def _known():
    log = cs.TransactionLog.of(cs.datasets.cdnow(), cs.Names(at="date"))
    return log.summary(as_of="1997-09-30", unit="week")


def _shared_out():
    return cs.allocate.Exact().solve(POINTS, np.array([0, 0, 0]), np.array([25, 25, 25]))


POINTS = np.random.default_rng(1).normal(size=(60, 3))
LONG = {
    "log": (_log, "rows"),
    "profile": (_profiled, "transactions"),
    "clean": (lambda: cs.clean.clean(PEOPLE), "columns"),
    "match": (lambda: cs.match.dedupe(PEOPLE, "person"), "compare"),
    "states": (lambda: cs.classify.states_asof(_log(), ["2026-05-31"]), "customers"),
    "fit": (lambda: cs.lifetime.BGNBD().fit(_known()), "fit"),
    "draws": (lambda: cs.lifetime.bootstrap(cs.lifetime.MBGNBD(), _known(), draws=3), "draws"),
    "allocate": (_shared_out, "solve"),
}


@pytest.mark.parametrize("name", LONG)
def test_what_may_take_long_tells_whoever_listens_and_can_be_cancelled(name):
    work, step = LONG[name]
    heard = Heard()
    with told(heard):
        work()
    assert step in {path.rpartition(".")[2] for path, *_ in heard}
    assert all(done <= total for _, done, total in heard if total)
    with pytest.raises(CancelledError, match=step), told(lambda path, *_: step not in path):
        work()
