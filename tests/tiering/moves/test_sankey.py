from hypothesis import given
from hypothesis import strategies as st

from custseg.tiering import migration

words = st.sampled_from(["low", "medium", "high", "dormant", None])
people = st.lists(st.tuples(words, words, st.integers(-50, 500)), max_size=20)


def told(rows):
    start = {"tier_previous": "low", "tier": None, "v_previous": 1, "v": 2}
    return migration(
        [
            start,
            *({"tier_previous": a, "tier": b, "v_previous": v, "v": 2 * v} for a, b, v in rows),
        ],
        value="v",
    )


@given(people)
def test_links_fill_their_nodes(rows):
    """What leaves a node on the left, and what gets into one on the right, is all of it."""
    found = told(rows)
    sankey = found.sankey
    for place, node in enumerate(sankey.nodes):
        side = "source" if node.side == "previous" else "target"
        links = [link for link in sankey.links if getattr(link, side) == place]
        assert sum(link.customers for link in links) == node.customers > 0
        worth = "worth_before" if node.side == "previous" else "worth_after"
        assert sum(getattr(link, worth) for link in links) == node.worth
    assert sum(link.customers for link in sankey.links) == len(rows) + 1 - found.untiered


@given(people)
def test_names_are_unique_and_the_order_is_that_of_tiers(rows):
    nodes = told(rows).sankey.nodes
    assert len({node.name for node in nodes}) == len(nodes)
    tiers = [node.state for node in nodes if node.side == "previous" and node.state != "entered"]
    assert tiers == [t for t in ("low", "medium", "high", "dormant") if t in tiers]


def test_it_speaks_two_languages():
    found = migration([{"tier_previous": None, "tier": "low"}]).sankey.as_dict("zh")
    assert [node["label"] for node in found["nodes"]] == ["新进", "低级客户"]
    assert found["links"][0]["value"] == 1
