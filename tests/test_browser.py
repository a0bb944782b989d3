import pytest

PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>a page</title><style>body{margin:0;background:#fff}
@media(prefers-color-scheme:dark){body{background:#000}}</style>%s"""


@pytest.fixture
def looked(chromium, tmp_path):
    pages = []

    def look(body, **how):
        file = tmp_path / "page.html"
        file.write_text(PAGE % body, encoding="utf-8")
        pages.append(chromium.open(file, **how))
        return pages[-1]

    yield look
    for page in pages:
        page.close()


def test_a_page_without_fault_has_none(looked):
    page = looked("<p>\u6c89\u9ed8\u5ba2\u6237</p>", wide=390)
    assert page.ask("document.title") == "a page"
    assert (page.errors, page.requests, page.dialogs, page.overflow) == ([], [], [], 0)
    assert page.picture().startswith(b"\x89PNG")
    assert page.printed().startswith(b"%PDF")


def test_every_fault_is_seen(looked):
    page = looked(
        "<img src='http://example.invalid/x.png'><div style='width:900px'>wide</div>"
        "<script>alert('seen');console.error('bad');null.thrown</script>",
        wide=390,
    )
    assert page.requests == ["http://example.invalid/x.png"]
    assert page.dialogs == ["seen"]
    assert any("bad" in said for said in page.errors)
    assert len(page.errors) >= 2
    assert page.overflow == 510
    with pytest.raises(AssertionError, match="nowhere"):
        page.ask("nowhere")


@pytest.mark.parametrize("dark", [False, True])
def test_dark_is_what_the_reader_prefers(looked, dark):
    page = looked("<p>x</p>", dark=dark)
    assert page.ask("getComputedStyle(document.body).backgroundColor") == (
        "rgb(0, 0, 0)" if dark else "rgb(255, 255, 255)"
    )


def test_it_types_and_clicks(looked):
    page = looked(
        "<input id='name'><button onclick=\"document.title=document.querySelector('#name').value\">"
    )
    page.type("#name", "\u738b\u82b3")
    page.click("button")
    assert page.ask("document.title") == "\u738b\u82b3"
