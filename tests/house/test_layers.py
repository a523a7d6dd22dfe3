"""The layers inside an app: views reach rows through what is visible, services never see a request, tasks are thin doors."""

import ast

from tests.house.source import APPS, enclosing, imported, in_room, modules

# What may be asked of Model.objects in a view on the way to visible_to or fetch_visible: it shapes rows, and picks none.
SHAPES = {"select_related", "prefetch_related", "students", "mentors", "with_invitation", "order_by", "defer", "only"}
GUARDS = {"visible_to", "worked_in_by", "worked_on_by"}
# Views under a signed link have no member to ask for: the link names the row, and its page checks the holder.
UNGUARDED = {
    "home/views/mentorships.py _named": "a filter inside rows that are visible already",
    "matching/views/answers.py _about_pair": "the placement of the proposal's own student, whom the holder was asked about",
    "training/views/seats.py own_seat": "the member's own seats, on their way into fetch_visible",
}
SYSTEM = {
    "common/tenancy.py": "the definition",
    "post/services/delivery.py": "letters of every organisation leave through one door",
    "organisations/services/jobs.py": "finds jobs whose worker is gone",
    "matching/services/consent.py": "finds mentorships that wait for a guardian",
    "matching/services/silence.py": "finds proposals nobody answered in time",
    "checkins/services/reminders.py": "finds the organisations that remind",
    "checkins/services/monday_list.py": "finds the organisations whose coordinators get their list",
    "checkins/services/escalation.py": "finds concerns that nobody has confirmed in time",
    "evaluation/services/asking.py": "finds surveys that are due",
    "training/services/event_reminders.py": "finds events that are near",
}
UNSCOPED = SYSTEM | {
    "organisations/models/base.py": "the definition",
    "checkins/services/reminder_events.py": "ids of organisations only, inside the reminder sweep's system_scope",
    "checkins/services/reminder_asked.py": "ids of organisations only, inside the reminder sweep's system_scope",
    "checkins/services/reminder_stages.py": "ids of organisations only, inside the reminder sweep's system_scope",
    "checkins/services/reminder_endings.py": "ids of organisations only, inside the reminder sweep's system_scope",
    "checkins/services/reminder_training.py": "ids of organisations only, inside the reminder sweep's system_scope",
    "evaluation/services/reminders.py": "ids of organisations only, inside the reminder sweep's system_scope",
    "organisations/services/belonging.py": "a person's own memberships in every organisation, inside user_scope",
}
OF_A_REQUEST = {"GET", "POST", "FILES", "META", "headers", "user", "session", "method", "path", "htmx", "membership", "link"}
TASK_LINES = 12


def chain(node) -> list[str]:
    """The names called one after the other on ``X.objects``."""
    found = []
    while isinstance(getattr(node, "parent", None), ast.Attribute | ast.Call):
        node = node.parent
        if isinstance(node, ast.Attribute):
            found.append(node.attr)
        elif node.func is not node and not (isinstance(node.func, ast.Attribute) and _within(node.func, found)):
            break  # an argument of somebody else's call
    return found


def _within(function, names):
    return bool(names) and function.attr == names[-1]


def is_guarded(node) -> bool:
    asked = chain(node)
    return bool(GUARDS & set(asked)) or bool(asked and set(asked) <= SHAPES)


def test_views_reach_rows_through_what_is_visible():
    found = {
        f"{module.where} {enclosing(node)}"
        for module in in_room("views")
        for node in module.walk(ast.Attribute)
        if node.attr in {"objects", "unscoped", "_base_manager", "_default_manager"}
        if isinstance(node.ctx, ast.Load) and not is_guarded(node)
    }
    assert len(in_room("views")) > 30
    assert found - set(UNGUARDED) - {f"{where} {name}" for where in UNSCOPED for name in ("front", "_choices")} == set()
    assert set(UNGUARDED) - found == set()


