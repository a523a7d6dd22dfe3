"""How views say who may use them, and how they fetch rows.

``@requires(Can.X)`` on every view under /o/<slug>/. ``@link_page(Purpose.X)`` on every view under /r/<token>/.
``fetch_visible`` is the only way from an id in an address to a row: unknown or another organisation's is 404, one's own
organisation's without the right is 403.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from common.tenancy import organisation_scope

from .models import Organisation
from .services import links, standing_links

LINK_TRIES = 60  # openings of one address an hour
FOREVER = datetime.max.replace(tzinfo=UTC)
DRAFT_TRIES = 1000  # a form that saves itself while somebody types must not use up its own door


def requires(capability):
    """The capability a member needs; the middleware checks it before the view runs."""

    def decorate(view):
        view.capability = capability
        return view

    return decorate


def fetch_visible(model, membership, queryset=None, **lookup):
    """The one row the membership may see. Http404 when there is none, PermissionDenied when there is but not for them."""
    rows = model.objects.all() if queryset is None else queryset
    row = rows.visible_to(membership).filter(**lookup).first()
    if row is not None:
        return row
    if model.objects.filter(**lookup).exists():
        raise PermissionDenied
    raise Http404


def author_of(request) -> str:
    """Whose draft a request writes: the person's, whichever door they came by; the link's own where it names no person."""
    return f"membership:{request.membership.pk}" if request.membership else f"link:{request.link.pk}"


def redirect_in(request, name, *args):
    """Redirect to a page of the organisation that is open."""
    return redirect(name, request.organisation.slug, *args)


def link_page(*purposes, by_steps=False):
    """A page opened by a signed link for one of these purposes: checks the token, opens the scope, sets request.link, .organisation, .membership.

    by_steps: the page is worked by many small presses, each of which is kept, and so may be opened as often as a form that saves itself.

    GET never acts: mail scanners open links. A link that is expired, revoked, altered or unknown gets one calm page (410,
    or 404 when it never was one of ours). A used link still opens: the view shows what was done.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, token, *args, **kwargs):
            parts = links.read_token(token)
            if parts is None:
                raise Http404
            organisation_id, link_id, secret = parts
            if _too_many(link_id, saves_itself=by_steps or "X-Autosave" in request.headers):
                return _calm(render(request, "links/slow_down.html", status=429))
            with organisation_scope(organisation_id):
                link = links.find_link(link_id, secret, *purposes)
                if link is None:
                    raise Http404
                request.organisation, request.link, request.membership = link.organisation, link, link.membership
                if not link.is_live or (link.membership and link.membership.left_at):
                    return _calm(render(request, "links/gone.html", {"link": link, "now": timezone.now()}, status=410))
                with timezone.override(link.organisation.time_zone):
                    response = view(request, *args, **kwargs)
                    if hasattr(response, "render") and not response.is_rendered:
                        response.render()
                return _calm(response)

        wrapped.purpose = purposes[0]
        return wrapped

    return decorate


@dataclass(frozen=True)
class Standing:
    """A standing link that was opened: whose, and which letter it came with. Takes a signed link's place on request.link."""

    person_key: str
    about_id: int
    holder_name: str
    membership: object = None
    revoked_at: datetime | None = None
    expires_at: datetime = FOREVER


def standing_page(purpose, find_person):
    """A page opened by a standing link (services.standing_links): the same checks and the same calm as link_page.

    find_person(key) -> an object with key, email, name and membership (or None), inside the scope; None where nobody is there.
    """

    def decorate(view):
        @wraps(view)
        def wrapped(request, token, *args, **kwargs):
            parts = standing_links.read_token(token)
            if parts is None:
                raise Http404
            organisation_id, key, address, about_id = parts
            if _too_many(f"standing:{key}:{organisation_id}"):
                return _calm(render(request, "links/slow_down.html", status=429))
            with organisation_scope(organisation_id):
                request.organisation = Organisation.objects.filter(pk=organisation_id).first()
                if request.organisation is None:
                    raise Http404
                person = find_person(key)
                moved = person and standing_links.short_hash(person.email.lower()) != address
                request.membership = person.membership if person else None
                request.link = Standing(
                    key, about_id, person.name if person else "", request.membership, timezone.now() if moved else None
                )
                if person is None or moved:
                    return _calm(render(request, "links/gone.html", {"link": request.link, "now": timezone.now()}, status=410))
                with timezone.override(request.organisation.time_zone):
                    return _calm(view(request, *args, **kwargs))

        wrapped.purpose = purpose
        return wrapped

    return decorate


def _calm(response):
    # Not no-referrer: browsers would then send "Origin: null" with our own forms, and the CSRF check refuses that.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _too_many(link_id, *, saves_itself=False):
    key = f"link:{link_id}:draft" if saves_itself else f"link:{link_id}"
    cache.add(key, 0, 3600)
    try:
        return cache.incr(key) > (DRAFT_TRIES if saves_itself else LINK_TRIES)
    except ValueError:  # ran out between the two calls
        return False
