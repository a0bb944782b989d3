"""Exports as shops give them, made up: dirty, in the layout of Shopify or of Youzan.

``python examples/exports.py shopify orders_export.csv`` writes one to try things out with;
``youzan`` writes a Chinese one. The same words write the same bytes.
"""

import csv
import io
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from custseg.datasets import crm

Row = dict[str, Any]

# What Shopify's "Export orders" writes; further line items of an order leave its fields blank.
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,Billing City,"
    "Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,"
    "Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,"
    "Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,"
    "Location,Device ID,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Phone"
)
YOUZAN = (
    "订单号,订单状态,订单类型,订单创建时间,买家付款时间,交易成功时间,全部商品名称,"
    "商品种类数,订单商品总件数,商品金额合计,店铺优惠合计,运费,应收订单金额,订单实付金额,"
    "订单退款状态,订单已退款金额,支付方式,买家昵称,买家姓名,买家手机号,买家是否会员,"
    "会员等级,收货人省份,收货人城市,归属店铺,买家备注"
)

STATUSES = {0: "refunded", 1: "voided", 2: "pending", 3: "partially_refunded"}
STATES = {0: "交易关闭", 1: "待付款", 2: "已发货", 3: "待发货"}
SCRIPT = "<script>alert(1)</script>"


def lot(*what: object) -> int:
    """A number that looks drawn, and is the same every time."""
    return crc32("/".join(map(str, what)).encode())


def sold(locale: str, customers: int) -> Iterator[tuple[Row, Row, int]]:
    """Orders with their buyers, as they were placed: two buyers in three bought only once."""
    made = crm(customers, seed=11, locale=locale)
    people = {row["customer_id"]: row for row in made.customers}
    bought = set[object]()
    for row in made.transactions:
        who = row["customer_id"]
        late = row["paid_at"].date() > made.recipe.end
        once = lot(who) % 3 and who in bought
        if late or once or row["amount"] <= 0 or who not in people:
            continue
        bought.add(who)
        yield row, people[who], lot(row["order_id"])


def lines(row: Row, chance: int) -> list[tuple[str, int, float]]:
    """The items of an order: name, number, price of one."""
    amount = float(row["amount"])
    if chance % 4:
        return [(str(row["product"]), 1, amount)]
    part = round(amount * 0.3, 2)
    return [(str(row["product"]), 1, round(amount - 2 * part, 2)), ("Gift box", 2, part)]


def stamp(moment: datetime) -> str:
    """A moment as Shopify writes it, with the zone of the shop."""
    return f"{moment:%Y-%m-%d %H:%M:%S} -0400"


def shopify(customers: int = 1_500) -> str:
    """An export of Shopify, as text.

    Guests without an e-mail, test orders, cancelled, refunded and partly refunded ones, orders not
    yet paid, some exported twice, and a buyer whose name is a script.
    """
    rows = list[Row]()
    for number, (row, who, chance) in enumerate(sold("en", customers), 1001):
        total, placed = float(row["amount"]), row["paid_at"]
        status = STATUSES.get(chance % 60, "paid")
        back = {"refunded": total, "partially_refunded": total / 2}.get(status, 0.0)
        unpaid, test = status in {"voided", "pending"}, number % 400 == 0
        email = who["email"] or f"{who['customer_id']}@example.com"
        items = lines(row, chance)
        order = {
            "Name": f"#{number}",
            "Email": "" if chance % 25 == 0 else email,  # a guest
            "Financial Status": status,
            "Paid at": "" if unpaid else stamp(placed + timedelta(minutes=2)),
            "Fulfillment Status": "fulfilled" if status == "paid" else "unfulfilled",
            "Accepts Marketing": "yes" if who["consent"] else "no",
            "Currency": "USD",
            "Subtotal": f"{total:.2f}",
            "Shipping": "0.00",
            "Taxes": "0.00",
            "Total": f"{total:.2f}",
            "Discount Amount": "0.00",
            "Created at": stamp(placed),
            "Billing Name": SCRIPT if number == 1005 else who["name"],  # noqa: PLR2004
            "Billing City": who["city"],
            "Billing Zip": f"'{chance % 90_000 + 10_000}",
            "Billing Country": who["country"],
            "Cancelled at": stamp(placed + timedelta(days=1)) if status == "voided" else "",
            "Payment Method": "(for testing) Bogus Gateway" if test else "Shopify Payments",
            "Refunded Amount": f"{back:.2f}",
            "Vendor": "Harbour & Pine",
            "Id": 5_550_000_000 + number,
            "Source": "web",
        }
        full = [
            {**order, **item(*items[0])},
            *({"Name": f"#{number}", "Email": order["Email"], **item(*one)} for one in items[1:]),
        ]
        rows += full * (2 if number % 500 == 0 else 1)
    return written(SHOPIFY, rows)


