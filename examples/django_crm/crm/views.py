"""The pages that ask for one customer."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

import custseg as cs
from crm import services
from crm.models import Customer
from crm.words import locale


def _actor(request: HttpRequest) -> str:
    return f"crm:{request.user.get_username()}"


@login_required
@require_http_methods(["GET", "POST"])
def customer(request: HttpRequest, number: str) -> JsonResponse:
    """What a customer is as of today; a POST keeps it. The clock is the server's, not custseg's."""
    found = get_object_or_404(Customer, customer_id=number)
    services.decide(found, as_of=timezone.localdate(), actor=_actor(request))
    if request.method == "POST":
        services.keep(found)
    codes = {name: getattr(found, name) for name in ("lifecycle", "tier", "service")}
    return JsonResponse(
        {
            **codes,
            "words": {name: cs.label(code, locale()) for name, code in codes.items()},
            "as_of": found.decided_as_of.isoformat(),
            "policy": found.policy_hash,
        }
    )


@login_required
@require_safe
def why(request: HttpRequest, number: str) -> JsonResponse:
    """Why a customer is what it is, in the reader's language."""
    found = get_object_or_404(Customer, customer_id=number)
    return JsonResponse(services.why(found, actor=_actor(request), locale=locale()))
