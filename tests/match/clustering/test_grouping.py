"""From weighed pairs to customers: what holds together and what limits do."""

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.errors import ConfigError
from custseg.match import Dedupe, ExactKey
from custseg.match.clustering.bounds import Bounds
from custseg.match.clustering.edges import Edges
from custseg.match.clustering.grouping import cluster
from custseg.match.clustering.settings import Clusters


def apart(left, _):
    return np.full(len(left), -20.0)


def alike(left, _):
    return np.full(len(left), 9.0)


def edges(*lines):
    left, right, weight = zip(*lines, strict=True)
    return Edges(np.array(left), np.array(right), np.array(weight, dtype=float))


def codes(*at):
    return Codes(np.array(at), tuple("abcdefgh"[: max(at) + 1]))


def ranks(count):
    return np.arange(float(count))


def test_a_chain_of_doubtful_pairs_is_not_one_customer():
    chain = edges((0, 1, 9), (1, 2, 1), (2, 3, 9))
    found = cluster(chain, ranks(4), rescore=apart)
    assert found.at.tolist() == [0, 0, 1, 1]
    assert found.weakest.tolist() == [9, 9, 9, 9]
    assert found.report.weighed == 3


def test_records_that_mostly_agree_are_one_customer():
    known = edges((0, 1, 9), (1, 2, 4), (0, 2, -8))
    found = cluster(known, ranks(3), rescore=apart)
    assert found.at.tolist() == [0, 0, 0]
    assert found.weakest.tolist() == [-2, -2, -2]
    assert found.report.weighed == 0
    strict = cluster(known, ranks(3), rescore=apart, settings=Clusters(cut=0))
    assert strict.at.tolist() == [0, 0, 1]
    assert np.isnan(strict.weakest[2])


def test_pairs_below_the_start_bring_nobody_together():
    weak = edges((0, 1, -1))
    assert cluster(weak, ranks(2), rescore=apart).at.tolist() == [0, 1]
    low = Clusters(start=-2)
    assert cluster(weak, ranks(2), rescore=apart, settings=low).at.tolist() == [0, 0]


def test_customers_are_numbered_by_the_first_rank_and_a_missing_rank_comes_last():
    rank = np.array([np.nan, 2.0, 0.0, 1.0])
    found = cluster(edges((0, 1, 5)), rank, rescore=apart)
    assert found.at.tolist() == [2, 2, 0, 1]


def test_a_rule_joins_whatever_the_weights_say():
    rule = Bounds(same=(codes(0, 0, -1, -1), codes(-1, 0, 0, -1)))
    found = cluster(edges((0, 1, -50)), ranks(4), rescore=apart, bounds=rule)
    assert found.at.tolist() == [0, 0, 0, 1]
    assert np.isinf(found.weakest[:3]).all()
    by_weight = edges((0, 1, np.inf), (1, 2, np.inf))
    assert cluster(by_weight, ranks(4), rescore=apart).at.tolist() == [0, 0, 0, 1]


def test_what_a_rule_joins_counts_with_all_its_records():
    rule = Bounds(same=(codes(0, 0, 1),))
    known = edges((0, 2, 5), (1, 2, -12))
    assert cluster(known, ranks(3), rescore=apart, bounds=rule).at.tolist() == [0, 0, 1]
    known = edges((0, 2, 5), (1, 2, -10))
    found = cluster(known, ranks(3), rescore=apart, bounds=rule)
    assert found.at.tolist() == [0, 0, 0]
    assert found.weakest.tolist() == [-2.5] * 3


def test_different_identifiers_stay_apart_even_through_others():
    cards = Bounds(apart=(codes(0, -1, 1),))
    known = edges((0, 1, 9), (1, 2, 8))
    found = cluster(known, ranks(3), rescore=alike, bounds=cards)
    assert found.at.tolist() == [0, 0, 1]


def test_of_two_rules_the_one_that_forbids_prevails_and_is_counted():
    both = Bounds(same=(codes(0, 0, 0),), apart=(codes(0, -1, 1),))
    found = cluster(edges((0, 1, 3)), ranks(3), rescore=apart, bounds=both)
    assert found.at.tolist() == [0, 0, 1]
    assert found.report.torn == 1
    assert np.isinf(found.weakest[:2]).all()
    undone = Bounds(same=(codes(0, 0),), parted=(np.array([1]), np.array([0])))
    assert cluster(edges((0, 1, 3)), ranks(2), rescore=apart, bounds=undone).at.tolist() == [0, 1]
    by_weight = edges((0, 1, np.inf), (1, 2, np.inf), (0, 2, -np.inf))
    assert cluster(by_weight, ranks(3), rescore=apart).at.tolist() == [0, 0, 1]


def test_a_torn_group_is_put_together_again_as_far_as_it_may_be():
    both = Bounds(same=(codes(0, 0, 0, -1),), apart=(codes(0, -1, 1, -1),))
    none = Edges(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))
    found = cluster(none, ranks(4), rescore=lambda left, _: np.zeros(len(left)), bounds=both)
    assert found.at.tolist() == [0, 0, 1, 2]


