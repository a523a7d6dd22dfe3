"""Drafts of long forms, saved while they are typed."""

import re

from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..access import author_of, requires
from ..roles import Can
from ..services import drafts

FORM_KEY = re.compile(r"^[a-z][a-z0-9-]{0,40}(:[0-9]{1,18}){0,2}$")
NOT_TYPED = {"csrfmiddlewaretoken", "form_key", "next"}


@requires(Can.SEE_OWN_PAGES)
@require_POST
def save(request):
    """Keep what stands in the form. POST: form_key and the form's own fields; answers with a fragment, or goes back to ``next``."""
    form_key = request.POST.get("form_key", "")
    if not FORM_KEY.match(form_key):
        return HttpResponseBadRequest(_("This draft has no place."))
    data = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and "password" not in name
    }
    try:
        drafts.save_draft(author_key=author_of(request), form_key=form_key, data=data)
    except ValueError:
        return render(request, "organisations/_draft.html", {"state": "failed"}, status=413)
    back = request.POST.get("next", "")
    if not request.htmx and back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    if not request.htmx:
        return redirect(request.organisation)
    return render(request, "organisations/_draft.html", {"state": "saved"})
