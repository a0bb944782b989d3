from datetime import date

import numpy as np
import pytest

from custseg.errors import ConfigError
from custseg.tiering import Anniversary, Bars, Calm, Cuts, Retier, Term

EPOCH = date(1970, 1, 1).toordinal()


def day(*parts):
    return float(date(*parts).toordinal() - EPOCH)


@pytest.mark.parametrize(
    ("start", "now", "years"),
    [
        ((2025, 3, 31), (2026, 3, 30), 0),
        ((2025, 3, 31), (2026, 3, 31), 1),
        ((2024, 2, 29), (2025, 2, 27), 0),
        ((2024, 2, 29), (2025, 2, 28), 1),
        ((2024, 2, 29), (2028, 2, 29), 4),
        ((2025, 3, 31), (2025, 3, 1), -1),
    ],
)
def test_how_many_have_passed(start, now, years):
    rule = Anniversary()
    assert rule.passed_one(day(*start), day(*now)) == years
    assert rule.passed(np.array([day(*start)]), np.array([day(*now)])).tolist() == [years]


@pytest.mark.parametrize("every", [Term(12), Term(1), Term(5), Term(days=100)])
def test_one_and_many_agree(every):
    rule, rng = Anniversary("tier", every), np.random.default_rng(3)
    start, seen, now = rng.integers(15_000, 21_000, (3, 3000)).astype(float)
    start[:50] = np.nan
    for many, one, arrays in (
        (rule.passed, rule.passed_one, (start, now)),
        (rule.coming, rule.coming_one, (start, now)),
        (rule.due, rule.due_one, (start, seen, now)),
    ):
        found = many(*arrays).tolist()
        assert np.array_equal(
            found, [one(*row) for row in zip(*arrays, strict=True)], equal_nan=True
        )


def test_the_next_one_is_the_first_day_on_which_another_has_passed():
    rule = Anniversary()
    for start in (day(2024, 2, 29), day(2025, 1, 31), day(2025, 7, 1)):
        for now in np.arange(start, start + 900, 7):
            coming = rule.coming_one(start, float(now))
            assert coming > now
            assert rule.passed_one(start, coming) == rule.passed_one(start, coming - 1) + 1


def test_a_tier_falls_on_the_anniversary_alone_and_rises_at_any_time():
    calm = Calm(anniversary=Anniversary("membership"))
    model = Retier(Cuts((100.0, 1000.0)), calm).fit()
    row = {"tier_previous": "medium", "first_purchase": "2025-05-10", "revenue": 20.0}
    april = model.one({**row, "as_of": "2026-04-30", "tier_reviewed_previous": "2026-03-31"})
    may = model.one({**row, "as_of": "2026-05-31", "tier_reviewed_previous": "2026-04-30"})
    june = model.one({**row, "as_of": "2026-06-30", "tier_reviewed_previous": "2026-05-31"})
    assert [said["tier_reason"] for said in (april, may, june)] == [
        "kept_anniversary",
        "demoted",
        "kept_anniversary",
    ]
    assert april["tier_until"] == date(2026, 5, 10)
    rising = {**row, "revenue": 5000.0, "as_of": "2026-04-30"}
    assert model.one(rising)["tier"] == "high"


def test_the_tier_has_an_anniversary_of_its_own():
    model = Retier(Cuts((100.0,)), Calm(anniversary=Anniversary("tier", "6 months"))).fit()
    row = {"tier_previous": "high", "tier_since_previous": "2025-12-31", "revenue": 20.0}
    row["tier_reviewed_previous"] = "2026-06-29"
    assert model.one({**row, "as_of": "2026-06-29"})["tier"] == "high"
    assert model.one({**row, "as_of": "2026-06-30"})["tier_reason"] == "demoted"


@pytest.mark.parametrize(
    ("every", "said"), [(Term(), "longer than nothing"), (Term(1, 1), "months or days")]
)
def test_a_length_is_months_or_days(every, said):
    with pytest.raises(ConfigError, match=said):
        Anniversary(every=every)


@pytest.mark.parametrize("of", ["tier", "membership"])
def test_the_start_itself_is_no_anniversary(of):
    """A company that dates a tier after its last review, and who bought first after it."""
    model = Retier(Cuts((100.0,)), Calm(anniversary=Anniversary(of))).fit()
    row = {"tier_previous": "high", "tier_since_previous": "2026-06-20", "revenue": 20.0}
    row |= {"first_purchase": "2026-06-20", "tier_reviewed_previous": "2026-05-31"}
    row["as_of"] = "2026-06-30"
    assert model.one(row)["tier_reason"] == "kept_anniversary"
    assert model.apply([row])[0] == model.one(row)


def test_bars_are_unmoved():
    assert Calm(anniversary=Anniversary()).bars == Bars()
