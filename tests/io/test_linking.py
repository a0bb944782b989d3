"""Files one after another, and customers with their orders."""

from pathlib import Path

import pytest

from custseg import io
from custseg.errors import DataError
from custseg.io.export import Export
from custseg.io.linking import joined, keyed, linked, staffed

HEAD = "order_id,customer_id,order_date,amount,status\n"


@pytest.fixture
def read(tmp_path: Path):
    def of(text: str, kind: str | None = None) -> Export:
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        file.write_text(text, encoding="utf-8")
        return io.read_export(file, kind=kind)

    return of


def test_an_order_of_two_files_counts_once_as_in_the_last(read) -> None:
    may = read(HEAD + "1,a,2026-05-01,5,paid\n2,b,2026-05-31,6,pending\n")
    june = read(HEAD + "2,b,2026-05-31,6,paid\n3,c,2026-06-02,7,refunded\n4,c,2026-06-01,7,paid\n")
    both = joined([may, june])
    assert both.table["order_id"].tolist() == ["1", "2", "3", "4"]
    assert both.table["status"].tolist() == ["paid", "paid", "refunded", "paid"]
    assert both.said["repeated_orders"] == 1
    assert set(both.void_statuses) == {"pending", "refunded"}
    assert both.last == "2026-06-01"


def test_files_with_other_columns_are_not_one_table(read) -> None:
    one, other = (
        read(HEAD + "1,a,2026-05-01,5,paid\n"),
        read("customer_id,date,total\na,2026-01-01,5\n"),
    )
    with pytest.raises(DataError, match="different columns"):
        joined([one, other])


def test_customers_are_linked_by_the_column_that_most_buyers_are_in(read) -> None:
    orders = read(
        "order_id,email,order_date,amount\n1,A@x.com,2026-05-01,5\n2,b@x.com,2026-05-02,5\n"
        "3,,2026-05-03,5\n"
    )
    people = read(
        "customer_id,name,email,joined_at\n7,Ann,A@x.com,2025-01-01\n"
        "8,Bob,b@x.com,2025-01-02\n9,Cid,,2025-01-02\n"
    )
    transactions = linked(people, orders)
    assert people.names.customer == "customer_id"
    assert transactions.names.customer == "customer_linked"
    assert transactions.table["customer_linked"].tolist()[:2] == ["7", "8"]
    assert transactions.table["customer_linked"].isna().tolist() == [False, False, True]


def test_customers_known_by_a_contact_keep_it(read) -> None:
    people = read("name,email,joined_at\nAnn,A@x.com,2025-01-01\n")
    assert keyed(people).names.customer == "customer_key"
    assert keyed(people).table["email"].tolist() == keyed(people).table["customer_key"].tolist()
    numbered = read("customer_id,email,joined_at\n7,A@x.com,2025-01-01\n")
    assert keyed(numbered) is numbered


def test_customers_of_other_orders_are_refused(read) -> None:
    orders = read("order_id,customer_id,order_date,amount\n1,x1,2026-05-01,5\n")
    people = read("customer_id,name,joined_at\n7,Ann,2025-01-01\n")
    with pytest.raises(DataError, match="none of the customers"):
        linked(people, orders)


def test_representatives_are_called_as_a_job_calls_them(read) -> None:
    reps = staffed(read("业务员编号,客户上限,区域\nr1,50,华东\n"))
    assert reps.table.columns.tolist() == ["rep_id", "capacity", "区域"]
    assert reps.recognised.columns["rep"] == "rep_id"
