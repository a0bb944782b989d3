from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.classify import Contract, Lifecycle
from custseg.errors import ConfigError

END = date(2026, 6, 30)


def told(strategy, past):
    end = None if past is None else END
    today = END + timedelta(days=past or 0)
    said = Lifecycle(strategy).fit([]).one({"as_of": today, "contract_end": end})
    return said.get("lifecycle_state", said["lifecycle"]), said["lifecycle_reason"]


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (-400, ("active", "contract_runs")),
        (0, ("active", "contract_runs")),
        (1, ("dormant", "contract_over")),
        (None, ("potential", "no_contract")),
    ],
)
def test_active_to_the_last_day_of_the_contract(past, expected):
    assert told(Contract(), past) == expected


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (-31, ("active", "contract_runs")),
        (-30, ("at_risk", "contract_ends_soon")),
        (0, ("at_risk", "contract_ends_soon")),
        (1, ("at_risk", "contract_grace")),
        (14, ("at_risk", "contract_grace")),
        (15, ("dormant", "contract_over")),
        (90, ("dormant", "contract_over")),
        (91, ("churned", "contract_long_over")),
    ],
)
def test_at_risk_before_the_end_and_churned_long_after(past, expected):
    assert told(Contract("contract_end", 14, 30, 90), past) == expected


@given(
    st.builds(Contract, st.just("contract_end"), st.integers(0, 9), st.none() | st.integers(0, 9)),
    st.integers(-30, 30),
)
def test_a_state_only_decays(strategy, past):
    order = ("active", "at_risk", "dormant", "churned")
    assert order.index(told(strategy, past)[0]) <= order.index(told(strategy, past + 1)[0])


def test_sentences_name_the_days():
    model = Lifecycle(Contract(grace_days=14, at_risk_within=30)).fit([])
    why = model.explain({"as_of": END - timedelta(days=3), "contract_end": END})
    assert why.text().endswith("the contract ends within 30 days")
    assert why.text("zh").endswith("合同将在 30 天内到期")
    assert "2026" not in why.text()
    assert "2026-06-30" in why.text(values=True)


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"grace_days": -1}, "grace_days"),
        ({"at_risk_within": -1}, "at_risk_within"),
        ({"grace_days": 5, "churned_after": 5}, "churned_after"),
    ],
)
def test_days_that_cannot_be_are_refused(settings, path):
    with pytest.raises(ConfigError, match=path):
        Contract(**settings)
