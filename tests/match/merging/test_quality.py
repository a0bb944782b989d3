"""Full records and valid values first."""

import pytest

from custseg.match import Merge, MostComplete, MostValid

CARDS = [
    {"id": 1, "entity_id": 1, "name": "Li", "phone": "138", "city": None, "job": "x"},
    {"id": 2, "entity_id": 1, "name": "Li L", "phone": "13800138000", "city": "Ulm", "job": ""},
    {"id": 3, "entity_id": 1, "name": "Lei", "phone": None, "city": "Bonn", "job": None},
]


@pytest.mark.parametrize(
    ("columns", "name"),
    [((), "Li"), (("phone", "city"), "Li L"), (("city",), "Li L"), (("job",), "Li")],
)
def test_the_fullest_record_survives(columns, name):
    merge = Merge({"name": MostComplete(columns)})
    assert merge.golden(CARDS).table[0]["name"] == name
    assert merge.golden(CARDS[::-1]).table[0]["name"] == name


@pytest.mark.parametrize(
    ("read", "values", "wins"),
    [
        ("phone", ("138", "13800138000"), "13800138000"),
        ("phone", ("12", "138"), "12"),
        ("uscc", ("91110000000000000X", "91350100M000100Y43"), "91350100M000100Y43"),
        ("email", ("test@", "li@corp.cn"), "li@corp.cn"),
        ("email", (None, "nothing"), "nothing"),
    ],
)
def test_what_can_be_right_survives(read, values, wins):
    rows = [{"id": i, "entity_id": 1, "x": value} for i, value in enumerate(values)]
    assert Merge({"x": MostValid(read, "CN")}).golden(rows).table[0]["x"] == wins
