"""The tables of the CRM."""

from datetime import date

from django.db import models

import custseg as cs
from crm.words import LIFECYCLE, TIERS, choices


class ClassifyMixin(models.Model):
    """What a policy decided about a record, when, who asked, and by which policy."""

    lifecycle = models.CharField(max_length=20, choices=choices(LIFECYCLE), blank=True)
    tier = models.CharField(max_length=20, choices=choices(TIERS), blank=True)
    service = models.CharField(max_length=40, blank=True)
    decided_as_of = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    policy_hash = models.CharField(max_length=64, blank=True)

    DECIDED = ("lifecycle", "tier", "service", "decided_as_of", "decided_by", "policy_hash")

    class Meta:
        """No table of its own."""

        abstract = True

    def take(self, decided: dict, *, as_of: date, actor: str, policy: cs.Policy) -> None:
        """Keep a decision with all that is needed to repeat it."""
        self.lifecycle = decided["lifecycle"] or ""
        self.tier = decided["tier"] or ""
        self.service = decided["service"] or ""
        self.decided_as_of, self.decided_by, self.policy_hash = as_of, actor, policy.hash


class Customer(ClassifyMixin):
    """A customer and the profile of last night; unknown is null, never 0."""

    customer_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    frequency = models.IntegerField(default=0)
    recency_days = models.FloatField(null=True, blank=True)
    tenure_days = models.FloatField(null=True, blank=True)
    revenue = models.FloatField(default=0.0)

    def __str__(self) -> str:
        """The name."""
        return self.name


class Order(models.Model):
    """One order."""

    customer = models.ForeignKey(
        Customer, to_field="customer_id", related_name="orders", on_delete=models.CASCADE
    )
    paid_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    def __str__(self) -> str:
        """Customer and day."""
        return f"{self.customer_id} {self.paid_at:%Y-%m-%d}"


class StoredPolicy(models.Model):
    """A policy as JSON; the last one that is in force decides."""

    document = models.JSONField()
    hash = models.CharField(max_length=64, unique=True)
    in_force = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Its fingerprint."""
        return self.hash
