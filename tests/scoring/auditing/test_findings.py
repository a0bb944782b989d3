from custseg.reasons import Reason
from custseg.scoring.auditing.findings import Finding, ordered


def test_the_weightiest_come_first_and_the_rest_stay_as_they_were():
    some = [
        Finding("fine", "telling", Reason("a")),
        Finding("alarm", "order", Reason("b")),
        Finding("unknown", "drift", Reason("c")),
        Finding("alarm", "leaks", Reason("d"), "x"),
        Finding("alarm", "leaks", Reason("e"), "y"),
        Finding("watch", "fairness", Reason("f")),
    ]
    assert "".join(one.reason.code for one in ordered(some)) == "debfca"


def test_plain_data_names_what_it_is_about():
    found = Finding("watch", "drift", Reason("audit.flat", {"factor": "x"}), "x").as_dict()
    assert found["about"] == "x"
    assert found["code"] == "audit.flat"
    assert found["settings"] == {"factor": "x"}
