"""The nightly run: ``python manage.py decide [--as-of 2026-06-30] [--learn]``."""

from datetime import date

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from crm import services


class Command(BaseCommand):
    """Decide about all customers."""

    help = "Decide about all customers as of a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day, and whether the cut points are learnt anew."""
        parser.add_argument("--as-of", type=date.fromisoformat, default=None)
        parser.add_argument("--learn", action="store_true")

    def handle(self, *, as_of: date | None, learn: bool, **_: object) -> None:
        """Run it."""
        day = as_of or timezone.localdate()
        if learn:
            services.learn(day)
        count = services.decide_all(as_of=day, actor="nightly")
        self.stdout.write(f"{count} customers decided as of {day}")
