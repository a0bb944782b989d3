"""The quality report: counts add up, completeness is weighted."""

import json

import numpy as np
import pytest

from custseg.clean import Cleaner, quality
from custseg.labels import label

ROWS = [
    {"phone": "13800138000", "email": "li@qq.com", "city": "上海"},
    {"phone": "138-0013-8000", "email": "li@", "city": "Select"},
    {"phone": "暂无", "email": None, "city": " "},
    {"phone": "128", "email": "LI@qq.com", "city": "北京"},
]


def test_counts_of_a_column():
    phone = quality(ROWS).field("phone")
    assert (phone.rows, phone.filled, phone.valid, phone.invalid) == (4, 3, 2, 1)
    assert (phone.placeholder, phone.missing, phone.unique) == (1, 0, 1)
    assert phone.problems == {"invalid_length": 1, "placeholder": 1}
    assert phone.share == 0.5


def test_blank_is_missing_and_a_placeholder_is_not():
    city = quality(ROWS).field("city")
    assert (city.missing, city.placeholder, city.valid) == (1, 1, 2)
    assert quality(ROWS).field("email").missing == 1


def test_completeness_of_each_record():
    assert quality(ROWS).completeness.tolist() == [1.0, 1 / 3, 0.0, 2 / 3]
    weighted = Cleaner(recognise=True, weights={"phone": 3.0, "city": 0.0})
    found = quality(ROWS, weighted)
    assert found.completeness.tolist() == [1.0, 0.75, 0.0, 0.25]
    assert found.mean == pytest.approx(0.5)


def test_doubtful_values_are_valid_and_flagged():
    found = quality([{"phone": "13923456709"}], Cleaner.preset("mixed")).field("phone")
    assert (found.valid, found.doubtful, found.problems) == (1, 1, {"ambiguous_region": 1})


def test_no_columns_no_figure():
    found = quality([{"a": 1}], Cleaner())
    assert found.mean is None
    assert np.isnan(found.completeness).all()


def test_an_unknown_column():
    with pytest.raises(KeyError):
        quality(ROWS).field("fax")


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_as_text_data_and_html(locale):
    found = quality(ROWS)
    text = found.text(locale)
    assert label("clean.invalid_length", locale) in text
    json.dumps(found.as_dict())
    for shown in (text, json.dumps(found.as_dict()), found._repr_html_()):
        assert "138" not in shown
        assert "上海" not in shown
