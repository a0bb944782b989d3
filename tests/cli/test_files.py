import json

import pytest

import custseg as cs
from custseg.cli import main

TEXT = (
    "客户编号,姓名,手机号,邮箱,更新时间,收入\n"
    "007,王 小明,１３８００１３８０００,LI@QQ.com,2024-01-01,100\n"
    "008,无,12345,li@qq.com,2026-06-01,900\n"
)


@pytest.fixture
def file(tmp_path):
    def write(encoding="gb18030"):
        path = tmp_path / "客户.csv"
        path.write_text(TEXT, encoding=encoding)
        return path

    return write


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_clean_writes_table_log_and_report(file, encoding, capsys):
    path = file(encoding)
    assert main(["clean", str(path), "--from", "zh", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said["written"]) == {"cleaned", "changes", "data", "page"}
    rows = cs.io.read_table(said["written"]["cleaned"], text=["客户编号", "手机号"])
    assert rows["手机号"].tolist()[0] == "+8613800138000"
    assert rows["客户编号"].tolist() == ["007", "008"]
    log = cs.io.read_table(said["written"]["changes"])
    assert log["rule"].tolist() == ["person_form", "phone_form", "email_form", "placeholder"]
    assert "old" not in log.columns
    page = (path.parent / "客户-clean" / "clean.html").read_text(encoding="utf-8")
    assert "138" not in page


def test_the_log_in_words_with_values(file, capsys):
    path = file()
    asked = ["--from", "zh", "--locale", "zh", "--values", "--out", str(path.parent / "out")]
    assert main(["clean", str(path), *asked]) == 0
    assert "修改的单元格: 4" in capsys.readouterr().out
    log = cs.io.read_table(path.parent / "out" / "changes.csv", text=["old"])
    assert log["rule"].tolist()[1] == "号码统一为国际格式"
    assert log["old"].tolist()[1] == "１３８００１３８０００"


def test_quality_ranks_by_value_and_tells_what_is_due(file, capsys):
    path = file()
    asked = ["--from", "zh", "--as-of", "2026-06-30", "--value", "收入", "--limit", "手机号=20"]
    assert main(["quality", str(path), *asked, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["fixes"][0]["value"] == 1000.0
    due = cs.io.read_table(said["written"]["due"], text=["customer"])
    assert due[["customer", "field"]].to_numpy().tolist() == [["007", "手机号"], ["007", "邮箱"]]
    records = cs.io.read_table(said["written"]["records"], text=["customer"])
    assert records["customer"].tolist() == ["008", "007"]
    assert main(["quality", str(path), "--lang", "zh"]) == 0
    assert "优先修复" in capsys.readouterr().out


@pytest.mark.parametrize(
    "asked",
    [["--limit", "手机号=often"], ["--limit", "20"], ["--field", "姓名=nobody"], ["--id", "nr"]],
)
def test_what_cannot_be_understood_is_refused(file, asked, capsys):
    assert main(["quality", str(file()), *asked]) == 2
    assert "custseg:" in capsys.readouterr().err


def test_a_file_without_commas_is_refused(tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_text("phone;email\n1;2\n", encoding="utf-8")
    assert main(["quality", str(file)]) != 0
    assert "commas" in capsys.readouterr().err
