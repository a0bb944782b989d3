import pytest

from custseg.errors import ConfigError
from custseg.scoring.auditing.settings import Questions


def test_names_are_kept_once_and_in_order():
    asked = Questions(protected=["sex", "age", "sex"], factors="tag")
    assert (asked.protected, asked.factors) == (("sex", "age"), ("tag",))


@pytest.mark.parametrize("select", [0, 1, -0.2, 20, float("nan")])
def test_a_share_is_between_0_and_1(select):
    with pytest.raises(ConfigError, match="select"):
        Questions(select=select)


def test_a_grade_is_no_share():
    assert Questions(select="A").select == "A"


def test_a_day_of_filling_needs_a_day_to_compare_with():
    with pytest.raises(ConfigError, match="decided"):
        Questions(filled={"tag": "tag_at"})
    assert Questions(filled={"tag": "tag_at"}, at="day").filled == {"tag": "tag_at"}
