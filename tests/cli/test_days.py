import pytest

from custseg.cli import main


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("rebalance", "people.csv", "team.csv", "--as-of", "2026-13-01"), "--as-of"),
        (("review", "people.csv", "team.csv", "--as-of", "soon"), "--as-of"),
        (("allocate", "people.csv", "team.csv", "--as-of", "30.6."), "--as-of"),
        (("run", "job.toml", "--as-of", "soon"), "--as-of"),
        (("report", "orders.csv", "--as-of", "soon"), "--as-of"),
        (("tiers", "job.toml", "--since", "soon"), "--since"),
        (("quality", "people.csv", "--until", "soon"), "--until"),
    ],
)
def test_a_day_that_is_none_is_told_by_its_option_before_any_file_is_read(words, option, capsys):
    assert main(words) == 2
    said = words[-1]
    want = f"custseg: {option}: needs a day such as 2026-06-30, got {said!r}\n"
    assert capsys.readouterr().err == want
    assert main([*words, "--lang", "zh"]) == 2
    assert f"{option}：应为日期，例如 2026-06-30，现为 {said!r}" in capsys.readouterr().err
