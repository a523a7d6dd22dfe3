"""The admin site: who comes in, and the organisation's scope round every page while a visit is open."""

from functools import wraps

import pghistory
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from audit.services import record_reading
from common.tenancy import organisation_scope

from .forms import VisitForm
from .visit import close_visit, current_visit, open_visit


class OperatorSite(admin.AdminSite):
    """For users with is_staff. Signing in is allauth's: with its throttle, and its second step."""

    site_header = gettext_lazy("Alongside for operators")
    site_title = gettext_lazy("Operators")
    index_title = gettext_lazy("Tables")
    index_template = "admin/operators_index.html"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only what was made for operators: the pages other packages bring show secrets of sign-ins, so they are left out."""
        if getattr(admin_class, "for_operators", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def get_urls(self):
        return [
            path("organisation/", self.admin_view(self.choose_organisation), name="choose_organisation"),
            path("organisation/leave/", self.admin_view(require_POST(self.leave_organisation)), name="leave_organisation"),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        """Strangers sign in where everybody does; somebody signed in who is no operator is refused."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), login_url=reverse("account_login"))

    def admin_view(self, view, cacheable=False):
        """Every page of the site passes here: the second step first, then the scope of the visit, if one is open."""
        guarded = super().admin_view(self._inside_visit(view), cacheable)

        @wraps(guarded)
        def wrapped(request, *args, **kwargs):
            if self.has_permission(request) and settings.ALONGSIDE_MFA_REQUIRED and not is_mfa_enabled(request.user):
                messages.info(request, _("Operators need a second step when signing in. Please set one up first."))
                return redirect("mfa_index")
            return guarded(request, *args, **kwargs)

        return wrapped

    def _inside_visit(self, view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            request.visit = visit = current_visit(request)
            if visit is None:
                return view(request, *args, **kwargs)
            with organisation_scope(visit.organisation.pk), pghistory.context(user=request.user.pk, operator=visit.reason):
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response.render()
                return response

        return wrapped

    def each_context(self, request):
        return {**super().each_context(request), "visit": getattr(request, "visit", None)}

    def app_index(self, request, app_label, extra_context=None):
        if request.visit is None and not self._build_app_dict(request, app_label):
            return to_choice(request)
        return super().app_index(request, app_label, extra_context)

    def autocomplete_view(self, request):
        """Looking for a row to point at shows rows too."""
        if request.visit:
            record_reading("rows looked up in Django admin", by=request.user, reason=request.visit.reason)
        return super().autocomplete_view(request)

    def choose_organisation(self, request):
        form = VisitForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            open_visit(request, **form.cleaned_data)
            return redirect(_safe_next(request))
        context = {**self.each_context(request), "title": _("Open an organisation"), "form": form, "next": _safe_next(request)}
        return TemplateResponse(request, "admin/choose_organisation.html", context)

    def leave_organisation(self, request):
        close_visit(request)
        return redirect("admin:index")


def to_choice(request):
    """To the page where an organisation is chosen, and back here afterwards."""
    messages.info(request, _("Choose an organisation and say why, then its tables open for half an hour."))
    return redirect(f"{reverse('admin:choose_organisation')}?{urlencode({'next': request.get_full_path()})}")


def _safe_next(request):
    found = request.POST.get("next") or request.GET.get("next") or ""
    inside = found.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(found, allowed_hosts=None)
    return found if inside else reverse("admin:index")
