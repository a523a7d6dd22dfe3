"""How an organisation's tables look to an operator: read-only, without what people wrote, every page noted."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from audit.services import record_reading

from .site import to_choice

# What people wrote is not an operator's to read, in any table: the free text, and what carries it.
PROSE = (models.TextField, models.JSONField, ArrayField)
# Nor what opens a door.
SECRETS = {"secret_hash"}


class TenantAdmin(admin.ModelAdmin):
    """Shows dates, states, names and numbers of one table. A model needs nothing said about it to be safe here."""

    for_operators = True
    list_select_related = True
    list_per_page = 50
    show_full_result_count = False
    hidden = frozenset()  # more fields to leave out
    harmless = frozenset()  # fields to show although their kind is left out

    def get_list_display(self, request):
        return [field.name for field in self._shown()][:7]

    def get_fields(self, request, obj=None):
        return [field.name for field in self._shown()]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    def get_queryset(self, request):
        """The organisation of the visit only: the scope is open, the manager filters, and the database does so again."""
        return self.model.objects.all().order_by("-pk")

    def has_module_permission(self, request):
        return self._may_look(request)

    def has_view_permission(self, request, obj=None):
        return self._may_look(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        return self._noted(request, "list", lambda: super(TenantAdmin, self).changelist_view(request, extra_context))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        page = super().changeform_view
        return self._noted(request, "row", lambda: page(request, object_id, form_url, extra_context), object_id)

    def delete_view(self, request, object_id, extra_context=None):
        return self._noted(request, "row", lambda: super(TenantAdmin, self).delete_view(request, object_id, extra_context), object_id)

    def history_view(self, request, object_id, extra_context=None):
        """When the row was changed and which fields, from the triggers; not the words themselves."""
        return self._noted(request, "history", lambda: self._history_page(request, object_id), object_id)

    def log_addition(self, request, obj, message):
        """Django's own log knows no organisations; it stays empty. The triggers keep the history."""

    log_change = log_deletions = log_addition

    def _may_look(self, request):
        return getattr(request, "visit", None) is not None and request.user.is_active and request.user.is_staff

    def _noted(self, request, what, page, object_id=None):
        if request.visit is None:
            return to_choice(request)
        row = None
        if object_id is not None:
            row = self.get_object(request, unquote(str(object_id)))
        record_reading(
            f"{self.opts.verbose_name} {what} seen in Django admin", by=request.user, about=row, reason=request.visit.reason
        )
        return page()

    def _history_page(self, request, object_id):
        row = self.get_object(request, unquote(str(object_id)))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(row)s") % {"row": row},
            "opts": self.opts,
            "original": row,
            "changes": _changes(self.model, row),
        }
        return TemplateResponse(request, "admin/row_history.html", context)

    def _shown(self):
        return [field for field in self.opts.fields if self._may_show(field)]

    def _may_show(self, field):
        if field.name in self.hidden | SECRETS:
            return False
        return field.name in self.harmless or not isinstance(field, PROSE)


def _changes(model, row):
    """[(when, what, names of fields)] from the model's history table, newest first."""
    events = getattr(model, "pgh_event_model", None)
    if events is None:
        return []
    found, before = [], None
    names = [field.attname for field in model._meta.fields]
    for event in events.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id"):
        values = {name: getattr(event, name, None) for name in names}
        changed = [name for name in names if before and before[name] != values[name]]
        found.append((event.pgh_created_at, event.pgh_label, ", ".join(changed)))
        before = values
    return found[::-1][:200]
