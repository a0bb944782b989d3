"""The first tables."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """As ``makemigrations`` wrote it."""

    initial = True

    dependencies: ClassVar[list] = []

    operations: ClassVar[list] = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lifecycle",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("potential", "potential"),
                            ("active", "active"),
                            ("dormant", "dormant"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[("low", "low"), ("medium", "medium"), ("high", "high")],
                        max_length=20,
                    ),
                ),
                ("service", models.CharField(blank=True, max_length=40)),
                ("decided_as_of", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("policy_hash", models.CharField(blank=True, max_length=64)),
                ("customer_id", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("frequency", models.IntegerField(default=0)),
                ("recency_days", models.FloatField(blank=True, null=True)),
                ("tenure_days", models.FloatField(blank=True, null=True)),
                ("revenue", models.FloatField(default=0.0)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StoredPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.JSONField()),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("in_force", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paid_at", models.DateTimeField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orders",
                        to="crm.customer",
                        to_field="customer_id",
                    ),
                ),
            ],
        ),
    ]
