"""The demo's inbox: every letter that left the house, for reading and for clicking its links. Never in production."""

from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from .services import inbox as letters

PER_PAGE = 50
# What a letter may do on our page: be looked at, and open its links in a new tab.
CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def demo_only(view):
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not settings.ALONGSIDE_DEMO:
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@demo_only
@require_GET
def inbox(request):
    """All letters, newest first; ?to= shows one person's."""
    to = request.GET.get("to", "").strip().lower()
    found = letters.names()
    if to:
        found = [name for name in found if to in letters.read(name).to.lower()]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mails = [mail for name in page.object_list if (mail := letters.read(name))]
    return render(request, "post/inbox.html", {"page": page, "mails": mails, "to": to})


@demo_only
@require_GET
def inbox_letter(request, name):
    """One letter: its text, and its HTML in a frame that can do nothing but be seen."""
    return render(request, "post/inbox_letter.html", {"mail": _mail_or_404(name)})


@demo_only
@xframe_options_sameorigin
@require_GET
def inbox_html(request, name):
    """The letter's HTML alone, as the mail program gets it; links open in a new tab."""
    html = _mail_or_404(name).html.replace("<head>", '<head><base target="_blank">', 1)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = CSP
    response["X-Content-Type-Options"] = "nosniff"
    return response


@demo_only
@require_GET
def inbox_file(request, name, number):
    """A file that came with a letter, counted from 1; always for download."""
    files = _mail_or_404(name).files
    if not 1 <= number <= len(files):
        raise Http404
    file = files[number - 1]
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _mail_or_404(name):
    mail = letters.read(name)
    if mail is None:
        raise Http404
    return mail
