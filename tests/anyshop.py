"""A shop whose tables hold every odd value that a profile must bear, as Arrow tables."""

import numpy as np
import pyarrow as pa

import custseg as cs

AS_OF = "2026-03-31"
CONVENTIONS = cs.Conventions(
    tz="Asia/Shanghai", currency="CNY", rates={"USD": 7.1}, refunds="net_day", scale="stars"
)
NAMES = cs.Names(source="来源")


def shop(people=40, rows=900, seed=8, *, numbers=False):
    """Customers and five histories; ids are texts, or whole numbers."""
    chance = np.random.default_rng(seed)
    ids = [who if numbers else f"00{who}" for who in range(people)]
    tables = {
        "customers": _customers(chance, ids),
        "transactions": _transactions(chance, ids, rows),
        "interactions": _interactions(chance, ids, rows // 2),
        "feedback": _feedback(chance, ids, rows // 2),
        "visits": _visits(chance, ids, rows // 2),
        "opportunities": _opportunities(chance, ids, rows // 4),
    }
    kind = pa.int64() if numbers else pa.string()
    return {name: _table(columns, kind) for name, columns in tables.items()}


def _table(columns, kind):
    typed = {"customer_id": kind, "referrer_id": kind}
    return pa.table({n: pa.array(v, typed.get(n)) for n, v in columns.items()})


def _of(chance, rows, *words):
    """One of some values for each row, each as often as it is named."""
    return [words[i] for i in chance.integers(len(words), size=rows).tolist()]


def _who(chance, ids, rows):
    stranger = 10_000 if isinstance(ids[0], int) else "x"
    return _of(chance, rows, *ids[: len(ids) - 3], None, stranger)


def _days(chance, rows, *odd):
    days = [f"2025-{m:02d}-{d:02d} {h:02d}:10:00" for m, d, h in _parts(chance, rows)]
    return [o if o != "" else day for o, day in zip(_of(chance, rows, *odd), days, strict=True)]


def _parts(chance, rows):
    return zip(*(chance.integers(1, top, rows) for top in (13, 28, 24)), strict=True)


def _money(chance, rows):
    return (chance.integers(-400, 2000, rows) / 100).tolist()


def _with(chance, values, *odd):
    """Values, here and there something odd instead."""
    put = _of(chance, len(values), *odd)
    return [value if o == "" else o for value, o in zip(values, put, strict=True)]


def _customers(chance, ids):
    many = len(ids)
    return {
        "customer_id": ids,
        "name": _of(chance, many, "Li Lei", "n/a", None, "Han"),
        "email": _of(chance, many, "a@b.cn", "a@", None),
        "来源": _of(chance, many, "展会", "web", None),
        "referrer_id": _of(chance, many, *ids[:6], None, None, None, None, None),
        "joined_at": _days(chance, many, "", "", "2026-12-01", None),
        "spent_before": _with(chance, _money(chance, many), "", None),
    }


def _transactions(chance, ids, rows):
    amounts = _with(chance, _money(chance, rows), *[""] * 20, None, float("inf"), 0.12345)
    return {
        "customer_id": _who(chance, ids, rows),
        "paid_at": _days(chance, rows, *[""] * 20, None, "soon", "2026-07-01", "2026-03-31 23:30"),
        "amount": amounts,
        "order_id": _of(chance, rows, *map(str, range(200)), None),
        "product": _of(chance, rows, "pen", "ink", "纸", None),
        "category": _of(chance, rows, "office", "home", None),
        "channel": _of(chance, rows, "online", "shop", None),
        "cost": _with(chance, _money(chance, rows), "", "", None),
        "currency": _of(chance, rows, *["CNY"] * 8, "USD", " usd ", None),
        "status": _of(chance, rows, *["paid"] * 9, "cancelled", "已取消", None),
        "due_at": _days(chance, rows, "", "", None, "later"),
        "settled_at": _days(chance, rows, "", "", None),
        "payment_method": _of(chance, rows, "card", "微信", None),
        "remark": _of(chance, rows, "not read"),
    }


def _interactions(chance, ids, rows):
    return {
        "customer_id": _who(chance, ids, rows),
        "at": _days(chance, rows, *[""] * 9, None, "soon"),
        "channel": _of(chance, rows, "call", "e-mail", "微信", None),
        "direction": _of(chance, rows, "inbound", "outbound", None),
        "text": _of(chance, rows, "很好，谢谢", "terrible service", "ok", None),
    }


def _feedback(chance, ids, rows):
    return {
        "customer_id": _who(chance, ids, rows),
        "at": _days(chance, rows, *[""] * 9, None),
        "kind": _of(chance, rows, "complaint", "投诉", "praise", "enquiry", None),
        "score": _of(chance, rows, 1.0, 2.5, 5.0, 9.0, None),
        "scale": _of(chance, rows, "stars", "nps", "of ten", None),
        "status": _of(chance, rows, "open", "resolved", None),
        "resolved_at": _days(chance, rows, "", "", None, "soon"),
        "text": _of(chance, rows, "质量太差", "love it", None),
    }


def _visits(chance, ids, rows):
    return {
        "customer_id": _who(chance, ids, rows),
        "at": _days(chance, rows, *[""] * 9, None),
        "pages": _of(chance, rows, 0, 1, 5, None),
        "clicks": _of(chance, rows, 0, 1, 2, None),
    }


def _opportunities(chance, ids, rows):
    return {
        "customer_id": _who(chance, ids, rows),
        "stage": _of(chance, rows, "lead", "won", "输单", None),
        "opened_at": _days(chance, rows, *[""] * 9, None, "soon"),
        "closed_at": _days(chance, rows, "", "", None),
    }
