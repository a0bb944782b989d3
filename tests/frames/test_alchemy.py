"""Objects and rows of SQLAlchemy are records, as its session gives them."""

from collections.abc import Iterator
from typing import Any

import pytest

import custseg as cs
from custseg.frames import as_mapping, table

sqlalchemy = pytest.importorskip("sqlalchemy")
orm = pytest.importorskip("sqlalchemy.orm")


class Base(orm.DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"

    customer_id = orm.mapped_column("id", sqlalchemy.String, primary_key=True)
    revenue = orm.mapped_column(sqlalchemy.Numeric(12, 2))
    note = orm.mapped_column(sqlalchemy.Text, deferred=True)
    orders = orm.relationship("Order", back_populates="buyer")

    @property
    def shouted(self) -> str:
        return str(self.customer_id).upper()


class Order(orm.MappedAsDataclass, Base):
    __tablename__ = "orders"

    order_id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    customer_id: orm.Mapped[str] = orm.mapped_column(sqlalchemy.ForeignKey("customers.id"))
    amount: orm.Mapped[float]
    buyer: orm.Mapped[Customer] = orm.relationship(back_populates="orders", init=False)


@pytest.fixture
def session() -> Iterator[Any]:
    engine = sqlalchemy.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with orm.Session(engine) as held:
        held.add_all([Customer(customer_id="0017", revenue=5, note="x"), Order(1, "0017", 4.5)])
        held.commit()
        yield held
    engine.dispose()


def test_stored_columns_are_the_record_and_relations_are_not(session: Any) -> None:
    customer = session.scalars(sqlalchemy.select(Customer)).one()
    assert as_mapping(customer) == {"customer_id": "0017", "revenue": 5, "note": "x"}
    order = session.scalars(sqlalchemy.select(Order)).one()
    assert as_mapping(order) == {"order_id": 1, "customer_id": "0017", "amount": 4.5}


def test_rows_of_a_query_are_records(session: Any) -> None:
    asked = sqlalchemy.select(Customer.customer_id, Customer.revenue.label("revenue"))
    expected = [{"customer_id": "0017", "revenue": 5}]
    assert [as_mapping(row) for row in session.execute(asked)] == expected
    assert [dict(as_mapping(row)) for row in session.execute(asked).mappings()] == expected
    assert table(session.execute(asked).all()).columns == ("customer_id", "revenue")


def test_a_policy_decides_about_an_object_and_a_query(session: Any) -> None:
    tier = cs.tiering.TierPlan(cs.tiering.Thresholds((1.0, 3.0))).fit([])
    customer = session.scalars(sqlalchemy.select(Customer)).one()
    assert cs.Policy(tier=tier).one(customer)["tier"] == "high"
    decided = tier.apply(list(session.scalars(sqlalchemy.select(Customer))))
    assert [row["tier"] for row in decided] == ["high"]
