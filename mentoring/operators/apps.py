from django.contrib.admin.apps import AdminConfig


class OperatorsAdminConfig(AdminConfig):
    """Makes our site the one that ``admin.site`` means, so that every app's registrations land behind its doors."""

    default_site = "mentoring.operators.site.OperatorSite"
