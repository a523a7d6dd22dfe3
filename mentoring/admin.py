"""What operators find in Django admin. Tenant tables register themselves: a new one is there, and safe, without a line here."""

from django.apps import apps
from django.contrib import admin
from django.db import models

from accounts.models import User
from audit.models import AccessLog, Event
from checkins.models import Concern, ConcernNote, ConcernShare
from organisations.models import Membership, Organisation, Owned
from post.models import Letter
from programmes.models import GuardianConsent, YoungPerson

from .operators.tenant import TenantAdmin


class PlatformAdmin(admin.ModelAdmin):
    """A table of the installation itself. Operators read it; what may be changed is listed."""

    for_operators = True
    list_per_page = 50
    changeable = frozenset()

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return bool(self.changeable) and self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in self.changeable]


class OrganisationAdmin(PlatformAdmin):
    """New ones are made by ``manage.py add_organisation``, which invites their owner too."""

    list_display = ["name", "slug", "time_zone", "contact_email", "created_at"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug", "time_zone", "contact_email", "created_at"]
    changeable = frozenset({"name", "time_zone", "contact_email"})


class UserAdmin(PlatformAdmin):
    """Closing a sign-in is an operator's; making others operators is the chief operator's."""

    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    changeable = frozenset({"is_active", "is_staff", "is_superuser"})

    def get_readonly_fields(self, request, obj=None):
        found = super().get_readonly_fields(request, obj)
        if request.user.is_superuser and obj != request.user:
            return found
        # Nobody changes what they themselves may do, and only the chief changes who is an operator.
        return [*found, "is_staff", "is_superuser", *(["is_active"] if obj == request.user or (obj and obj.is_staff) else [])]


class LetterAdmin(TenantAdmin):
    """Letters without their bodies: those hold links that open doors. Letters about concerns are not listed at all."""

    list_display = fields = ["name", "to_email", "status", "attempts", "created_at", "due_at", "sent_at"]
    hidden = frozenset({"subject", "dedupe_key"})

    def get_list_display(self, request):
        return self.list_display

    def get_fields(self, request, obj=None):
        return self.fields

    def get_queryset(self, request):
        letters = Letter.objects.filter(organisation_id=request.visit.organisation.pk)
        return letters.exclude(name__startswith="concern_").order_by("-pk")


class RecordAdmin(TenantAdmin):
    """The record of one organisation, without what it says about concerns."""

    def get_queryset(self, request):
        rows = self.model.objects.filter(organisation_id=request.visit.organisation.pk)
        return rows.exclude(object_type__startswith="checkins.concern").order_by("-pk")


class ConcernAdmin(TenantAdmin):
    """That there are concerns, and when; not about whom, by whom, or of what kind."""

    def _may_show(self, field):
        return isinstance(field, models.AutoField | models.DateTimeField)


class GuardianAdmin(TenantAdmin):
    """That a guardian was asked and answered, and when; not who they are."""

    hidden = frozenset({"guardian_name", "guardian_email", "signed_name", "file_name", "path"})


class MembershipAdmin(TenantAdmin):
    search_fields = ["first_name", "last_name", "email"]
    harmless = frozenset({"roles"})
    list_display = ["first_name", "last_name", "email", "roles", "joined_at", "left_at"]

    def get_list_display(self, request):
        return self.list_display


admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(User, UserAdmin)
admin.site.register(Letter, LetterAdmin)
admin.site.register([Event, AccessLog], RecordAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register([YoungPerson, GuardianConsent], GuardianAdmin)
admin.site.register([Concern, ConcernNote, ConcernShare], ConcernAdmin)
for model in apps.get_models():
    if issubclass(model, Owned) and not model.nobody_elses and not admin.site.is_registered(model):
        admin.site.register(model, TenantAdmin)