def item(name: str, number: int, price: float) -> Row:
    """The fields of a line item of Shopify."""
    return {
        "Lineitem quantity": number,
        "Lineitem name": name,
        "Lineitem price": f"{price:.2f}",
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled",
    }


def youzan(customers: int = 1_500) -> str:
    """An export of Youzan, as text.

    Orders closed before they were paid, refunded ones, waiting ones, tabs behind numbers, money
    with signs and thousands, and a line of sums at the end.
    """
    rows, sums = list[Row](), 0.0
    for row, who, chance in sold("zh", customers):
        total, placed = float(row["amount"]), row["paid_at"]
        status = STATES.get(chance % 40, "交易完成")
        paid = "" if status in {"交易关闭", "待付款"} else f"{placed:%Y-%m-%d %H:%M:%S}"
        back = total if chance % 50 == 4 and paid else 0.0  # noqa: PLR2004
        sums += total
        rows.append(
            {
                "订单号": f"E{placed:%Y%m%d%H%M%S}{chance % 1_000_000:06d}\t",
                "订单状态": status,
                "订单类型": "普通订单",
                "订单创建时间": f"{placed - timedelta(minutes=3):%Y-%m-%d %H:%M:%S}",
                "买家付款时间": paid,
                "交易成功时间": f"{placed + timedelta(days=7):%Y-%m-%d %H:%M:%S}"
                if status == "交易完成"
                else "",
                "全部商品名称": f"{row['product']}({chance % 3 + 1}件)",
                "商品种类数": 1,
                "订单商品总件数": chance % 3 + 1,
                "商品金额合计": f"{total:,.2f}",
                "店铺优惠合计": "0.00",
                "运费": "0.00",
                "应收订单金额": f"￥{total:,.2f}",
                "订单实付金额": f"￥{total if paid else 0.0:,.2f}",
                "订单退款状态": "全额退款" if back else "",
                "订单已退款金额": f"{back:,.2f}",
                "支付方式": ("微信支付", "支付宝")[chance % 2],
                "买家昵称": f"{str(who['name'] or '客')[:1]}**{who['customer_id']}",
                "买家姓名": who["name"],
                "买家手机号": f"{who['phone'] or 13_000_000_000 + lot(who['name'])}\t",
                "买家是否会员": ("否", "是")[bool(who["consent"])],
                "收货人省份": who["province"],
                "收货人城市": who["city"],
                "归属店铺": "山海文具旗舰店",
            }
        )
    rows.append({"订单号": "合计", "商品金额合计": f"{sums:,.2f}"})
    return written(YOUZAN, rows)


def written(columns: str, rows: list[Row]) -> str:
    """A table as CSV, newest order last."""
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=columns.split(","), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


# Chinese shops still export for a Chinese Excel: GB18030, not UTF-8.
SHOPS: dict[str, tuple[Callable[..., str], str]] = {
    "shopify": (shopify, "utf-8"),
    "youzan": (youzan, "gb18030"),
}


def main(words: list[str]) -> Any:  # noqa: ANN401 - nothing, or words for people
    """Write an export into a file."""
    if len(words) != 2 or words[0] not in SHOPS:  # noqa: PLR2004 - a shop and a file
        return f"usage: python examples/exports.py {{{','.join(SHOPS)}}} FILE"
    make, encoding = SHOPS[words[0]]
    Path(words[1]).write_bytes(make().encode(encoding, "replace"))
    print(f"{words[1]}: {len(make().splitlines()) - 1:,} lines, as {words[0]} writes them")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
