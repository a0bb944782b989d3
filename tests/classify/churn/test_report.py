import json
from html.parser import HTMLParser

import pytest

import custseg as cs
import everykind
from anychurn import NAMES, SOME
from custseg.classify import ChurnSettings, FixedDays, Lifecycle, Origins, backtest, churn_report
from custseg.classify.churn.listed import Listed

LOG = cs.TransactionLog.of(SOME, NAMES)
AS_OF = "1998-06-30"
TESTED = backtest(LOG, {}, origins=Origins(every="quarter"))
REPORT = churn_report(LOG, Lifecycle(FixedDays(90, at_risk_after=45)), as_of=AS_OF, backtest=TESTED)


class Cells(HTMLParser):
    """The cells of all tables of a page."""

    def __init__(self):
        super().__init__()
        self.tables, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        self.inside = tag in {"td", "th"}
        if self.inside:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.tables[-1][-1][-1] += data


def tables_of(page):
    parser = Cells()
    parser.feed(page)
    return parser.tables


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("values", [True, False])
def test_text_and_page_say_the_same(locale, values):
    page = tables_of(REPORT.html(locale, values=values, limit=5))
    parts = REPORT.text(locale, values=values, limit=5).split("\n\n")[1:]
    assert len(page) == len(parts) == 3
    for table, part in zip(page, parts, strict=True):
        lines = part.splitlines()
        assert len(lines) == len(table)
        for row, line in zip(table, lines, strict=True):
            assert "".join(row).split() == line.split() or all(cell in line for cell in row)
    assert len(page[-1]) == 6


def test_each_customer_reads_as_its_row_of_the_table():
    rows = everykind.as_records(REPORT.table)
    people = REPORT.as_dict(values=True)["customers"]
    lines = tables_of(REPORT.html(values=True, limit=len(rows)))[-1][1:]
    for row, one, line in zip(rows, people, lines, strict=True):
        assert one["customer"] == line[0] == str(row["customer_id"])
        assert (one["group"], one["state"]) == (row["churn_group"], row["lifecycle_state"])
        assert one["value"] == pytest.approx(row["value"])
        assert one["value_at_risk"] == pytest.approx(row["value_at_risk"])
        assert line[3] == f"{row['value']:,.2f}"
        assert line[4] == f"{row['value_at_risk']:,.2f}"
        codes = [why["code"] for why in one["reasons"]]
        assert codes == row["churn_reasons"].split(", ")


def test_sums_read_as_they_are():
    page = tables_of(REPORT.html(values=True))
    for table, sums in zip(page, (REPORT.by_reason, REPORT.by_value), strict=False):
        parts = [*sums.values(), REPORT.total]
        for row, one in zip(table[1:], parts, strict=True):
            assert row[1:] == [f"{one.customers:,}", f"{one.value:,.0f}", f"{one.at_risk:,.0f}"]


@pytest.mark.parametrize("limit", [0, 1, 7, None])
def test_as_many_customers_as_asked_for(limit):
    people = REPORT.as_dict(limit=limit)["customers"]
    whole = [one["customer"] for one in REPORT.as_dict()["customers"]]
    assert [one["customer"] for one in people] == whole[: len(whole) if limit is None else limit]
    json.dumps(REPORT.as_dict(limit=limit), allow_nan=False)


def test_no_line_looks_at_all_customers(monkeypatch):
    """Each line summed over all, so that a list took the square of its length."""
    summed, total = [], Listed.total
    monkeypatch.setattr(Listed, "total", lambda some, *rows: summed.append(1) or total(some, *rows))
    for limit in (1, len(REPORT.listed)):
        summed.append(0)
        REPORT.as_dict(values=True, limit=limit)
        REPORT.html(values=True, limit=limit)
    alone, many = "".join(map(str, summed)).split("0")[1:]
    assert len(alone) == len(many)


def test_what_has_no_known_value_is_said():
    people = [
        {"customer_id": row["customer_id"]}
        for row in cs.profile(transactions=LOG, names=NAMES, as_of=AS_OF)
    ]
    fees = [{**row, "fee": 5.0 if n % 2 else None} for n, row in enumerate(people)]
    report = churn_report(
        LOG,
        Lifecycle(FixedDays(90, at_risk_after=45)),
        as_of=AS_OF,
        backtest=TESTED,
        customers=fees,
        settings=ChurnSettings(value="fee"),
    )
    lack = report.total.customers - report.total.known
    assert [why.settings["customers"] for why in report.notes if why.code == "churn.unvalued"] == [
        lack
    ]
    unknown = report.by_value["value_unknown"]
    assert (unknown.customers, unknown.known, unknown.value) == (lack, 0, 0.0)
    lines = tables_of(report.html(values=True, limit=len(report.listed)))[-1][1:]
    assert sum(line[3] == "-" for line in lines) == lack
