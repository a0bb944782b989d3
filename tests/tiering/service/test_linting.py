from custseg.rules import F
from custseg.tiering import ServiceBook, ServicePolicy, ServiceRule

CALL = ServicePolicy("call")


def test_the_usual_book_forgets_nobody_and_has_no_idle_rule():
    found = ServiceBook().lint()
    assert not found
    assert found.text("zh") == "每类客户都有服务策略，每条规则都会用到"


def test_gaps_and_idle_rules_are_named():
    book = ServiceBook(
        (
            ServiceRule(CALL, "call", lifecycle=("active", "dormant"), when=F("age") > 60),
            ServiceRule(CALL, "call", lifecycle=("active", "dormant")),
            ServiceRule(CALL, "call", lifecycle="active", tier="high"),
        )
    )
    found = book.lint(("high",))
    assert found.unreachable == (3,)
    assert len(found.uncovered) == 2 * 2 * 4
    assert {group[0] for group in found.uncovered} == {"potential", None}
    assert found.as_dict()["unreachable"] == [3]
    assert found.text().splitlines()[1].startswith("rule 3 is for nobody")
