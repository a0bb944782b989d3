import pytest

from custseg.values import origins


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("+86 21 6234 5679", "shanghai"),
        ("+86 755 8234 5679", "guangdong"),
        ("+86-898-6234-5671", "hainan"),
        ("+86 891 6234 5671", "tibet"),
        ("+86 555 234 5671", "anhui"),  # Ma'anshan, not Anshan
        ("13800138000", "china"),
        ("+8613800138000", "china"),
        ("+44 20 7946 0018", "gb"),
        ("+1 415 555 0132", "us"),
        ("+1 416 555 0132", "ca"),
        ("+1 876 555 0132", "jm"),
        ("+852 2345 6781", "hk"),
        ("0086 400 800 1234", "china"),
        ("4155550132", None),
        ("12", None),
        ("无", None),
        (None, None),
    ],
)
def test_where_a_number_belongs(text, place):
    assert origins.read(text).key == place


def test_a_bare_number_belongs_where_the_company_is():
    assert origins.read("021-6234 5679").key is None
    assert origins.read("021-6234 5679", region="CN").key == "shanghai"
    assert origins.read("13923456709", region="CN").key == "china"
