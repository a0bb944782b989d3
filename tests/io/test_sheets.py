"""Workbooks go the way of CSV files."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from custseg import io
from custseg.errors import DataError

pytest.importorskip("python_calamine")

_KIND = "application/vnd.openxmlformats"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_KIND}-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    f'ContentType="{_KIND}-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)


def workbook(file: Path, *sheets: list[list[object]]) -> Path:
    """A workbook as a spreadsheet writes it; a tuple is a day by its number."""
    names = range(1, len(sheets) + 1)
    book = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in names
    )
    styles = f'<Relationship Id="s" Type="{_RELS}/styles" Target="styles.xml"/>'
    packed = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(file, "w") as held:
        held.writestr("[Content_Types].xml", _TYPES)
        held.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packed}"><Relationship Id="a" Type="{_RELS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        held.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{book}</sheets></workbook>',
        )
        held.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packed}">{links}{styles}</Relationships>',
        )
        held.writestr("xl/styles.xml", _STYLES)
        for n, rows in zip(names, sheets, strict=True):
            body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            held.writestr(
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>',
            )
    return file


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return f'<c s="1"><v>{value[0]}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def test_a_workbook_is_read_as_a_csv_would_be(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某某店订单"],
        ["订单编号", "买家昵称", "付款时间", "实付金额"],
        ["0017", "小李", (46203.5,), 12.5],
        ["0018", "小王", "2026/7/1", 8],
    ]
    export = io.read_export(workbook(tmp_path / "订单.xlsx", [], rows, [["x"]]))
    assert export.table.to_dict("records") == [
        {
            "订单编号": "0017",
            "买家昵称": "小李",
            "付款时间": "2026-06-30 12:00:00",
            "实付金额": 12.5,
        },
        {"订单编号": "0018", "买家昵称": "小王", "付款时间": "2026-07-01", "实付金额": 8},
    ]
    assert export.encoding == "workbook"
    assert export.said["sheets"] == 1
    assert export.said["title"] == 1


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_text("no")
    with pytest.raises(DataError, match="is no workbook"):
        io.read_export(file)
    with pytest.raises(DataError, match="is empty"):
        io.read_export(workbook(tmp_path / "b.xlsx", []))


def test_a_cover_sheet_is_none_and_merged_cells_are_groups(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2026年6月订单明细"],
        [],
        ["订单信息", "", "客户信息", "", "实收"],
        ["订单号", "下单日期", "名称", "联系电话", ""],
        ["1", "2026/6/1", "甲公司", "021-5555", 12.5],
        ["合计", "", "", "", 12.5],
    ]
    cover: list[list[object]] = [["本表由系统导出"], ["请勿修改"]]
    export = io.read_export(workbook(tmp_path / "订单.xlsx", cover, rows))
    assert (export.header, export.said["sheets"]) == ((3, 4), 1)
    assert export.recognised.columns == {
        "customer": "客户 名称",
        "at": "下单日期",
        "amount": "实收",
        "order": "订单号",
    }
    assert export.aside["why"].tolist() == ["title", "total"]
