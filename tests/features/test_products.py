import custseg as cs

DAY = {"customer_id": "a", "at": "2026-01-05"}


def favourite(*rows, of="category"):
    rows = [{**DAY, "amount": 1, **row} for row in rows]
    found = cs.profile([{"customer_id": "a"}], transactions=rows, as_of="2026-12-31")
    return found[0][f"favourite_{of}"]


def test_the_favourite_is_what_is_bought_most_often():
    assert favourite({"category": "b"}, {"category": "a", "amount": 99}, {"category": "b"}) == "b"


def test_among_equals_money_decides_and_then_the_name():
    assert favourite({"category": "a"}, {"category": "b", "amount": 2}) == "b"
    assert favourite({"category": "乙"}, {"category": "a"}) == "a"
    assert favourite({"channel": "web"}, {"channel": "shop"}, of="channel") == "shop"


def test_refunds_are_no_favourites():
    assert favourite({"category": "a", "amount": -5}, {"category": None}) is None


def test_the_month_is_that_of_the_year():
    rows = [{"at": "2025-11-01"}, {"at": "2026-11-30"}, {"at": "2026-03-01", "amount": 9}]
    assert favourite(*rows, of="month") == "11"


def test_before_1970_there_are_months_too():
    assert favourite({"at": "1969-12-31"}, of="month") == "12"
