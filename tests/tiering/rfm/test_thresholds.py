from custseg.tiering import RFM, Thresholds

PEOPLE = [{"recency_days": i, "frequency": 1 + i // 5, "revenue": 10 * i} for i in range(11)]


def rows(model, measure):
    return [(t.score, t.low, t.high, t.among) for t in model.thresholds if t.measure == measure]


def test_spans_meet_and_end_at_what_was_seen():
    model = RFM(2, segments=None).fit(PEOPLE)
    assert rows(model, "recency") == [(2, 0, 5, ""), (1, 5, 10, "")]
    assert rows(model, "monetary") == [(1, 0, 50, ""), (2, 50, 100, "")]


def test_nothing_seen_has_no_ends():
    model = RFM(2, dict.fromkeys(("recency", "frequency", "monetary"), Thresholds((3,)))).fit([])
    assert rows(model, "recency") == [(2, None, 3, ""), (1, 3, None, "")]


def test_nested_spans_say_the_scores_that_they_are_inside():
    model = RFM(2, binning="nested", segments=None).fit(PEOPLE)
    assert [row[3] for row in rows(model, "frequency")] == ["2", "2", "1", "1"]
    assert [row[3] for row in rows(model, "monetary")][::2] == ["2-1", "2-2", "1-1", "1-2"]
