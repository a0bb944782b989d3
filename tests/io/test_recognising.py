"""Which table it is and what its columns are: by layouts, by headers, by contents."""

import pytest

from custseg import io
from custseg.errors import ConfigError, MissingColumnError

SHOPIFY = ["Name", "Email", "Financial Status", "Paid at", "Currency", "Total", "Created at"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            ["订单编号", "买家昵称", "付款时间", "订单状态", "实付金额"],
            {"customer": "买家昵称", "at": "付款时间", "amount": "实付金额", "order": "订单编号"},
        ),
        (
            ["Order ID", "Customer ID", "Order Date", "Sales", "Product Name", "Quantity"],
            {"customer": "Customer ID", "at": "Order Date", "amount": "Sales", "order": "Order ID"},
        ),
        (
            ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
            {"customer": "CustomerID", "price": "UnitPrice", "quantity": "Quantity"},
        ),
        (
            [*SHOPIFY, "Lineitem quantity", "Lineitem name"],
            {"customer": "Email", "at": "Paid at", "amount": "Total", "order": "Name"},
        ),
    ],
)
def test_headers_of_both_languages_are_known(columns: list[str], expected: dict[str, str]) -> None:
    found = io.recognise(columns)
    assert found.table == "transactions"
    assert found.asks == ()
    assert expected.items() <= found.columns.items()


def test_two_columns_of_equal_standing_are_asked_for() -> None:
    found = io.recognise(["customer_id", "order_date", "total", "amount"])
    assert [(ask.what, ask.candidates, ask.why) for ask in found.asks] == [
        ("amount", ("total", "amount"), "equal")
    ]
    with pytest.raises(ConfigError, match="--column amount=COLUMN"):
        _ = found.names


def test_two_columns_that_say_the_same_are_one() -> None:
    rows = [{"customer_id": "a", "order_date": "2026-01-02", "total": 3, "amount": 3}]
    assert io.recognise(rows).columns["amount"] == "total"


def test_contents_overrule_a_header() -> None:
    rows = [
        {"customer_id": c, "date": "in the morning", "order_date": "2026-01-02", "amount": "x1"}
        for c in "abc"
    ]
    found = io.recognise(rows)
    assert found.columns["at"] == "order_date"
    assert [ask.what for ask in found.asks] == ["amount"]


def test_what_somebody_told_goes_before_what_is_guessed() -> None:
    columns = ["customer_id", "order_date", "total", "amount"]
    found = io.recognise(columns, names={"amount": "total"})
    assert found.names.amount == "total"
    assert next(g for g in found.guesses if g.role == "amount").why == "told"
    with pytest.raises(MissingColumnError, match="totl"):
        io.recognise(columns, names={"amount": "totl"})
    with pytest.raises(ConfigError, match="Did you mean 'amount'"):
        io.recognise(columns, names={"amout": "total"})


def test_a_table_that_nothing_tells_is_asked_for() -> None:
    found = io.recognise(["a", "b"])
    assert found.table == ""
    assert found.asks[0].what == "kind"
    with pytest.raises(ConfigError, match="Did you mean 'customers'"):
        io.recognise(["a"], "customer")


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        (["客户编号", "姓名", "手机号", "注册时间", "客户来源"], "customers"),
        (["First Name", "Last Name", "Email", "Total Spent", "Total Orders"], "customers"),
        (["客户名称", "销售阶段", "创建时间", "结单日期"], "opportunities"),
        (["客户名称", "跟进时间", "跟进方式", "跟进内容"], "interactions"),
        (["customer_id", "submitted_at", "rating", "comment"], "feedback"),
        (["visitor_id", "visit_date", "pageviews", "clicks"], "visits"),
        (["rep_id", "capacity", "region"], "reps"),
    ],
)
def test_each_table_is_told_from_the_others(columns: list[str], table: str) -> None:
    assert io.recognise(columns).table == table


def test_it_is_said_in_both_languages() -> None:
    found = io.recognise(["订单编号", "买家昵称", "付款时间", "实付金额", "<b>备注"])
    assert "客户: 买家昵称 (表头已知)" in found.text("zh")
    assert "customer: 买家昵称 (header known)" in found.text()
    assert "&lt;b&gt;备注" in found._repr_html_()
    assert found.as_dict()["ignored"] == ["<b>备注"]


def test_contents_narrow_what_is_asked() -> None:
    rows = [
        {"who": f"c{n % 3}", "d": f"2026-01-0{1 + n}", "worth": f"{n}.50", "note": "x"}
        for n in range(9)
    ]
    found = io.recognise(rows, "transactions")
    assert next(g for g in found.guesses if g.role == "at").why == "contents"
    assert found.columns["at"] == "d"
    assert {ask.what: ask.candidates for ask in found.asks} == {
        "customer": ("who", "note"),
        "amount": ("worth",),
    }


def test_numbers_of_their_own_go_before_contacts() -> None:
    found = io.recognise(["source_account_id", "account_name", "industry", "phone"])
    assert found.table == "customers"
    assert found.asks[0].candidates == ("account_name", "source_account_id")


def test_masked_telephones_name_nobody() -> None:
    rows = [
        {"订单号": str(n), "付款时间": "2026-01-02", "实付金额": "5", "手机号": "138****0000"}
        for n in range(4)
    ]
    assert [(a.what, a.why) for a in io.recognise(rows).asks] == [("customer", "misfit")]
