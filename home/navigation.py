"""The frame around every page: where one is, where one may go. A context processor, and the lists it shows."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from checkins.services.handlers import looks_after
from common.tenancy import current_organisation_id
from organisations.enums import Purpose
from organisations.models import SignedLink
from organisations.roles import Can

from .programmes import last_opened, programmes_in_order, remember_opened

PEOPLE_PAGES = (
    "organisations:person",
    "organisations:person_add",
    "organisations:person_edit",
    "organisations:person_leave",
    "organisations:invite_waiting",
)
QUESTIONNAIRE_PAGES = (
    "matching:questionnaire_build",
    "matching:questionnaire_people",
    "matching:questionnaire_person",
    "matching:questionnaire_ask",
    "matching:questionnaire_publish",
    "matching:question_add",
    "matching:question",
    "matching:question_remove",
)
CHOOSING_PAGES = ("matching:choosing", "matching:choosing_start", "matching:choosing_times", "matching:choosing_close")
TRAINING_PAGES = (
    "training:needs",
    "training:mentor",
    "training:override",
    "training:need_met",
    "training:hours_add",
    "training:programme_rules",
    "training:standards",
    "training:template",
    "training:code_versions",
    "training:code_edit",
    "training:events",
    "training:event_add",
    "training:event",
    "training:event_change",
    "training:event_guests",
    "training:supervision",
    "training:supervision_add",
)
MY_TRAINING_PAGES = ("training:point", "training:code", "training:my_events", "training:my_supervision", "training:my_self_rating")
LIBRARY_PAGES = ("training:own_resource", "training:resource_add", "training:resource_change", "training:resource")
ACTIVITY_PAGES = ("goals:activity", "goals:activity_done", "goals:own_activity_add", "goals:own_activity_change")
WORRY_PAGES = ("checkins:concern_raise", "checkins:shared_concern")
RULE_PAGES = ("programmes:holidays", "programmes:contact_rules", "checkins:rules", "checkins:reminders_preview")
BELOW_RULE_PAGES = ("checkins:rule", "checkins:rule_add", "checkins:rules_reset", "checkins:rules_hours", "checkins:reminder_letter")
PEOPLE_IN_PAGES = (
    "programmes:participant",
    "programmes:participant_add",
    "programmes:participant_edit",
    "programmes:participant_withdraw",
    "programmes:participants_invite",
    "programmes:young_person",
    "programmes:placement",
    "programmes:placement_add",
    "programmes:import",
    "programmes:import_preview",
    "goals:objectives",
    "goals:objective",
)
MATCHING_PAGES = (
    "matching:rules",
    "matching:publish",
    "matching:out",
    "matching:runs",
    "matching:compare",
    "matching:unmatched",
    "matching:student",
    "matching:pair",
    "matching:exclusions",
    "matching:journeys",
)
MENTORSHIP_PAGES = ("home:mentorship", "home:hand_over", "goals:endings", "goals:ending", "documents:programme", "matching:end", "matching:members")
SURVEY_PAGES = ("evaluation:survey", "evaluation:survey_dates")
EMPLOYER_PAGES = ("programmes:employer", "programmes:employer_add", "programmes:employer_edit", "programmes:site_add", "programmes:line_manager_add")
SETTINGS_PAGES = ("organisations:history", "organisations:readings")


@dataclass(frozen=True)
class Item:
    """One line of the navigation. ``count``: things waiting, shown as a number, or None."""

    label: str
    url: str
    icon: str
    on: bool = False
    count: int | None = None


def navigation(request):
    """Context for templates/base.html; empty where no organisation is open (error pages, sign-in)."""
    membership = getattr(request, "membership", None)
    if current_organisation_id() is not None and getattr(request, "link", None):
        return {"worry_url": worry_url_by_link(request)}
    if membership is None or current_organisation_id() is None:
        return {}
    programme = current_programme(request, membership)
    here = getattr(request.resolver_match, "view_name", "") if request.resolver_match else ""
    build = _Builder(request.organisation.slug, here)
    return {
        "current_organisation": request.organisation,
        "current_programme": programme,
        "my_organisations": my_organisations(request.my_memberships),
        "membership": membership,
        "nav": sections(build, membership, programme),
        "tabs": tabs(build, membership),
        "rule_pages": rule_pages(build, membership, programme),
        "worry_url": worry_url(request),
        "my_letters_url": reverse("checkins:my_letters", args=[request.organisation.slug]),
        "my_calendar_url": reverse("home:my_calendar", args=[request.organisation.slug]),
        "who": salted_hmac("home.kept", str(request.user.pk)).hexdigest()[:12],  # whose check-ins wait on a shared device
        "export_url": export_url(request),
    }


def rule_pages(build, membership, programme):
    """The pages on which a programme settles how often people meet and who is reminded, for {% subnav %}: they lead to each other."""
    if programme is None or not membership.can(Can.RUN_PROGRAMMES):
        return []
    names = [
        (_("How often people meet"), "checkins:contact_rules"),
        (_("Holidays"), "programmes:holidays"),
        (_("People under 18"), "programmes:contact_rules"),
        (_("Reminders"), "checkins:rules"),
        (_("Who gets what"), "checkins:reminders_preview"),
    ]
    items = [build(label, name, "", programme.pk) for label, name in names]
    return [{"label": item.label, "url": item.url, "on": item.on} for item in items]


def worry_url(request):
    """Where somebody on a page of a mentorship says that they are worried; "" elsewhere. Pages below check-ins cannot name it."""
    mentorship = getattr(request, "mentorship", None)
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    pk = mentorship.pk if mentorship else kwargs.get("mentorship_id")
    return reverse("checkins:concern_raise", args=[request.organisation.slug, pk]) if pk else ""


def worry_url_by_link(request):
    """The same on pages by signed link; an invitation to join leads to nobody yet."""
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    signed = token and isinstance(request.link, SignedLink)  # the standing link of a letter's preferences is no such page's
    asked = signed and request.link.is_live and request.link.purpose != Purpose.JOIN
    return reverse("checkins:worried_by_link", args=[token]) if asked else ""


def export_url(request):
    """Where the record of the concern on this page is taken out; "" elsewhere."""
    concern = getattr(request, "concern", None)
    return reverse("documents:concern_export", args=[request.organisation.slug, concern.pk]) if concern else ""


def current_programme(request, membership):
    """The programme in the address, else the one opened last, a running one, the next to start, the newest."""
    programme = getattr(request, "programme", None)
    if programme is None:
        return programmes_in_order(membership, last_opened=last_opened(request)).first()
    remember_opened(request, programme)
    return programme


def my_organisations(memberships):
    """[{"name", "url"}] of every organisation this person belongs to."""
    return [{"name": one.organisation.name, "url": f"/o/{one.organisation.slug}/"} for one in memberships]


class _Builder:
    def __init__(self, slug, here):
        self.slug, self.here = slug, here

    def __call__(self, label, name, icon, *args, also=(), count=None):
        on = self.here == name or self.here in also
        return Item(label, reverse(name, args=[self.slug, *args]), icon, on=on, count=count)


def sections(build, membership, programme):
    """The rail: what this person may open, in the order of their work."""
    if membership.can(Can.RUN_PROGRAMMES):
        return _coordinator(build, membership, programme)
    if membership.can(Can.MANAGE_PEOPLE):
        return [{"label": "", "items": _owner(build, programme)}]
    items = [build(_("Today"), "home:today", "sun")]
    if membership.can(Can.SEE_TUTEES):
        items.append(build(_("My students"), "home:my_mentorships", "users", also=("home:mentorship",)))
    elif membership.can(Can.WORK_IN_MENTORSHIP):
        items.append(build(_("Mentorships"), "home:my_mentorships", "handshake", also=("home:mentorship",)))
    if membership.can(Can.COMPLETE_TRAINING):
        items.append(build(_("Training"), "training:my_training", "graduation-cap", also=MY_TRAINING_PAGES))
    if membership.can(Can.OWN_HELP_CARD):
        items.append(build(_("What helps me"), "matching:help_card", "heart-handshake", also=("matching:help_entry",)))
    items.append(build(_("Activities"), "goals:activities", "lightbulb", also=ACTIVITY_PAGES))
    items.append(build(_("Library"), "training:resources", "book-open", also=LIBRARY_PAGES))
    items.append(build(_("Who can do what"), "organisations:roles", "id-card"))
    items.append(build(_("I’m worried"), "checkins:my_concerns", "shield-alert", also=WORRY_PAGES))
    return [{"label": "", "items": items}, *_lead(build, membership)]


def _coordinator(build, membership, programme):
    items = [build(_("Today"), "home:today", "sun")]
    if programme:
        pk = programme.pk
        items += [
            build(_("People"), "programmes:participants", "users", pk, also=PEOPLE_IN_PAGES),
            build(_("Training"), "training:programme", "graduation-cap", pk, also=TRAINING_PAGES),
            build(_("Questionnaire"), "matching:questionnaire", "clipboard-list", pk, also=QUESTIONNAIRE_PAGES),
            build(_("Matching"), "matching:programme", "git-merge", pk, also=MATCHING_PAGES + CHOOSING_PAGES),
            build(_("Mentorships"), "home:mentorships", "handshake", pk, also=MENTORSHIP_PAGES),
            build(_("Rhythm and reminders"), "checkins:contact_rules", "bell", pk, also=RULE_PAGES + BELOW_RULE_PAGES),
            build(_("Surveys"), "evaluation:programme", "clipboard-check", pk, also=SURVEY_PAGES),
            build(_("Report"), "evaluation:report", "chart-column", pk),
        ]
    organisation = [
        build(_("Programmes"), "programmes:list", "layers", also=("programmes:create", "programmes:detail", "programmes:edit", "programmes:close")),
        build(_("Employers"), "programmes:employers", "building-2", also=EMPLOYER_PAGES),
        build(_("Activities"), "goals:activities", "lightbulb", also=ACTIVITY_PAGES),
        build(_("Library"), "training:resources", "book-open", also=LIBRARY_PAGES),
        build(_("Everybody"), "organisations:people", "contact", also=PEOPLE_PAGES),
        build(_("Letters"), "organisations:letters", "mail", also=("organisations:letter", "organisations:calls", "organisations:called")),
        build(_("Who can do what"), "organisations:roles", "id-card"),
        build(_("I’m worried"), "checkins:my_concerns", "shield-alert", also=WORRY_PAGES),
    ]
    if membership.can(Can.MANAGE_SETTINGS):
        organisation.append(build(_("Settings"), "organisations:settings", "settings", also=SETTINGS_PAGES))
    return [{"label": "", "items": items}, {"label": _("Organisation"), "items": organisation}, *_lead(build, membership)]


def _owner(build, programme):
    items = [build(_("Today"), "home:today", "sun"), build(_("Everybody"), "organisations:people", "contact", also=PEOPLE_PAGES)]
    if programme:
        items.append(build(_("Report"), "evaluation:report", "chart-column", programme.pk))
    return [
        *items,
        build(_("Who can do what"), "organisations:roles", "id-card"),
        build(_("Settings"), "organisations:settings", "settings", also=SETTINGS_PAGES),
        build(_("Safeguarding"), "checkins:safeguarding", "shield", also=("checkins:emergency",)),
        build(_("I’m worried"), "checkins:my_concerns", "shield-alert", also=WORRY_PAGES),
    ]


def _lead(build, membership):
    if not looks_after(membership):
        return []
    return [{"label": _("Safeguarding"), "items": [build(_("Concerns"), "checkins:concerns", "shield-alert", also=("checkins:concern", "checkins:away"))]}]


def tabs(build, membership):
    """The phone's bottom bar, at most four."""
    items = [build(_("Today"), "home:today", "sun")]
    if membership.can(Can.RUN_PROGRAMMES):
        items.append(build(_("Programmes"), "programmes:list", "layers"))
        items.append(build(_("Everybody"), "organisations:people", "contact", also=PEOPLE_PAGES))
    elif membership.can(Can.MANAGE_PEOPLE):
        items.append(build(_("Everybody"), "organisations:people", "contact", also=PEOPLE_PAGES))
        items.append(build(_("Settings"), "organisations:settings", "settings", also=SETTINGS_PAGES))
    elif membership.can(Can.SEE_TUTEES) or membership.can(Can.WORK_IN_MENTORSHIP):
        items.append(build(_("Mentorships"), "home:my_mentorships", "users", also=("home:mentorship",)))
    if membership.can(Can.COMPLETE_TRAINING):
        items.append(build(_("Training"), "training:my_training", "graduation-cap", also=MY_TRAINING_PAGES))
    elif membership.has_role("student"):
        items.append(build(_("Library"), "training:resources", "book-open", also=LIBRARY_PAGES))
    return [*items, build(_("Me"), "organisations:me", "circle-user")][:4]
