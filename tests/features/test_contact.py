import custseg as cs

ROWS = [
    {"customer_id": "a", "at": "2026-01-05", "channel": "call", "direction": "inbound"},
    {"customer_id": "a", "at": "2026-01-07", "channel": "E-Mail", "direction": "Out"},
    {"customer_id": "a", "at": "2026-01-06", "channel": "微信", "direction": "来电"},
    {"customer_id": "a", "at": "2026-01-06", "channel": "carrier pigeon", "direction": None},
    {"customer_id": "a", "at": "2026-02-06", "channel": "call", "direction": "inbound"},
]


def profiled(rows, who="a"):
    return cs.profile([{"customer_id": who}], interactions=rows, as_of="2026-01-31")[0]


def test_interactions_are_counted_by_channel_and_direction():
    row = profiled(ROWS)
    assert (row["interactions"], row["contact_days"]) == (4, 24)
    assert (row["interactions_inbound"], row["interactions_outbound"]) == (2, 1)
    by_channel = [row[f"interactions_{c}"] for c in ("call", "email", "chat", "meeting")]
    assert by_channel == [1, 1, 1, 0]


def test_the_silent_have_no_last_contact():
    row = profiled(ROWS, "b")
    assert (row["interactions"], row["contact_days"], row["interactions_call"]) == (0, None, 0)


def test_a_table_without_channels_knows_nothing_of_them():
    row = profiled([{"customer_id": "a", "at": "2026-01-05"}])
    assert (row["interactions"], row["interactions_call"], row["interactions_inbound"]) == (
        1,
        None,
        None,
    )
