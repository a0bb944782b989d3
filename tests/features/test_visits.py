import custseg as cs


def profiled(*visits):
    rows = [{"customer_id": "a", "at": "2026-01-05", **visit} for visit in visits]
    row = cs.profile([{"customer_id": "a"}], visits=rows, as_of="2026-01-31")[0]
    return row["visits"], row["click_rate"]


def test_clicks_are_counted_for_each_page():
    assert profiled({"pages": 3, "clicks": 1}, {"pages": 1, "clicks": 0}) == (2, 0.25)


def test_a_visit_that_does_not_know_both_counts_as_a_visit_only():
    assert profiled({"pages": 3, "clicks": None}, {"pages": 2, "clicks": 1}) == (2, 0.5)


def test_no_page_seen_is_no_rate():
    assert profiled({"pages": 0, "clicks": 0}) == (1, None)
    assert profiled({}) == (1, None)


def test_visits_of_late_and_days_since_the_last():
    days = ("2026-01-01", "2026-01-02", "2026-01-30", "2026-02-01")
    rows = [{"customer_id": "a", "at": day} for day in days]
    people = [{"customer_id": "a"}, {"customer_id": "b"}]
    found = cs.profile(people, visits=rows, as_of="2026-01-31")
    names = ("visits", "visits_30d", "visit_days")
    assert [[row[name] for name in names] for row in found] == [[3, 2, 1], [0, 0, None]]
