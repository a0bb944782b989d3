import custseg as cs
from custseg.features import profile_report


def profiled(*deals, **how):
    rows = [{"customer_id": "a", "opened_at": "2026-01-05", **deal} for deal in deals]
    done = profile_report(
        [{"customer_id": "a"}],
        opportunities=rows,
        conventions=cs.Conventions(**how),
        as_of="2026-01-31",
    )
    return done.table[0]["open_opportunities"], done.report.tables[0]


def test_what_is_neither_won_nor_lost_is_open():
    stages = ("lead", "Closed-Won", "赢单", "LOST", None, "谈判")
    assert profiled(*({"stage": stage} for stage in stages))[0] == 3


def test_a_stage_of_ones_own_is_over():
    assert profiled({"stage": "parked"}, closed_stages="Parked")[0] == 0


def test_what_is_opened_later_does_not_count():
    count, report = profiled({"stage": "lead", "opened_at": "2026-02-01"})
    assert (count, report.left_out) == (0, {"after_as_of": 1})


def test_what_was_closed_later_was_open_then():
    deals = [
        {"stage": "won", "closed_at": "2026-02-01"},
        {"stage": "lead", "closed_at": "2026-01-31"},
        {"stage": "won", "closed_at": None},
    ]
    assert profiled(*deals)[0] == 1


def test_an_undated_one_counts_with_a_note():
    count, report = profiled({"stage": "lead", "opened_at": None})
    assert (count, report.used, report.notes) == (1, 1, {"undated": 1})


def test_without_dates_and_stages_every_row_is_open():
    rows = [{"customer_id": "a"}, {"customer_id": "a"}]
    found = cs.profile([{"customer_id": "a"}], opportunities=rows, as_of="2026-01-31")
    assert found[0]["open_opportunities"] == 2
