import attrs
import numpy as np
import pandas as pd
import pytest

from custseg import datasets, frames
from custseg.errors import ConfigError
from custseg.model import RowModel
from custseg.rules import Choice, Scaled
from custseg.scoring.folds import cross_fitted


@attrs.frozen
class Rates(RowModel):
    """The share won of each source, in millionths."""

    shares: tuple[tuple[str, int], ...]

    def rules(self):
        return {"score": Scaled(Choice("source", self.shares, missing=0), 1e6)}


@attrs.frozen
class Rate:
    """A learner that knows the share won by source."""

    outcome: str | None = "outcome"
    positive: str | None = "won"

    def fit(self, data):
        table = frames.table(data)
        source, ended = table.read({"source": "text"})["source"], table.values("outcome")
        assert "open" not in ended.words
        won = np.array([*(word == "won" for word in ended.words), False])[ended.at]
        all_of = np.bincount(source.at, minlength=len(source.words))
        cases = np.bincount(source.at, won, minlength=len(source.words))
        return Rates(
            tuple(zip(source.words, (1e6 * cases // all_of).astype(int).tolist(), strict=True))
        )


@pytest.fixture(scope="module")
def leads():
    rows = datasets.leads(1_200).leads
    names = ("lead_id", "source", "outcome")
    return [{name: row[name] for name in names} for row in rows]


def test_nobody_is_scored_by_what_was_learnt_from_it():
    # Each lead is a source of its own: whoever learnt from it knows its outcome.
    rows = [{"source": str(i), "outcome": "won" if i % 3 else "lost"} for i in range(90)]
    scored = cross_fitted(Rate(), rows)
    assert {row["score"] for row in scored} == {0.0}
    itself = Rate().fit(rows).apply(rows)
    assert {row["score"] for row in itself} == {0.0, 1.0}


def test_the_order_of_rows_and_the_kind_of_table_do_not_matter(leads):
    expected = {row["lead_id"]: row["score"] for row in cross_fitted(Rate(), leads)}
    frame = pd.DataFrame(leads).sample(frac=1, random_state=3)
    scored = cross_fitted(Rate(), frame)
    assert list(scored.index) == list(frame.index)
    assert dict(zip(scored["lead_id"], scored["score"], strict=True)) == expected


def test_open_cases_are_scored_by_all_that_is_known(leads):
    closed = [row for row in leads if row["outcome"] is not None]
    whole = Rate().fit(closed)
    for row in cross_fitted(Rate(), leads):
        if row["outcome"] is None:
            assert row["score"] == whole.one(row)["score"]


def test_equal_cases_and_those_of_one_customer_stay_together(leads):
    twice = leads + leads
    scored = cross_fitted(Rate(), twice)
    half = len(leads)
    assert [r["score"] for r in scored[:half]] == [r["score"] for r in scored[half:]]
    by_source = cross_fitted(Rate(), [r for r in leads if r["outcome"]], by=["source"], folds=2)
    assert {row["score"] for row in by_source} == {0.0}  # its own source was never seen


@pytest.mark.parametrize(
    ("learner", "folds", "says"),
    [
        (Rate(outcome=None), 5, "names no outcome"),
        (Rate(), 1, "at least 2"),
        (Rate(), 5000, "won and lost"),
    ],
)
def test_what_cannot_be_tried_is_refused(leads, learner, folds, says):
    with pytest.raises(ConfigError, match=says):
        cross_fitted(learner, leads, folds=folds)


def test_rows_without_a_customer_are_not_one_customer(leads):
    rows = [{**row, "customer": None if i % 2 else f"c{i // 4}"} for i, row in enumerate(leads)]
    seen = list[int]()

    @attrs.frozen
    class Watched(Rate):
        def fit(self, data):
            seen.append(frames.table(data).size)
            return super().fit(data)

    scored = cross_fitted(Watched(), rows, by="customer")
    assert len(scored) == len(rows)
    tried = seen[:5]
    assert max(tried) - min(tried) < 0.1 * max(tried)
