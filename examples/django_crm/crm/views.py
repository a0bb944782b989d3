"""The pages that ask for one customer."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

import custseg as cs
from crm import services
from crm.models import Customer
from crm.words import locale


def _actor(request: HttpRequest) -> str:
    return f"crm:{request.user.get_username() or 'anonymous'}"


@require_GET
def customer(request: HttpRequest, number: str) -> JsonResponse:
    """Decide about a customer now; the clock is the web server's, never custseg's."""
    found = get_object_or_404(Customer, customer_id=number)
    services.decide(found, as_of=timezone.localdate(), actor=_actor(request))
    codes = {name: getattr(found, name) for name in ("lifecycle", "tier", "service")}
    return JsonResponse(
        {
            **codes,
            "words": {name: cs.label(code, locale()) for name, code in codes.items()},
            "as_of": found.decided_as_of.isoformat(),
            "policy": found.policy_hash,
        }
    )


@require_GET
def why(request: HttpRequest, number: str) -> JsonResponse:
    """Why a customer is what it is, in the reader's language."""
    found = get_object_or_404(Customer, customer_id=number)
    return JsonResponse(services.why(found, actor=_actor(request), locale=locale()))