def test_services_never_see_a_request():
    found = [
        f"{module.where}:{node.lineno} request.{node.attr}"
        for module in in_room("services")
        for node in module.walk(ast.Attribute)
        if node.attr in OF_A_REQUEST and isinstance(node.value, ast.Name) and node.value.id == "request"
    ]
    web = [
        f"{module.where}:{line} {name}"
        for module in in_room("services")
        for line, name in imported(module)
        if name.startswith(("django.http", "django.shortcuts", "django.contrib.messages", "django.views"))
    ]
    assert len(in_room("services")) > 30
    assert (found, web) == ([], [])


def test_models_do_not_know_services_views_or_forms():
    found = [
        f"{module.where}:{line} {name}"
        for module in in_room("models")
        for line, name in imported(module)
        if {"services", "views", "forms", "tasks", "presenters"} & set(name.split(".")[1:])
    ]
    assert len(in_room("models")) > 20
    # Django asks the user's manager for superusers; that their address is theirs is a service's to note.
    assert [line.partition(":")[0] for line in found] == ["accounts/models.py"]


def test_services_do_not_know_views_or_forms():
    found = [
        f"{module.where}:{line} {name}"
        for module in in_room("services")
        for line, name in imported(module)
        if name.split(".")[0] in APPS and {"views", "forms", "urls"} & set(name.split(".")[1:2])
    ]
    assert found == []


def test_tasks_are_thin_doors_to_services():
    tasks = [node for module in in_room("tasks") for node in module.walk(ast.FunctionDef) if node.decorator_list]
    assert len(tasks) >= 5
    assert [task.name for task in tasks if task.end_lineno - task.lineno + 1 > TASK_LINES] == []
    queries = [f"{m.where}:{n.lineno}" for m in in_room("tasks") for n in m.walk(ast.Attribute) if n.attr == "objects"]
    assert queries == []


def test_who_enters_the_system_scope_says_why_and_is_known():
    calls = [
        (module, node)
        for module in modules()
        for node in module.walk(ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "system_scope"
    ]
    assert {module.where for module, _node in calls} == set(SYSTEM) - {"common/tenancy.py"}
    silent = [m.where for m, node in calls if not (isinstance(node.args[0], ast.Constant) and len(node.args[0].value) > 8)]
    assert silent == []


def test_rows_without_the_guard_are_read_in_known_places_only():
    found = {
        module.where
        for module in modules()
        for node in module.walk(ast.Attribute)
        if node.attr in {"unscoped", "_base_manager"} and not _is_empty(node)
    }
    assert found - set(UNSCOPED) == set()


def _is_empty(node):
    """Model.unscoped.none(): a form's field before the form knows its member."""
    return isinstance(node.parent, ast.Attribute) and node.parent.attr == "none"


def test_the_system_role_and_the_setting_are_named_by_the_tenancy_alone():
    found = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        if module.where not in {"common/tenancy.py", "common/side_connection.py", "mentoring/roles.py"}
        for node in module.walk(ast.Constant)
        if isinstance(node.value, str)
        if "app.organisation_id" in node.value or "set local role" in node.value.lower() or "app.user_id" in node.value
    ]
    assert found == []


def test_the_reader_of_views_tells_guarded_from_unguarded():
    """What the first test here goes by, tried on lines it must let pass and lines it must not."""
    lines = {
        "Goal.objects.visible_to(who).filter(pk=1)": True,
        "Goal.objects.select_related('mentorship').visible_to(who)": True,
        "Goal.objects.select_related('mentorship')": True,
        "fetch_visible(Goal, who, Goal.objects.select_related('mentorship'), pk=1)": True,
        "Goal.objects.filter(pk=1)": False,
        "Goal.objects.get(pk=1)": False,
        "Goal.objects.create(title='x')": False,
        "Goal.objects": False,
        "list(Goal.objects.select_related('mentorship').filter(pk=1))": False,
        "Note.objects.visible_to(who).filter(goal__in=Goal.objects.filter(pk=1))": False,
    }
    for line, expected in lines.items():
        tree = ast.parse(line)
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node
        found = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"]
        assert (line, all(is_guarded(node) for node in found)) == (line, expected)
