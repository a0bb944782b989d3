"""The change log."""

from custseg.clean import Cleaner

ROWS = [
    {"customer_id": 7, "phone": "138 0013 8000", "email": "n/a"},
    {"customer_id": None, "phone": "+8613900139000", "email": "LI@qq.com"},
    {"customer_id": 9, "phone": "暂无", "email": "li@qq.com"},
]
LOG = Cleaner.preset("zh").fit(ROWS).run(ROWS).changes


def test_every_changed_cell_is_named_row_by_row():
    assert [(c.row, c.customer, c.column, c.rule) for c in LOG] == [
        (0, 7, "phone", "phone_form"),
        (0, 7, "email", "placeholder"),
        (1, None, "email", "email_form"),
        (2, 9, "phone", "placeholder"),
    ]
    assert len(LOG) == 4


def test_counts_are_by_column_and_rule():
    assert LOG.counts == {
        ("phone", "phone_form"): 1,
        ("phone", "placeholder"): 1,
        ("email", "placeholder"): 1,
        ("email", "email_form"): 1,
    }


def test_values_are_held_but_hidden():
    change = next(iter(LOG))
    assert (change.old, change.new) == ("138 0013 8000", "+8613800138000")
    for shown in (repr(change), str(LOG), LOG.text(), LOG.text("zh"), LOG._repr_html_()):
        assert "138" not in shown
    assert "138" not in str(LOG.as_dict())
    assert "+8613800138000" in LOG.text("zh", values=True)
    cells = LOG.as_dict(values=True)["cells"]
    assert cells[0]["old"] == "138 0013 8000"


def test_reasons_translate():
    change = next(iter(LOG))
    assert change.reason.text("en") == "phone: number in international form"
    assert change.reason.text("zh") == "电话：号码统一为国际格式"


def test_no_changes():
    log = Cleaner.preset("zh").fit([{"phone": None}]).run([{"phone": None}]).changes
    assert list(log) == []
    assert log.as_dict() == {"changes": 0, "rules": []}
