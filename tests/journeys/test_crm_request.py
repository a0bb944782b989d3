"""Journey 1: a Django CRM asks for the state and tier of a customer in a request."""

import json
import subprocess
import sys
from datetime import date, datetime
from timeit import repeat
from zoneinfo import ZoneInfo

import pytest

import custseg as cs
from djangocrm import crm

DAY = date(2026, 6, 30)
SHANGHAI = ZoneInfo("Asia/Shanghai")
CODES = ("lifecycle", "tier", "service")


@pytest.fixture(scope="module")
def company():
    """Sixty customers, some of whom have bought; the policy is learnt, the night has run."""
    models, services = crm()
    from django.core.management import call_command

    people = [models.Customer(customer_id=f"C{i:03}", name=f"客户{i}") for i in range(60)]
    models.Customer.objects.bulk_create(people)
    orders = [
        models.Order(
            customer=people[i],
            paid_at=datetime(2026, 1 + (i * k) % 6, 1 + i % 28, 23, 30, tzinfo=SHANGHAI),
            amount=100 * (i + 1),
        )
        for i in range(50)
        for k in range(1, 2 + i % 3)
    ]
    models.Order.objects.bulk_create(orders)
    call_command("decide", as_of=DAY, learn=True, verbosity=0, stdout=sys.stderr)
    yield models, services
    models.Customer.objects.all().delete()
    models.StoredPolicy.objects.all().delete()


def test_every_customer_is_decided_by_the_nightly_run(company):
    models, services = company
    assert services.decide_all(as_of=DAY, actor="nightly") == 60
    decided = models.Customer.objects.filter(decided_as_of=DAY, decided_by="nightly")
    assert decided.count() == 60
    assert set(decided.values_list("policy_hash", flat=True)) == {services.policy().hash}
    assert decided.filter(lifecycle="potential").count() == 10
    assert set(decided.values_list("tier", flat=True)) >= {"low", "medium", "high"}


def test_a_policy_that_reads_more_than_the_crm_keeps_is_refused(company, monkeypatch):
    from django.core.exceptions import ImproperlyConfigured

    _, services = company
    monkeypatch.setattr(services, "PROFILE", ("frequency", "recency_days"))
    with pytest.raises(ImproperlyConfigured, match=r"reads \['revenue'\]: add them"):
        services.learn(DAY)


def test_a_request_answers_as_the_night_did(company):
    models, services = company
    for person in models.Customer.objects.all()[::7]:
        night = {name: getattr(person, name) for name in CODES}
        services.decide(person, as_of=DAY, actor="crm:anna")
        assert {name: getattr(person, name) for name in CODES} == night
        assert person.decided_by == "crm:anna"


def test_a_generator_of_rows_gives_a_generator_with_the_same_answers(company):
    models, services = company
    fields = ("customer_id", *services.PROFILE)
    found = services.decisions(models.Customer.objects.values(*fields).iterator())
    assert iter(found) is found
    stored = {c.customer_id: (c.lifecycle, c.tier) for c in models.Customer.objects.all()}
    assert {row["customer_id"]: (row["lifecycle"], row["tier"]) for row in found} == stored


def test_an_order_of_this_morning_counts_once_and_on_its_own_day(company):
    """23:30 in Shanghai is 15:30 in Greenwich; the day is Shanghai's."""
    models, services = company
    person = models.Customer.objects.get(customer_id="C055")
    assert services.fresh(person, DAY) == services.NO_ORDERS
    at = datetime(2026, 6, 30, 0, 30, tzinfo=SHANGHAI)
    order = models.Order.objects.create(customer=person, paid_at=at, amount="99.50")
    one = {"frequency": 1, "recency_days": 0.0, "tenure_days": 0.0, "revenue": 99.5}
    assert services.fresh(person, DAY) == one
    assert services.fresh(person, date(2026, 6, 29))["frequency"] == 0
    order.delete()


@pytest.fixture
def anna(company):
    """A browser in which a salesperson has signed in."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(
        User.objects.get_or_create(username="anna", is_superuser=True, is_staff=True)[0]
    )
    return client


def test_the_view_speaks_the_language_of_the_browser(anna):
    said = anna.get("/customers/C001/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).json()
    assert said["words"]["lifecycle"] == cs.label(said["lifecycle"], "zh")
    assert said["lifecycle"] == "dormant"
    assert anna.get("/customers/C001/").json()["words"]["lifecycle"] == "dormant"
    assert anna.get("/customers/nobody/").status_code == 404


def test_only_a_post_by_somebody_who_signed_in_is_stored(company, anna):
    from django.test import Client
    from django.utils import timezone

    models, services = company
    services.decide_all(as_of=DAY, actor="nightly")
    assert Client().get("/customers/C002/").status_code == 302
    anna.get("/customers/C002/")
    assert models.Customer.objects.get(customer_id="C002").decided_by == "nightly"
    assert anna.post("/customers/C002/").json()["policy"] == services.policy().hash
    kept = models.Customer.objects.get(customer_id="C002")
    assert kept.decided_by == "crm:anna"
    assert kept.decided_as_of == timezone.localdate()


def test_the_explanation_carries_policy_day_and_actor(company, anna):
    _, services = company
    said = anna.get("/customers/C040/why/", headers={"Accept-Language": "zh-CN"}).json()
    assert said["reasons"]["tier"].startswith("价值等级")
    assert said["stamp"]["policy_hash"] == services.policy().hash
    assert said["stamp"]["actor"] == "crm:anna"
    assert said["stamp"]["as_of"] is not None


def test_the_admin_shows_words_and_filters_by_codes(company, anna):
    _, services = company
    services.decide_all(as_of=DAY, actor="nightly")
    path = "/admin/crm/customer/?lifecycle__exact=potential"
    page = anna.get(path, headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "潜在客户" in page
    assert page.count('class="field-customer_id"') == 10


def test_a_stored_policy_gives_the_same_answer_for_ever(company):
    _, services = company
    held = services.policy()
    again = cs.load(cs.dump(held))
    row = {"customer_id": "x", "frequency": 3, "recency_days": 31.0, "revenue": 2100.0}
    assert (again.hash, again.one(row)) == (held.hash, held.one(row))


def test_one_customer_costs_some_microseconds(company):
    """Fifty on a quiet machine; the bound leaves room for a busy one."""
    models, services = company
    held, person = services.policy(), models.Customer.objects.first()
    taken = min(repeat(lambda: held.one(person), number=500, repeat=5)) / 500
    assert taken < 250e-6


def test_the_tables_and_their_migrations_agree(company):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_deciding_loads_no_table_library(company):
    _, services = company
    document = json.dumps(cs.dump(services.policy()))
    code = (
        "import sys, custseg as cs\n"
        "row = {'frequency': 3, 'recency_days': 31.0, 'revenue': 2100.0}\n"
        "print(cs.load(sys.argv[1]).one(row)['lifecycle'])\n"
        "print({'pandas', 'polars', 'pyarrow', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, document], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["active", "set()"]
