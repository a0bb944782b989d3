"""Laws of every comparison: symmetric, missing iff a side is, exact iff the forms are the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparedsides import prepared
from custseg.match import (
    Addresses,
    Companies,
    Comparison,
    Dates,
    Emails,
    Exact,
    Identifiers,
    NamePart,
    Names,
    Phones,
    Prepared,
    Texts,
)

EVERY = (
    *(
        Names("a"),
        NamePart("a"),
        NamePart("a", other="b"),
        Companies("a"),
        Phones("a"),
        Emails("a"),
    ),
    *(Dates("a"), Addresses("a"), Texts("a"), Texts("a", bars=()), Exact("a"), Identifiers("a")),
    Identifiers("a", read="uscc"),
)
TYPED = st.sampled_from(
    [
        *("王小明", "王晓明", "王 小 明 先生", "罗总", "欧阳娜娜", "Xiaoming Wang", "王", "王明"),
        *(
            "John Smith",
            "Smith, John",
            "Jon Smyth",
            "J. Smith",
            "john",
            "John Albert Smith",
            "o'neil",
        ),
        *("上海恒力新材料有限公司", "恒力新材料", "上海恒力物业有限公司", "恒力新材料无锡分公司"),
        *("Acme Ltd", "ACME Trading Co., Ltd.", "13800138000", "+86 138 0013 8001"),
        *("021-62345678转801", "02162345678", "li.lei@corp.cn", "lilei@gmail.com", "info@corp.cn"),
        *("1984-03-07", "07/03/1984", "1984-07-03", "1900-01-01", "19840399", "1985"),
        *(
            "北京市朝阳区建国路88号",
            "朝阳区建国路88号3栋201室",
            "156 Second Ave. at 10th",
            "156 2nd Ave",
        ),
        *(
            "91350100M000100Y43",
            "91350100M000100Y44",
            "暂无",
            "N/A",
            "",
            "   ",
            "\u200b",
            "0000000",
        ),
    ]
)
TEXT = st.one_of(st.none(), TYPED, st.text(max_size=12), st.text("ab 王小明1-.@", max_size=9))


@st.composite
def tables(draw):
    rows = draw(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=7))
    return [list(side) for side in zip(*rows, strict=True)]


def sided(comparison, columns):
    return prepared(comparison, *columns[: len(comparison.columns)])


def grid(side, size):
    left, right = (at.ravel() for at in np.indices((size, size)))
    return side.levels(left, right).reshape(size, size)


@pytest.mark.parametrize("comparison", EVERY, ids=repr)
@settings(max_examples=40, deadline=None)
@given(columns=tables())
def test_levels_keep_the_laws(comparison, columns):
    side = sided(comparison, columns)
    size = len(columns[0])
    levels = grid(side, size)
    assert (levels == levels.T).all()
    known = np.diag(levels) > 0
    assert ((levels == 0) == ~(known[:, None] & known[None, :])).all()
    keys = side.codes.at
    same = (keys[:, None] == keys[None, :]) & (keys[:, None] >= 0)
    assert ((levels == 1) == same).all()
    assert levels.max() <= len(comparison.levels)


@pytest.mark.parametrize("comparison", EVERY, ids=repr)
@settings(max_examples=40, deadline=None)
@given(columns=tables())
def test_one_record_is_compared_like_the_table(comparison, columns):
    side = sided(comparison, columns)
    rows = np.arange(len(columns[0]))
    levels = grid(side, len(rows))
    for row in rows.tolist():
        record = {
            name: column[row] for name, column in zip(comparison.columns, columns, strict=False)
        }
        assert side.levels_of(record, rows).tolist() == levels[row].tolist()


@pytest.mark.parametrize("comparison", EVERY, ids=repr)
@settings(max_examples=25, deadline=None)
@given(columns=tables())
def test_chances_are_shares_of_all_pairs(comparison, columns):
    side = sided(comparison, columns)
    shares = side.chances()
    assert len(shares) == len(comparison.levels)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    shuffled = sided(comparison, [column[::-1] for column in columns]).chances()
    assert shares == pytest.approx(shuffled)


@pytest.mark.parametrize("comparison", EVERY, ids=repr)
def test_priors_are_shares_and_better_levels_tell_more(comparison):
    size = len(comparison.levels)
    assert len(comparison.typical) == len(comparison.rare) == size
    assert sum(comparison.typical) == pytest.approx(1)
    assert sum(comparison.rare) == pytest.approx(1)
    odds = [m / u for m, u in zip(comparison.typical, comparison.rare, strict=True)]
    assert odds[0] == max(odds)
    assert odds[-1] == min(odds) < 1
    assert isinstance(comparison, Comparison)
    assert isinstance(sided(comparison, [["x", "y"], ["y", "x"]]), Prepared)
