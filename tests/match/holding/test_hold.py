"""What holds a customer together."""

import json

import numpy as np
import pytest

from custseg.errors import DataError
from custseg.match import Dedupe, EntityExplanation, ExactKey
from custseg.match.holding.account import HoldingLink
from custseg.match.holding.cohesion import cohesion

EMAIL = ExactKey("email", read="email")
PHONE = ExactKey("phone", read="phone", region="CN")
MATCHER = Dedupe((EMAIL, PHONE), id="id").fit([])
CHAIN = [
    {"id": 3, "email": None, "phone": "138 0013 8000"},
    {"id": 2, "email": "a@x.cn", "phone": "13800138000"},
    {"id": 1, "email": "A@x.cn", "phone": None},
    {"id": 4, "email": "d@x.cn", "phone": None},
]


def square(count, **weights):
    weight = np.full((count, count), -9.0)
    for pair, bits in weights.items():
        one, two = int(pair[1]), int(pair[2])
        weight[one, two] = weight[two, one] = bits
    return weight


def test_the_tree_takes_the_strongest_links():
    weight = square(4, p01=9, p12=3, p02=5, p23=-1)
    found = cohesion(weight, np.zeros((4, 4), dtype=bool), 0.0)
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [
        (0, 1),
        (0, 2),
        (2, 3),
    ]
    assert found.bridges.tolist() == []
    assert [side.tolist() for side in found.against] == [[0, 1, 2], [3, 3, 3]]


def test_a_record_that_all_links_pass_is_a_bridge():
    weight = square(5, p01=9, p12=3, p23=8, p34=7, p24=7)
    found = cohesion(weight, np.zeros((5, 5), dtype=bool), 0.0)
    assert found.bridges.tolist() == [1, 2]
    must = np.zeros((5, 5), dtype=bool)
    must[0, 2] = must[2, 0] = True
    assert cohesion(weight, must, 0.0).bridges.tolist() == [2]


def test_one_record_holds_itself():
    found = cohesion(np.zeros((1, 1)), np.zeros((1, 1), dtype=bool), 0.0)
    assert len(found.left) == len(found.bridges) == 0
    said = MATCHER.explain_entity(CHAIN, 4)
    assert said == EntityExplanation((4,))
    assert said.text("zh") == "1 条记录自成一个客户"
    assert said.weakest is None


def test_rules_hold_and_have_no_weakest_link():
    said = MATCHER.explain_entity(CHAIN, 2)
    assert said.records == (1, 2, 3)
    assert [(link.left_id, link.right_id, link.rule) for link in said.links] == [
        (1, 2, "email"),
        (2, 3, "phone"),
    ]
    assert (said.bridges, said.weakest, said.chance) == ((2,), None, None)
    assert MATCHER.explain_entity(CHAIN[::-1], 3) == said
    assert json.loads(json.dumps(said.as_dict()))["links"][0]["rule"] == "email"
    assert "<p>3 records are one customer</p>" in said._repr_html_()


def test_weights_tell_the_weakest_link_and_what_speaks_against_it():
    said = EntityExplanation(
        (1, 2, 3),
        (HoldingLink(1, 2, None, 9.0, 0.998), HoldingLink(2, 3, None, 1.0, 0.667)),
        (2,),
        (HoldingLink(1, 3, None, -2.0, 0.2),),
        0.4,
    )
    assert said.weakest is said.links[1]
    assert said.text().splitlines()[3:] == [
        "weakest link: 2 - 3: +1.00 bits (66.7%)",
        "least sure where it was put together last: 40.0%",
        "without these it falls apart: 2",
        "speaks against: 1 - 3: -2.00 bits (20.0%)",
    ]
    assert "反对的证据" in said.text("zh")


def test_a_weighed_customer_is_told():
    one = {"given_name": "Ann", "surname": "Lee", "birthday": "1990-02-03"}
    people = [{"id": 1, **one}, {"id": 2, **one, "given_name": "Anne"}]
    matcher = Dedupe.preset("person").fit(people)
    said = matcher.explain_entity(people, 2)
    assert said.records == (1, 2)
    assert said.weakest is not None
    assert said.chance == pytest.approx(said.weakest.chance)
    with pytest.raises(DataError, match="no record"):
        matcher.explain_entity(people, "2")
