import math
from datetime import date
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import anyrule
from custseg.frames.cases import Cases, comparisons
from custseg.frames.scalar import READERS, condition
from custseg.rules import Every, F, Some, Times, merged


def holds(rule, record):
    row = {name: READERS[kind](record[name]) for name, kind in rule.needs.items()}
    return condition(rule)(row)


def relational(*rules):
    return any(isinstance(test.value, Times) for rule in rules for test in comparisons(rule))


def together(*rules):
    """Whether the rules read each field as one kind."""
    try:
        merged(rule.needs for rule in rules)
    except ValueError:
        return False
    return True


rules = anyrule.conditions


@given(rules, st.lists(rules, max_size=3), anyrule.records)
def test_what_is_proved_impossible_holds_of_nobody(must, never, record):
    assume(together(must, *never))
    answer = Cases.of((must, *never)).search(must, tuple(never))
    if holds(must, record) and not any(holds(rule, record) for rule in never):
        assert answer.possible is not False


@given(rules, st.lists(rules, max_size=3))
def test_the_customer_that_is_found_is_one(must, never):
    assume(together(must, *never) and not relational(must, *never))
    answer = Cases.of((must, *never)).search(must, tuple(never))
    assert answer.possible is not None
    if answer.possible:
        record = dict.fromkeys(anyrule.NEEDS) | dict(answer.row)
        for name, kind in merged(rule.needs for rule in (must, *never)).items():
            if kind == "any" and record[name] is False:
                record[name] = None
        assert holds(must, record)
        assert not any(holds(rule, record) for rule in never)


@given(rules)
def test_a_condition_its_opposite_and_missing_leave_nobody(rule):
    """Exactly one of: it holds, its opposite holds, or something that it reads is missing."""
    missing = tuple(F(name).is_missing() for name in rule.needs)
    cells = Cases.of((rule, ~rule, *missing))
    assert cells.search(rule & ~rule).possible is False
    if not relational(rule):  # an infinite number times 0 is neither less, the same nor more
        rest = cells.search(F(next(iter(rule.needs))).is_present(), (rule, ~rule, *missing))
        assert rest.possible is False


x, t, d = F("x"), F("t"), F("d")
tight = 1.0, math.nextafter(1.0, 2.0)


@pytest.mark.parametrize(
    ("rule", "possible"),
    [
        ((x > 3) & (x < 3), False),
        ((x >= 3) & (x <= 3), True),
        ((x > tight[0]) & (x < tight[1]), False),  # no float lies between neighbours
        ((x > 1) & (x < 2), True),
        ((x > math.inf), False),
        ((x >= math.inf), True),
        ((x < -math.inf), False),
        ((x > 1.7976931348623157e308), True),  # infinity is above the greatest float
        ((x == 1) & (x != 1), False),
        (x.one_of(1, 2) & ~x.one_of(2, 3) & (x != 1), False),
        (x.is_missing() & (x > 3), False),
        (x.is_missing() & x.is_present(), False),
        ((d > date(2026, 1, 1)) & (d < date(2026, 1, 2)), False),  # days are whole
        ((d > date(2026, 1, 1)) & (d < date(2026, 1, 3)), True),
        ((d > date.max), False),
        ((t == "a") & (t == "b"), False),
        ((t != "a") & (t != "b"), True),
        ((t == "…") & (t != "a"), True),
        ((t == ""), False),  # empty text is missing
        ((x > 2 * F("y")) & (x < 2 * F("y")), False),
        ((x > 2 * F("y")) & (x < 3 * F("y")), True),
        ((x > 2 * F("y")) & F("y").is_missing(), False),
    ],
)
def test_what_can_be(rule, possible):
    assert Cases.of((rule,)).search(rule).possible is possible


def test_a_closed_vocabulary_has_no_other_words():
    rule = t.is_present() & (t != "a") & (t != "b")
    assert Cases.of((rule,)).search(rule).possible
    assert Cases.of((rule,), {"t": ("a", "b")}).search(rule).possible is False


def test_comparisons_of_two_fields_are_free_of_one_another():
    y = F("y")
    below, above = x < 2 * y, x >= 2 * y
    known = x.is_present() & y.is_present()
    assert Cases.of((below, above, known)).search(known, (below, above)).possible is False
    nothing = (x < 0 * y, x >= 0 * y)  # infinity times 0 is no number
    assert Cases.of((*nothing, known)).search(known, nothing).possible


def test_a_search_that_grows_too_long_is_given_up():
    """Nine pigeons in eight holes: no search by cases proves soon that there is no room."""
    holes, pigeons = range(8), range(9)
    sits = {(p, h): F(f"{p} in {h}") > 0 for p in pigeons for h in holes}
    must = Every(tuple(Some(tuple(sits[p, h] for h in holes)) for p in pigeons))
    never = tuple(sits[p, h] & sits[q, h] for h in holes for p in pigeons for q in range(p))
    cells = Cases.of((must, *never))
    before = process_time()
    assert cells.search(must, never).possible is None
    assert process_time() - before < 10
