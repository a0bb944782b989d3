"""Headers of 78 tables found in public code: recognised or asked for, hardly ever mistaken.

Of the 40 that were kept back until the words were written, at first sight 38 tables were told
rightly and 2 asked for; of their columns 76 were right, 6 asked for and 4 wrong. Those four were
customers taken by a contact beside a number of their own; they are asked for now.
"""

from collections import Counter
from pathlib import Path

import pytest

from custseg import io

FILE = Path(__file__).with_name("headers.txt")
ROWS = [line.split("|") for line in FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]


def judged(name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for _, table, customer, at, amount, columns in (row for row in ROWS if row[0] == name):
        seen = io.recognise(columns.split(","))
        if seen.table != table:
            found["table wrong" if seen.table else "table asked"] += 1
            continue
        found["table right"] += 1
        asked = {ask.what for ask in seen.asks}
        wanted = {"customer": customer}
        if table == "transactions":
            wanted |= {"at": at, "amount": amount}
        for role, want in wanted.items():
            got = seen.columns.get(role) or (role == "amount" and seen.columns.get("price"))
            kind = "asked" if role in asked or not got else "right" if got == want else "wrong"
            found[kind] += 1
    return found


@pytest.mark.parametrize(
    ("name", "right", "asked"), [("built on", 0.85, 0.15), ("kept back", 0.88, 0.12)]
)
def test_headers_are_right_or_asked_for(name: str, right: float, asked: float) -> None:
    found = judged(name)
    columns = found["right"] + found["asked"] + found["wrong"]
    assert found["wrong"] == 0, found
    assert found["table wrong"] <= 1, found
    assert found["right"] >= right * columns, found
    assert found["asked"] <= asked * columns, found
