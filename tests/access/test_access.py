"""Every address × GET and POST × everybody × own, another's and another organisation's object, from the resolver itself."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests import factories as make
from tests.access.objects import Objects
from tests.access.table import INSIDERS, TABLE
from tests.cast import person

OUTSIDE = {  # addresses that belong to no organisation, and why they need no line
    "livez": "says only that the process lives",
    "readyz": "says only whether database and broker answer",
    "home:front": "the way in",
    "home:gallery": "the demo's gallery of components",
    "home:service_worker": "the same for everybody",
    "home:offline": "the same for everybody",
    "post:returned": "the mail service, by its token",
    "post:inbox": "the demo's inbox",
    "post:inbox_letter": "the demo's inbox",
    "post:inbox_html": "the demo's inbox",
    "post:inbox_file": "the demo's inbox",
}


def addresses(patterns=None, prefix="", namespace=""):
    """(name, route, view) of every address."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield f"{namespace}{one.name}", route, one
        else:
            yield from addresses(one.url_patterns, route, f"{namespace}{one.namespace}:" if one.namespace else namespace)


def ours():
    return [row for row in addresses() if row[1].startswith("o/")]


def numbers_of(pattern):
    return [name for name in pattern.pattern.converters if name != "slug"]


def key_of(name, pattern):
    """The line's name; an address that shares its name with a shorter one adds its numbers."""
    longer = f"{name}({', '.join(numbers_of(pattern))})"
    return longer if longer in TABLE else name


def test_every_address_has_its_line_and_every_line_its_address():
    assert {key_of(name, pattern) for name, _route, pattern in ours()} == set(TABLE)


def test_what_is_under_no_organisation_is_known():
    rest = {name for name, route, _p in addresses() if not route.startswith(("o/", "r/", "admin/", "accounts/"))}
    assert rest == set(OUTSIDE)


def test_every_page_of_an_organisation_says_what_it_requires_and_every_link_its_purpose():
    for name, route, pattern in addresses():
        if route.startswith("o/"):
            assert hasattr(pattern.callback, "capability"), name
        if route.startswith("r/"):
            assert hasattr(pattern.callback, "purpose"), name


@pytest.fixture
def visitors(northfield, riverside):
    """A signed-in client for each visitor, by name."""
    with northfield.scope():
        bystander = person("bystander", "bystander@northfield.example", roles=["mentor"])
        make.MentorFactory(programme=northfield.programme, membership=bystander)
    users = {name: northfield.people[name].user for name in INSIDERS - {"bystander"}}
    users |= {"bystander": bystander.user, "stranger": riverside.people["coordinator"].user}
    users["operator"] = make.UserFactory(email="operator@platform.example", is_staff=True, is_superuser=True)
    clients = {"anonymous": Client()}
    for name, user in users.items():
        clients[name] = Client(raise_request_exception=True)
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


def outcome(client, method, url):
    """One word for the answer: login, 403, 404, 405, or ok. Undone afterwards, so that every visitor finds the same house."""
    mark = transaction.savepoint()
    try:
        answer = client.get(url) if method == "GET" else client.post(url)
        if answer.streaming:
            b"".join(answer.streaming_content)
    finally:
        transaction.savepoint_rollback(mark)
    if answer.status_code == 302 and answer.url.startswith("/accounts/login/"):
        return "login"
    if answer.status_code in (403, 404, 405):
        return str(answer.status_code)
    assert answer.status_code < 500, (method, url, answer.status_code)
    return "ok"


def expected(line, method, visitor, pattern, *, other=False, foreign=False):
    from organisations.roles import LEAD_CAN, POSTER

    if visitor == "anonymous":
        return "login"
    if visitor in ("stranger", "operator"):
        return "404"
    role = "mentor" if visitor == "bystander" else visitor
    if pattern.callback.capability not in (LEAD_CAN if visitor == "lead" else POSTER[role].can):
        return "403"
    allowed = line.allowed(method, other=other)
    if allowed is None:
        return "405"
    if foreign:
        return "404"
    return "ok" if visitor in allowed else "403"


def pick(name, number, objects):
    """A number means a student on some pages, and a kind that of a survey in evaluation."""
    if (name, number) in {("matching:student", "participant_id"), ("programmes:placement_add", "participant_id")}:
        number = "student_participant_id"
    if name == "checkins:concern_letter_again":
        number = "concern_letter_id"
    if name.startswith("goals:") and number == "placement_id":
        number = "objectives_placement_id"
    if name.startswith("evaluation:") and number == "kind":
        number = "survey_kind"
    return objects[number]


APPS = sorted({name.partition(":")[0] for name, _route, _pattern in ours()})


@pytest.mark.parametrize("app", APPS)
def test_access(app, visitors, northfield, riverside):
    """One app's addresses at a time: making both houses costs more than asking."""
    mine, theirs = Objects(northfield), Objects(riverside)
    wrong = {}
    for name, _route, pattern in ours():
        if name.startswith(f"{app}:"):
            wrong |= surprises(name, pattern, visitors, mine, theirs)
    assert wrong == {}


def surprises(name, pattern, visitors, mine, theirs):
    """{"POST other tutor documents:download": (found, wanted)} wherever the answer is not what the table says."""
    line, numbers = TABLE[key_of(name, pattern)], numbers_of(pattern)
    tried = {"own": mine.own}
    if set(numbers) - {"programme_id", "help_topic", "kind", "ending", "side", "resource_kind"}:
        tried["other"] = mine.other
    if set(numbers) - {"resource_slug", "activity_key", "help_topic", "kind", "ending", "side", "resource_kind"}:
        tried["foreign"] = theirs.own
    wrong = {}
    for whose, objects in tried.items():
        url = reverse(name, kwargs={"slug": "northfield"} | {number: pick(name, number, objects) for number in numbers})
        for method in ("GET", "POST"):
            for visitor, client in visitors.items():
                found = outcome(client, method, url)
                wanted = expected(line, method, visitor, pattern, other=whose == "other", foreign=whose == "foreign")
                if found != wanted:
                    wrong[f"{method} {whose} {visitor} {name}"] = (found, wanted)
    return wrong


def test_another_organisations_address_is_unknown_to_every_insider(visitors, riverside):
    objects = Objects(riverside).own
    for name, _route, pattern in ours():
        url = reverse(name, kwargs={"slug": "riverside"} | {number: pick(name, number, objects) for number in numbers_of(pattern)})
        for visitor in sorted(INSIDERS | {"operator"}):
            assert (name, visitor, outcome(visitors[visitor], "GET", url)) == (name, visitor, "404")
