"""/o/<slug>/…: finds the organisation, the membership, and runs the view inside the organisation's scope."""

import pghistory
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, ImproperlyConfigured, PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from common.tenancy import organisation_scope

from .roles import Can
from .services.belonging import memberships_of

MFA_FOR = {Can.RUN_PROGRAMMES, Can.MANAGE_PEOPLE, Can.READ_CONCERNS, Can.STAND_IN_FOR_LEAD}


class OrganisationMiddleware:
    """Stands last: what it wraps is the view alone, so an exception undoes the view's transaction."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "slug" not in kwargs or not request.path_info.startswith("/o/"):
            return None
        if not hasattr(view, "capability"):
            raise ImproperlyConfigured(f"{view} under /o/ must say what it requires (organisations.access)")
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a null character, which no text in the database can hold")
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        mine, slug = memberships_of(request.user), kwargs.pop("slug")
        membership = next((one for one in mine if one.organisation.slug == slug), None)
        if membership is None:
            raise Http404
        organisation = membership.organisation
        with (
            organisation_scope(organisation.pk),
            pghistory.context(user=request.user.pk),
            timezone.override(organisation.time_zone),
        ):
            request.organisation, request.membership, request.my_memberships = organisation, membership, mine
            if needs_second_factor(membership, request.user):
                return redirect("mfa_index")
            if not membership.can(view.capability):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
            return response


def needs_second_factor(membership, user) -> bool:
    """Whether this person must set up a second factor before going on (never in the demo)."""
    if not settings.ALONGSIDE_MFA_REQUIRED or not any(membership.can(capability) for capability in MFA_FOR):
        return False
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415  its models need the apps ready

    return not is_mfa_enabled(user)
