from custseg.cli.refusing import plain, refused
from custseg.errors import CapacityError, ConfigError, DataError, MissingColumnError


def test_an_error_is_told_with_its_place_in_each_language():
    day = ConfigError("needs a day such as 2026-06-30, got 'soon'", "--as-of")
    assert refused(day, "en") == str(day)
    assert refused(day, "zh") == "--as-of：应为日期，例如 2026-06-30，现为 'soon'"
    lost = MissingColumnError("at", ("paid_at",))
    assert refused(lost, "en") == str(lost)
    assert refused(lost, "zh") == "没有列 'at'，现有 ['paid_at']"


def test_what_has_no_words_in_a_language_is_told_in_english():
    odd = CapacityError("the moon is full")
    assert refused(odd, "zh") == "不能接受：the moon is full"
    odd = DataError("the moon is full", "moon", 3)
    assert refused(odd, "zh") == f"不能接受：{odd}"
    assert plain(odd, "en") == {"code": "data", "message": str(odd)}
