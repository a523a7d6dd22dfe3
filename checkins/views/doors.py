"""The two doors to one page: signed in, or by the signed link in a letter."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Door:
    """Addresses a check-in's page needs. ``by_link``: nobody is signed in."""

    here: str
    draft: str
    add: str
    after: str
    back: str = ""
    by_link: bool = False
    change: str = ""  # where a click leads to asking for somebody else, by link

    @classmethod
    def signed_in(cls, request, check_in):
        slug, pk, mentorship = request.organisation.slug, check_in.pk, check_in.mentorship_id
        return cls(
            here=reverse("checkins:log", args=[slug, pk]),
            draft=reverse("checkins:log_draft", args=[slug, pk]),
            add=reverse("checkins:add", args=[slug, pk]),
            after=reverse("checkins:detail", args=[slug, pk]),
            back=reverse("checkins:plan", args=[slug, mentorship]),
        )

    @classmethod
    def by_token(cls, token):
        here = reverse("checkins:log_by_link", args=[token])
        draft = reverse("checkins:log_draft_by_link", args=[token])
        add = reverse("checkins:add_by_link", args=[token])
        change = reverse("checkins:change_by_link", args=[token])
        return cls(here=here, draft=draft, add=add, after=here, by_link=True, change=change)
