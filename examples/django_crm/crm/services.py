"""All that touches custseg: learn, decide about one, decide about all, explain."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

import custseg as cs
from crm.models import Customer, Order, StoredPolicy

CONVENTIONS = cs.Conventions(tz="Asia/Shanghai")
NAMES = cs.Names(at="paid_at")
PROFILE = ("frequency", "recency_days", "tenure_days", "revenue")
NO_ORDERS = {"frequency": 0, "recency_days": None, "tenure_days": None, "revenue": 0.0}


def learn(as_of: date) -> StoredPolicy:
    """Fit the job on the orders up to a day and put its policy in force."""
    job = cs.Pipeline(
        names={"transactions": NAMES},
        conventions=CONVENTIONS,
        cleaner=None,
        dedupe=None,
        scorecard=None,
    )
    policy = job.fit(customers=_customers(), transactions=_orders(), as_of=as_of)
    if lacking := sorted(_read_by(policy) - {*PROFILE}):
        msg = f"the policy reads {lacking}: add them to Customer and to PROFILE"
        raise ImproperlyConfigured(msg)
    stored, _ = StoredPolicy.objects.update_or_create(
        hash=policy.hash, defaults={"document": cs.dump(policy), "in_force": True}
    )
    StoredPolicy.objects.exclude(pk=stored.pk).update(in_force=False)
    return stored


def _read_by(policy: cs.Policy) -> set[str]:
    """The columns that a policy reads and does not make itself."""
    models = policy.models.values()
    made = {name for model in models for name in model.gives}
    return {name for model in models for name in model.needs} - made


@lru_cache(maxsize=8)
def _loaded(fingerprint: str) -> cs.Policy:
    return cs.load(StoredPolicy.objects.get(hash=fingerprint).document)


def policy() -> cs.Policy:
    """The policy in force, read once a process; it is frozen, so threads may share it."""
    fingerprint = StoredPolicy.objects.filter(in_force=True).values_list("hash", flat=True).get()
    return _loaded(fingerprint)


def decide(customer: Customer, *, as_of: date, actor: str) -> Customer:
    """Decide about one customer as of a day, this morning's orders counted; nothing is stored."""
    for name, value in fresh(customer, as_of).items():
        setattr(customer, name, value)
    held = policy()
    customer.take(held.one(customer), as_of=as_of, actor=actor, policy=held)
    return customer


def keep(customer: Customer) -> None:
    """Store what was decided, with the day, the actor and the policy's fingerprint."""
    customer.save(update_fields=[*PROFILE, *Customer.DECIDED])


def fresh(customer: Customer, as_of: date) -> dict[str, Any]:
    """The profile of one customer from its orders up to a day."""
    events = list(customer.orders.values("customer_id", "paid_at", "amount"))
    if not events:
        return dict(NO_ORDERS)
    row = cs.TransactionLog.one(events, NAMES, as_of=as_of, conventions=CONVENTIONS)
    return {name: row[name] for name in PROFILE}


def decisions(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Decide about rows as they come: a generator in, a generator out."""
    held = policy()
    return (held.one(row) for row in rows)


def decide_all(*, as_of: date, actor: str) -> int:
    """The nightly run: profile from all orders, decide, write back in batches."""
    held, people = policy(), Customer.objects.in_bulk(field_name="customer_id")
    run = held.run(customers=_customers(), transactions=_orders(), as_of=as_of, actor=actor)
    for row in run.customers:
        person = people[row["customer_id"]]
        person.take(row, as_of=as_of, actor=actor, policy=held)
        for name in PROFILE:
            setattr(person, name, row[name])
    with transaction.atomic():
        Customer.objects.bulk_update(people.values(), [*PROFILE, *Customer.DECIDED], 500)
    return len(people)


def why(customer: Customer, *, actor: str, locale: str) -> dict[str, Any]:
    """The reasons of each decision, in a language, with the stamp for the audit."""
    kept = {name: getattr(customer, name) for name in ("customer_id", *PROFILE)}
    said = policy().explain(kept | {"as_of": customer.decided_as_of}, actor=actor)
    return {
        "reasons": {name: part.text(locale) for name, part in said.parts.items()},
        "stamp": said.stamp.as_dict(),
    }


def _customers() -> Iterator[dict[str, Any]]:
    return Customer.objects.values("customer_id").order_by("pk").iterator()


def _orders() -> Iterator[dict[str, Any]]:
    fields = Order.objects.values("customer_id", "paid_at", "amount")
    return fields.order_by("pk").iterator(chunk_size=2000)
