"""The one direction: an app imports, points at, links to and includes only what stands to its right (docs/house.md)."""

import re

from django.apps import apps
from django.urls import NoReverseMatch, get_resolver

from tests.house.source import APPS, imported, modules, strings, templates

ORDER = [
    "mentoring", "home", "documents", "evaluation", "checkins", "goals", "matching",
    "training", "programmes", "organisations", "accounts", "post", "audit", "common",
]  # fmt: skip
# Folders of templates that are no app's own, and the app whose view of the world they share.
SHARED = {"components": "common", "charts": "common", "bootstrap5": "common", "letters": "post", "links": "organisations"}
SHARED |= {"gallery": "home", "allauth": "accounts", "account": "accounts", "mfa": "accounts", "usersessions": "accounts"}
SHARED |= {"socialaccount": "accounts", "admin": "mentoring"}
FRAME = "home"  # templates/*.html: the frame shows the navigation, which home makes
ADDRESS = re.compile(rf"^(?P<app>{'|'.join(APPS)}):[a-z_]+$")
FILE = re.compile(r"^(?P<app>[a-z0-9_]+)/[a-z0-9_/]+\.html$")
LINK = re.compile(r"""{%\s*url\s+["'](?P<name>[^"']+)["']""")
PART = re.compile(r"""{%\s*(?:include|extends)\s+["'](?P<name>[^"']+)["']""")


def wrong(app, other) -> bool:
    """Whether ``other`` stands to the left of ``app``."""
    return ORDER.index(other) < ORDER.index(app)


def owner_of(template) -> str:
    """The app a template belongs to."""
    folder = template.partition("/")[0] if "/" in template else ""
    if not folder:
        return FRAME
    return SHARED.get(folder, folder)


def test_the_settings_name_the_apps_in_this_order():
    assert APPS == ORDER


def test_imports_go_to_the_right():
    found = [
        f"{module.where}:{line} imports {name}"
        for module in modules()
        for line, name in imported(module)
        if name.split(".")[0] in ORDER and wrong(module.app, name.split(".")[0])
    ]
    assert len(modules()) > 200
    assert found == []


def test_foreign_keys_point_to_the_right():
    found = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.app_label in ORDER
        if wrong(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert found == []


def test_the_tenant_does_not_mother_its_children():
    """No organisation.mentorships: the child says who may see it."""
    mothers = {"organisations.organisation", "accounts.user"}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ORDER
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model._meta.label_lower in mothers
        if model._meta.app_label != field.related_model._meta.app_label
        if field.remote_field.related_name and not field.remote_field.related_name.endswith("+")
    ]
    assert found == []


def test_addresses_named_in_code_are_to_the_right_and_exist():
    left, missing = [], []
    for module in modules():
        for line, text in strings(module):
            named = ADDRESS.match(text)
            if not named:
                continue
            if wrong(module.app, named["app"]):
                left.append(f"{module.where}:{line} {text}")
            if not exists(text):
                missing.append(f"{module.where}:{line} {text}")
    assert (left, missing) == ([], [])


def test_templates_named_in_code_are_to_the_right_and_exist():
    ours = {name for name, _text in templates()}
    left, missing = [], []
    for module in modules():
        for line, text in strings(module):
            named = FILE.match(text)
            if not named or "/" not in text or owner_of(text) not in ORDER:
                continue
            if wrong(module.app, owner_of(text)):
                left.append(f"{module.where}:{line} {text}")
            if text not in ours and not text.startswith(("bootstrap5/", "account/", "admin/")):
                missing.append(f"{module.where}:{line} {text}")
    assert (left, missing) == ([], [])


def test_links_in_templates_go_to_the_right_and_exist():
    left, missing = [], []
    for template, text in templates():
        for name in LINK.findall(text):
            app = name.partition(":")[0]
            if app in ORDER and wrong(owner_of(template), app):
                left.append(f"{template} {name}")
            if not exists(name):
                missing.append(f"{template} {name}")
    assert (left, missing) == ([], [])


def test_templates_include_what_is_to_the_right():
    found = []
    for template, text in templates():
        for name in PART.findall(text):
            extends_frame = "/" not in name
            if not extends_frame and owner_of(name) in ORDER and wrong(owner_of(template), owner_of(name)):
                found.append(f"{template} {name}")
    assert found == []


def exists(name) -> bool:
    """Whether an address of that name is served."""
    *spaces, last = name.split(":")
    resolver = get_resolver()
    try:
        for space in spaces:
            _prefix, resolver = resolver.namespace_dict[space]
    except (KeyError, NoReverseMatch):
        return False
    return last in resolver.reverse_dict
