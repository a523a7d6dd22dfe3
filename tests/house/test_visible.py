"""Every tenant model says who may see its rows, and every form offers rows of one's own organisation only."""

import ast
import inspect

import pytest
from django.apps import apps

from common.tenancy import NoOrganisation, OrganisationIsolation
from organisations.models import Owned, VisibleQuerySet
from tests.house.source import modules

TENANT = sorted(
    (model for model in apps.get_models() if issubclass(model, Owned)), key=lambda model: model._meta.label
)
every_model = pytest.mark.parametrize("model", TENANT, ids=lambda model: model._meta.label)
# Rows that everybody in an organisation, or only operators, may choose from.
PLATFORM_CHOICES = {"mentoring/operators/forms.py": "an operator chooses the organisation itself"}


def test_every_model_with_an_organisation_is_a_tenant_model():
    """...but for history, which the same policy guards, and the outbox and the events, which lie below the tenant."""
    others = {
        model._meta.label
        for model in apps.get_models()
        if any(field.name in {"organisation", "organisation_id"} for field in model._meta.fields)
        if not issubclass(model, Owned) and not hasattr(model, "pgh_tracked_model")
    }
    assert others == {"audit.AccessLog", "audit.Event", "post.Attachment", "post.Letter", "post.Undeliverable"}
    assert len(TENANT) > 25


@every_model
def test_it_says_who_may_see_it_and_why(model, northfield):
    queryset = model.objects._queryset_class
    assert issubclass(queryset, VisibleQuerySet)
    assert queryset.visible_to is not VisibleQuerySet.visible_to
    assert len(inspect.getdoc(queryset.visible_to) or "") > 10
    with northfield.scope():
        for member in northfield.people.values():
            assert isinstance(model.objects.visible_to(member).count(), int)


@every_model
def test_it_cannot_be_asked_outside_a_scope(model):
    with pytest.raises(NoOrganisation):
        model.objects.all()


@every_model
def test_its_table_is_guarded_and_it_is_found_without_the_managers_filter(model):
    guards = [one for one in model._meta.constraints if isinstance(one, OrganisationIsolation)]
    assert [one.kind for one in guards] == ["own" if model._meta.label == "organisations.Membership" else "tenant"]
    assert model._meta.base_manager.name == "unscoped"


def test_choices_of_rows_are_set_for_the_member_who_looks():
    """A field of rows starts empty, and its form fills it from what is visible, or from rows of the programme at hand."""
    found = []
    for module in modules():
        if module.where in PLATFORM_CHOICES:
            continue
        for call in module.walk(ast.Call):
            called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if called not in {"ModelChoiceField", "ModelMultipleChoiceField", "PeopleField"}:
                continue
            value = next((word.value for word in call.keywords if word.arg == "queryset"), None)
            if not _starts_empty(value) and not _inside_init(call):
                found.append(f"{module.where}:{call.lineno}")
    assert found == []


def test_no_form_offers_rows_by_the_models_own_manager():
    """A ModelForm that names a foreign key would list every row in scope: such fields are replaced in __init__."""
    from django import forms

    found = []
    for form in _forms(forms.ModelForm):
        for name, field in form.base_fields.items():
            if isinstance(field, forms.ModelChoiceField) and _rows(field) is None:
                found.append(f"{form.__module__}.{form.__name__}.{name}")
    assert found == []


def _forms(base):
    for one in base.__subclasses__():
        yield from _forms(one)
        if one.__module__.split(".")[0] in {module.app for module in modules()}:
            yield one


def _rows(field):
    """The rows a field has before its form is made: none, or None where it asks for all of them."""
    return field.queryset if field.queryset is not None and field.queryset.query.is_empty() else None


def _starts_empty(value):
    if value is None or (isinstance(value, ast.Constant) and value.value is None):
        return True
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "none"


def _inside_init(node):
    while hasattr(node, "parent"):
        node = node.parent
        if isinstance(node, ast.FunctionDef):
            return node.name == "__init__"
    return False


