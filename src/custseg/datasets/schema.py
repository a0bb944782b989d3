"""The columns of every generated table and what kind of value each holds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

CellKind = Literal["text", "number", "whole", "flag", "time", "date"]

_CUSTOMERS: dict[str, CellKind] = {
    "customer_id": "text",
    "name": "text",
    "company": "text",
    "phone": "text",
    "email": "text",
    "city": "text",
    "province": "text",
    "country": "text",
    "territory": "text",
    "industry": "text",
    "language": "text",
    "source": "text",
    "referrer": "text",
    "created_at": "time",
    "birthday": "date",
    "gender": "text",
    "income_band": "text",
    "consent": "flag",
    "owner": "text",
    "do_not_contact": "flag",
    "vip": "flag",
}
_TRANSACTIONS: dict[str, CellKind] = {
    "order_id": "text",
    "customer_id": "text",
    "paid_at": "time",
    "amount": "number",
    "currency": "text",
    "cost": "number",
    "product": "text",
    "category": "text",
    "channel": "text",
}
_INTERACTIONS: dict[str, CellKind] = {
    "customer_id": "text",
    "at": "time",
    "channel": "text",
    "direction": "text",
}
_FEEDBACK: dict[str, CellKind] = {
    "customer_id": "text",
    "at": "time",
    "kind": "text",
    "scale": "text",
    "score": "whole",
    "text": "text",
}
_VISITS: dict[str, CellKind] = {
    "customer_id": "text",
    "at": "time",
    "pages": "whole",
    "clicks": "whole",
}
_OPPORTUNITIES: dict[str, CellKind] = {
    "customer_id": "text",
    "stage": "text",
    "amount": "number",
    "opened_at": "time",
    "expected_close": "date",
}
_REPS: dict[str, CellKind] = {
    "rep_id": "text",
    "name": "text",
    "territory": "text",
    "industries": "text",
    "seniority": "whole",
    "capacity": "whole",
    "languages": "text",
    "on_leave_from": "date",
    "on_leave_until": "date",
}
_TRUTH: dict[str, CellKind] = {
    "customer_id": "text",
    "entity_id": "text",
    "lifecycle": "text",
    "tier": "text",
    "best_rep": "text",
    "alive": "flag",
    "habit": "text",
    "gap_days": "number",
    "yearly_value": "number",
    "purchases": "whole",
    "last_purchase": "date",
    "name": "text",
    "company": "text",
    "phone": "text",
    "email": "text",
    "territory": "text",
    "original": "flag",
    "errors": "text",
}
_CONTACTS: dict[str, CellKind] = {
    "record_id": "text",
    "channel": "text",
    "updated_at": "time",
    "name": "text",
    "phone": "text",
    "email": "text",
    "company": "text",
    "city": "text",
    "address": "text",
    "birthday": "text",
}
_CONTACTS_TRUTH: dict[str, CellKind] = {
    "record_id": "text",
    "entity_id": "text",
    "language": "text",
    "errors": "text",
}

SCHEMA: Mapping[str, Mapping[str, CellKind]] = MappingProxyType(
    {
        "customers": _CUSTOMERS,
        "transactions": _TRANSACTIONS,
        "interactions": _INTERACTIONS,
        "feedback": _FEEDBACK,
        "visits": _VISITS,
        "opportunities": _OPPORTUNITIES,
        "reps": _REPS,
        "truth": _TRUTH,
    }
)

CONTACTS: Mapping[str, Mapping[str, CellKind]] = MappingProxyType(
    {"contacts": _CONTACTS, "contacts_truth": _CONTACTS_TRUTH}
)
"""The tables of contact records with duplicates."""
