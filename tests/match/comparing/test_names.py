import numpy as np
import pytest
from rapidfuzz.distance import JaroWinkler, Levenshtein

from comparedsides import level, prepared
from custseg.match import NamePart, Names

NAMES = Names("name")


def test_code_points_are_counted_and_not_bytes():
    """DuckDB's levenshtein gives 3 and its jaro_winkler 0.844 here (duckdb/duckdb#25113)."""
    assert Levenshtein.distance("王小明", "王晓明") == 1
    assert JaroWinkler.normalized_similarity("王小明", "王晓明") == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("王小明", "王 小 明 先生", "exact"),
        ("王曉明", "王晓明", "exact"),
        ("王小明", "王晓明", "same_sound"),
        ("王小明", "Wang Xiaoming", "same_sound"),
        ("王小明", "Xiaoming Wang", "same_sound"),
        ("Xiaoming WANG", "Wang, Xiaoming", "exact"),
        ("单雄信", "Shan Xiongxin", "same_sound"),
        ("顾林生", "顾生林", "close"),
        ("欧阳娜娜", "欧阳娜丽", "close"),
        ("王小明", "王大明", "near"),
        ("王小明", "王明", "part"),
        ("王小明", "王伟强", "half"),
        ("黄天", "黄灵", "half"),
        ("王明", "王伟", "half"),
        ("王明", "李明", "else"),
        ("罗总", "罗建国", "part"),
        ("罗总", "罗总", "part"),
        ("罗总", "王建国", "else"),
        ("欧阳先生", "欧阳娜娜", "part"),
    ],
)
def test_chinese_names(one, other, expected):
    assert level(NAMES, one, other) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("John Smith", "SMITH, Mr. John", "exact"),
        ("José García", "jose garcia", "exact"),
        ("John Smith", "Jon Smyth", "same_sound"),
        ("Katharine Wilkes", "Katharine Wilkse", "close"),
        ("Alan Robertson", "Robertson Allan", "same_sound"),
        ("Marta Robertson", "Robertson Martha", "same_sound"),
        ("Wilhelmina Robertson", "Robertson Wilhelmila", "close"),
        ("John Smith", "J. Smith", "initial"),
        ("John Albert Smith", "John Smith", "initial"),
        ("John A. Smith", "John Smith", "close"),
        ("Mary Baker", "Mary Thornton", "half"),
        ("Peter Baker", "Susan Baker", "half"),
        ("John Smith", "Mary Baker", "else"),
        ("Robert", "Robert Alan", "part"),
        ("Anna Smith", "annasmith", "close"),
        ("Katherine Thompson", "Helen Thompson", "half"),
        ("Nora Linworth", "Priya Linworth", "half"),
        ("Jonathan Baker", "Jonatan Bakker", "same_sound"),
        ("John Smith", "N/A", "missing"),
        ("John Smith", None, "missing"),
    ],
)
def test_latin_names(one, other, expected):
    assert level(NAMES, one, other) == expected


def test_a_part_of_a_name_has_no_frequency_and_is_never_exact():
    side = prepared(NAMES, ["罗总", "罗总", "罗建国", "Robert", "Robert"])
    assert side.codes.at.tolist()[:2] == [-1, -1]
    assert side.levels(np.array([0, 3]), np.array([1, 4])).min() > 1


PART = NamePart("surname", other="given_name")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("smith", "john"), ("Smith", "john"), "exact"),
        (("smith", "john"), ("john", "smith"), "swapped"),
        (("wei", "li"), ("li", "wei"), "swapped"),
        (("smith", "john"), ("smith", "mary"), "exact"),
        (("wilkes", "ann"), ("wilkse", "ann"), "close"),
        (("smith", "john"), ("smyth", "john"), "same_sound"),
        (("smithson", "x"), ("smitten", "y"), "near"),
        (("j", "x"), ("johnson", "y"), "initial"),
        (("王", "明"), ("汪", "明"), "same_sound"),
        (("王", "明"), ("李", "明"), "else"),
        (("smith", "john"), (None, "john"), "missing"),
        (("smith", None), ("smith", None), "exact"),
    ],
)
def test_parts_of_names(one, other, expected):
    assert level(PART, one, other) == expected


def test_each_of_two_swapped_parts_tells_half():
    """Of the 12 ordered pairs of 4 records, wei li / li wei meet crosswise in 2."""
    shares = prepared(PART, ["wei", "li", "ann", "bob"], ["li", "wei", "x", "y"]).chances()
    at = PART.levels.index("swapped")
    both = (PART.typical[at] / shares[at]) ** 2  # the odds that the two parts together give
    assert both == pytest.approx(PART.typical[at] / (2 / 12))
    assert shares.sum() == pytest.approx(1.0)
