import pytest

from custseg.errors import MissingColumnError
from custseg.features import Names
from custseg.features.names import CUSTOMARY, ROLES, names_of


def test_a_named_column_must_be_there():
    with pytest.raises(MissingColumnError, match="Did you mean 'paid_at'"):
        Names(at="payed_at").find("at", ["customer_id", "paid_at"])


def test_a_customary_column_is_used_where_it_is_there():
    names = Names()
    assert names.find("order", ["order_id"]) == "order_id"
    assert names.find("order", ["order"]) is None
    assert names.find("currency", ["currency"]) == "currency"


def test_an_empty_name_is_not_looked_for():
    assert Names(order="").find("order", ["order_id"]) is None


def test_a_needed_column_is_asked_for_by_its_usual_name():
    with pytest.raises(MissingColumnError, match="no column 'customer_id'"):
        Names().need("customer", ["client"])


def test_every_role_of_a_table_has_a_name():
    for roles in ROLES.values():
        for role in roles:
            assert hasattr(Names(), role)
    assert set(CUSTOMARY) <= {role for roles in ROLES.values() for role in roles}


def test_one_set_of_names_serves_tables_that_differ():
    tables = {"transactions": ("customer_id", "when"), "visits": ("customer_id", "at")}
    both = names_of(Names(at="when"), tables)
    assert both["transactions"].need("at", tables["transactions"]) == "when"
    assert both["visits"].need("at", tables["visits"]) == "at"


def test_a_name_that_is_in_no_table_is_refused():
    tables = {"transactions": ("customer_id", "paid_at"), "visits": ("customer_id", "at")}
    with pytest.raises(MissingColumnError, match="'when'"):
        names_of(Names(at="when"), tables)
    with pytest.raises(MissingColumnError, match="'colour'"):
        names_of(Names(product="colour"), tables)


def test_a_name_for_a_table_that_was_not_given_waits():
    tables = {"transactions": ("customer_id", "paid_at")}
    assert names_of(Names(pages="seiten"), tables)["transactions"].pages is None


def test_names_by_table_hold_for_that_table_only():
    tables = {"transactions": ("customer_id", "t"), "visits": ("customer_id", "at")}
    by_table = names_of({"transactions": Names(at="t")}, tables)
    assert by_table["transactions"].at == "t"
    assert by_table["visits"] == Names()