def test_a_source_that_holds_each_customer_once_gives_one_record():
    source = Bounds(source=codes(0, 0, 1, 1))
    known = edges((0, 2, 9), (1, 2, 8), (2, 3, 7), (0, 1, 20), (0, 3, 5), (1, 3, 5))
    one = cluster(known, ranks(4), rescore=apart, settings=Clusters(one_per="a"), bounds=source)
    assert one.at.tolist() == [0, 1, 0, 0]
    both = cluster(known, ranks(4), rescore=apart, settings=Clusters(one_per="*"), bounds=source)
    assert both.at.tolist() == [0, 1, 0, 1]


def test_no_more_records_than_the_largest():
    known = edges((0, 1, 9), (0, 2, 8), (1, 2, 8), (0, 3, 7), (1, 3, 7), (2, 3, 7))
    found = cluster(known, ranks(4), rescore=apart, settings=Clusters(largest=2))
    assert found.at.tolist() == [0, 0, 1, 1]
    assert found.report.full == 1
    rule = Bounds(same=(codes(0, 0, 0, 1),))
    found = cluster(known, ranks(4), rescore=apart, settings=Clusters(largest=2), bounds=rule)
    assert found.at.tolist() == [0, 0, 0, 1]


def test_a_huge_chain_is_cut_at_its_weakest_pairs_and_reported():
    count = 5000
    weight = np.where(np.arange(count - 1) % 10 == 9, 1.0, 20.0)
    chain = Edges(np.arange(count - 1), np.arange(1, count), weight)
    asked = []

    def rescore(left, _):
        asked.append(len(left))
        return np.full(len(left), 20.0)

    found = cluster(chain, ranks(count), rescore=rescore)
    assert found.at.tolist() == np.repeat(np.arange(count // 10), 10).tolist()
    assert (found.report.chains, found.report.chained) == (1, count)
    assert sum(asked) == found.report.weighed < 50 * count


def test_a_huge_chain_of_equal_pairs_is_not_cut_at_random():
    chain = Edges(np.arange(1999), np.arange(1, 2000), np.full(1999, 7.0))
    found = cluster(chain, ranks(2000), rescore=apart)
    assert found.at.tolist() == list(range(2000))
    assert found.report.as_dict()["chains"] == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_no_pairs_are_an_answer(count):
    none = Edges(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))
    found = cluster(none, ranks(count), rescore=apart)
    assert found.at.tolist() == list(range(count))
    assert np.isnan(found.weakest).all()


@pytest.mark.parametrize("wrong", [{"cut": 1.0}, {"largest": 1}, {"complete": 0}])
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ConfigError):
        Clusters(**wrong)


def test_keys_alone_heed_what_keeps_records_apart():
    people = [
        {"id": 1, "email": "a@x.cn", "card": "p", "source": "erp"},
        {"id": 2, "email": "a@x.cn", "card": None, "source": "erp"},
        {"id": 3, "email": "a@x.cn", "card": "q", "source": "shop"},
        {"id": 4, "email": "d@x.cn", "card": None, "source": "shop"},
    ]
    email, card = ExactKey("email", read="email"), ExactKey("card")
    done = Dedupe((email,), apart=(card,), id="id").run(people)
    assert [row["entity_id"] for row in done.table] == [1, 1, 3, 4]
    assert [row["match_rule"] for row in done.table] == ["email", "email", None, None]
    assert done.report.weighing.clusters.torn == 1
    spec = Dedupe((email,), id="id", source="source", clusters=Clusters(one_per="erp"))
    assert [row["entity_id"] for row in spec.run(people).table] == [1, 2, 1, 4]
    assert "match_chance" not in spec.run(people).table[0]


def test_a_record_set_apart_does_not_part_the_others_who_share_its_key():
    phone = codes(0, 0, 0, 0)
    for first, rest in ((0, [1, 2, 3]), (1, [0, 2, 3]), (3, [0, 1, 2])):
        never = np.full(3, first), np.array(rest)
        bounds = Bounds(same=(phone,), parted=never)
        none = Edges(np.zeros(0, int), np.zeros(0, int), np.zeros(0))
        found = cluster(none, ranks(4), rescore=apart, bounds=bounds)
        assert len(set(found.at[rest].tolist())) == 1
        assert found.at[first] != found.at[rest[0]]


def test_a_key_of_many_records_that_a_rule_tears_is_not_paired_each_with_each():
    phone = Codes(np.zeros(9, dtype=np.intp), ("x",))
    card = Codes(np.array([0, *[-1] * 7, 1]), ("p", "q"))
    none = Edges(np.zeros(0, int), np.zeros(0, int), np.zeros(0))
    few = Clusters(complete=5)
    bounds = Bounds(same=(phone,), apart=(card,))
    found = cluster(none, ranks(9), rescore=apart, settings=few, bounds=bounds)
    assert found.at[0] != found.at[8]
