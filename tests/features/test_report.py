import json
from datetime import date

from custseg.features import ProfileReport, TableReport
from custseg.labels import table

REPORT = ProfileReport(
    date(2026, 6, 30),
    1200,
    800,
    (
        TableReport("transactions", 10_000, {"null_id": 7}, {"cost_unknown": 3}),
        TableReport("visits", 5, {}, {}),
    ),
)


def test_a_report_is_plain_data():
    assert json.loads(json.dumps(REPORT.as_dict()))["tables"][0] == {
        "table": "transactions",
        "rows": 10_000,
        "used": 9_993,
        "left_out": {"null_id": 7},
        "notes": {"cost_unknown": 3},
    }


def test_a_report_reads_in_both_languages():
    assert "left out: no customer id: 7" in REPORT.text()
    assert "未计入：无客户编号: 7" in REPORT.text("zh")
    assert "transactions" in REPORT.tables[0].text()


def test_a_report_is_shown_as_a_table():
    for each in (REPORT, REPORT.tables[0]):
        assert each._repr_html_().startswith("<table>")


def test_tables_are_found_by_name():
    assert REPORT.table("visits").rows == 5
    assert REPORT.table("feedback") is None


def test_every_reason_and_column_has_its_words(pytestconfig):
    from custseg.features import COLUMNS

    room = pytestconfig.rootpath / "src" / "custseg" / "features"
    text = "".join(file.read_text(encoding="utf-8") for file in room.glob("*.py"))
    words = table("zh")
    own = json.loads((room.parent / "labels" / "features.json").read_text(encoding="utf-8"))["zh"]
    reasons = {key.partition(".")[2] for key in own if key.startswith(("left_out.", "note."))}
    assert reasons == {reason for reason in reasons if f'"{reason}"' in text}
    assert not [name for name in COLUMNS if f"column.{name}" not in words]
