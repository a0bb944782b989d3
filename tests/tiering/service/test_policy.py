import json

import pytest

import custseg as cs
from custseg.errors import ConfigError
from custseg.tiering import ServicePolicy, services
from custseg.tiering.service.policy import DEVELOPMENT_PLAN, STANDARD_CARE, VIP_SERVICE


def test_the_highest_tier_gets_what_a_key_customer_needs():
    vip = services(("low", "medium", "high"))["high"]
    assert vip.dedicated_contact
    assert vip.priority_line
    assert vip.senior_owner
    assert vip.fault_hours == 4


def test_better_tiers_never_wait_longer():
    ladder = [STANDARD_CARE, DEVELOPMENT_PLAN, VIP_SERVICE]
    for name in ("response_hours", "fault_hours", "contact_interval_days"):
        waits = [policy.limits[name] for policy in ladder]
        assert waits == sorted(waits, reverse=True)


def test_the_middle_is_developed_whatever_the_number_of_tiers():
    assert services(("one",)) == {"one": STANDARD_CARE}
    assert services(("low", "high")) == {"low": STANDARD_CARE, "high": VIP_SERVICE}
    four = services(("d", "c", "b", "a"))
    assert [four[t].code for t in "dcba"] == [
        "standard_care",
        "development_plan",
        "development_plan",
        "vip_service",
    ]


def test_a_policy_reads_as_a_line_in_both_languages():
    assert DEVELOPMENT_PLAN.text() == (
        "development plan: plan towards the next tier, answer within 4 h, "
        "faults fixed within 24 h, contact every 60 days"
    )
    assert VIP_SERVICE.text("zh") == (
        "贵宾服务：专属客服，优先通道，资深负责人，1 小时内答复，4 小时内排除故障，每 30 天联系一次"
    )
    assert ServicePolicy("none").text() == "none: -"


def test_a_policy_survives_json():
    own = ServicePolicy("gold", dedicated_contact=True, response_hours=0.5)
    assert cs.load(json.dumps(cs.dump(own))) == own
    assert own.flags == ("dedicated_contact",)
    assert own.limits == {"response_hours": 0.5}


def test_impossible_policies_are_refused():
    with pytest.raises(ConfigError, match="needs a code"):
        ServicePolicy("")
    for name, wrong in (
        ("response_hours", -1),
        ("response_hours", float("inf")),
        ("response_hours", float("nan")),
        ("fault_hours", "4"),
        ("fault_hours", True),
        ("contact_interval_days", 30.5),
        ("contact_interval_days", 10**8),  # no day is so far away
    ):
        with pytest.raises(ConfigError, match=f"{name} of 'gold' must be a (whole )?number above"):
            ServicePolicy("gold", **{name: wrong})
    assert ServicePolicy("gold", contact_interval_days=30.0).text() == "gold: contact every 30 days"
