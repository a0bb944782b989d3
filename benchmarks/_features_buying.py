# ruff: noqa: PLC0415 - a peer is loaded only by the process that tries it
"""What lifetimes and pymc-marketing do for the rows of the comparison, each as a few lines."""

import numpy as np

from _features_marks import FULL, NONE, SOME

SUMMARY = {"frequency": [4.0, 0.0, 2.0], "recency": [30.0, 0.0, 20.0], "T": [38.0, 38.0, 50.0]}


def transactions(customers=60):
    """Orders of customers who come again, at random days of half a year."""
    import pandas as pd

    rng = np.random.default_rng(3)
    who = np.repeat(np.arange(customers), rng.integers(1, 9, customers))
    days = np.datetime64("2026-01-01") + rng.integers(0, 180, len(who)).astype("timedelta64[D]")
    paid = np.round(rng.gamma(2.0, 30.0, len(who)), 2)
    return pd.DataFrame({"customer_id": who, "paid_at": days.astype("M8[s]"), "amount": paid})


ASKED = ("customer_id", "paid_at", "amount")


# ----------------------------------------------------------------------------- lifetimes


def lifetimes_summary():
    from lifetimes.utils import summary_data_from_transaction_data

    return summary_data_from_transaction_data(transactions(), *ASKED)


def lifetimes_models():
    import lifetimes

    frame = lifetimes_summary()
    model = lifetimes.BetaGeoFitter(penalizer_coef=0.01)
    model.fit(frame["frequency"], frame["recency"], frame["T"])
    columns = (frame["frequency"], frame["recency"], frame["T"])
    ahead = model.conditional_expected_number_of_purchases_up_to_time(30, *columns)
    assert (ahead >= 0).all()
    assert hasattr(lifetimes, "ParetoNBDFitter")
    assert hasattr(lifetimes, "GammaGammaFitter")


def lifetimes_rfm():
    assert {"frequency", "recency", "monetary_value"} <= set(lifetimes_summary().columns)


def lifetimes_pandas():
    import pandas as pd

    assert isinstance(lifetimes_summary(), pd.DataFrame)


def lifetimes_polars():
    import polars as pl
    from lifetimes.utils import summary_data_from_transaction_data

    summary_data_from_transaction_data(pl.DataFrame(transactions().to_dict("list")), *ASKED)


def lifetimes_one():
    import lifetimes
    import pandas as pd

    model = lifetimes.BetaGeoFitter()
    model.params_ = pd.Series({"r": 0.6, "alpha": 60.0, "a": 0.8, "b": 2.5})
    assert 0 < np.asarray(model.conditional_probability_alive(4, 30, 38)).item() < 1


# ----------------------------------------------------------------------------- pymc-marketing


def pymc_data(**more):
    import pandas as pd

    rng = np.random.default_rng(1)
    size = 120
    frequency = rng.integers(0, 6, size).astype(float)
    recency = np.where(frequency > 0, rng.integers(1, 60, size), 0).astype(float)
    frame = {"customer_id": np.arange(size), "frequency": frequency, "recency": recency}
    return pd.DataFrame(frame | {"T": np.full(size, 90.0)} | more)


def pymc_fitted(method="map", data=None, **more):
    from pymc_marketing import clv

    model = clv.BetaGeoModel(**more)
    few = {} if method == "map" else {"draws": 20, "tune": 20, "chains": 1, "cores": 1}
    model.fit(pymc_data() if data is None else data, method=method, progressbar=False, **few)
    return model


def pymc_models():
    from pymc_marketing import clv

    ahead = pymc_fitted().expected_purchases(pymc_data(), future_t=30)
    assert (np.asarray(ahead) >= 0).all()
    assert hasattr(clv, "ParetoNBDModel")
    assert hasattr(clv, "GammaGammaModel")


def pymc_posteriors():
    assert pymc_fitted("mcmc").posterior["r"].size == 20


def pymc_segments():
    from pymc_marketing.clv import rfm_segments

    found = rfm_segments(transactions(), *ASKED)
    assert {"rfm_score", "segment"} <= set(found.columns)


def pymc_states():
    """Two of its named segments are states: At-Risk and Inactive; no reasons, no dates."""
    from pymc_marketing.clv import rfm_segments

    found = set(rfm_segments(transactions(), *ASKED)["segment"])
    assert found & {"At-Risk Customer", "Inactive Customer"}


def pymc_pandas():
    import pandas as pd
    from pymc_marketing.clv import rfm_summary

    assert isinstance(rfm_summary(transactions(), *ASKED), pd.DataFrame)


def pymc_polars():
    import polars as pl
    from pymc_marketing.clv import rfm_summary

    rfm_summary(pl.DataFrame(transactions().to_dict("list")), *ASKED)


def pymc_json():
    """The priors that a model was built from, with its draws; no policy that decides."""
    import json

    kept = pymc_fitted().create_idata_attrs()
    assert json.loads(kept["model_config"])


def pymc_one():
    """A table of one row, a second of compiling: no request would wait for it twice."""
    found = pymc_fitted().expected_purchases(pymc_data().head(1), future_t=30)
    assert np.asarray(found).size == 1


def pymc_covariates():
    data = pymc_data(online=np.arange(120) % 2.0)
    config = {"purchase_covariate_cols": ["online"]}
    found = pymc_fitted(data=data, model_config=config).fit_summary()
    assert any("covariate" in name or "coefficient" in name for name in found.index)


TRIED = {
    "lifetimes": {
        "models of buying": (FULL, lifetimes_models),
        "RFM and segments": (SOME, lifetimes_rfm),
        "one record in a web request": (SOME, lifetimes_one),
        "pandas": (FULL, lifetimes_pandas),
        "Polars, Arrow": (NONE, lifetimes_polars),
    },
    "pymc-marketing": {
        "states of customers, with reasons and dates": (SOME, pymc_states),
        "models of buying": (FULL, pymc_models),
        "full posteriors": (FULL, pymc_posteriors),
        "RFM and segments": (FULL, pymc_segments),
        "one record in a web request": (SOME, pymc_one),
        "pandas": (FULL, pymc_pandas),
        "Polars, Arrow": (NONE, pymc_polars),
        "a policy as JSON": (SOME, pymc_json),
        "covariates in models of buying": (FULL, pymc_covariates),
    },
}
