import pytest

from custseg.errors import ConfigError, NotEnoughDataError
from custseg.tiering import PotentialModel
from custseg.tiering.worth.frontier import PeerGroup

ALL = PeerGroup((), 50, 900.0, 0.6)
MODEL = PotentialModel(
    current="revenue",
    peers=("industry",),
    scale="beds",
    scaled=(PeerGroup((), 40, 10.0, 0.5), PeerGroup(("clinic",), 20, 12.0, 0.7)),
    plain=(ALL,),
)
ROW = {"industry": "clinic", "beds": 100, "revenue": 300, "frequency": 4}


def test_an_explanation_names_the_peers_and_hides_the_money():
    why = MODEL.explain(ROW)
    assert why.text() == (
        "peer group: clinic\n"
        "  - seen beside 20 peers, the best of whom bring 12 for each unit of beds"
    )
    assert why.text("zh").endswith("按beds折算，与 20 位同类客户相比，其中的佼佼者每单位带来 12")
    assert why.reasons[0].values == {
        "revenue": 300,
        "potential": 1200.0,
        "headroom": 900.0,
        "share_of_wallet": 0.25,
    }
    assert "1200" not in str(why.as_dict())
    assert MODEL.explain({**ROW, "beds": None}).reasons[0].code == "peers_of_all"


def test_who_is_a_prospect_may_be_left_open_and_the_rest_may_not():
    assert MODEL.one({n: ROW[n] for n in ("industry", "beds", "revenue")})["headroom"] == 900.0
    assert MODEL.one({**ROW, "frequency": 0})["headroom"] is None
    assert MODEL.one({**ROW, "frequency": 0, "revenue": 0})["potential"] == 1200.0


def test_what_is_beyond_numbers_is_not_known():
    assert MODEL.one({**ROW, "revenue": float("inf")})["headroom"] is None
    assert MODEL.one({**ROW, "beds": 1e308})["potential"] == 900.0
    assert MODEL.one({**ROW, "beds": float("inf")})["potential"] == 900.0


def test_coverage_counts_those_of_whom_it_is_known():
    rows = [{**ROW, "revenue": v} for v in (1000, 1200, 1300, None)]
    assert MODEL.coverage(rows) == pytest.approx(2 / 3)
    assert MODEL.coverage([{k: v for k, v in ROW.items() if k != "frequency"}]) == 1
    with pytest.raises(NotEnoughDataError, match="nothing is covered"):
        MODEL.coverage([{**ROW, "revenue": None}])


def test_broken_ladders_are_refused():
    with pytest.raises(ConfigError, match="plain lacks 1 coarser groups"):
        PotentialModel(current="revenue", plain=())
    with pytest.raises(ConfigError, match="scaled lacks 1 coarser groups"):
        PotentialModel(
            current="revenue", plain=(ALL,), scaled=(PeerGroup(("a", "b"), 1, 1.0, 0.1),)
        )
    with pytest.raises(ConfigError, match="must be finite"):
        PotentialModel(current="revenue", plain=(PeerGroup((), 1, float("nan"), 0.1),))
