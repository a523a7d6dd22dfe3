"""One schema, many organisations: the scope, the manager that raises, and row-level security as constraints.

Every tenant row carries ``organisation_id``. Three guards stand one behind the other: the ORM manager (raises outside a
scope and filters inside it), the database policy (the app role sees one organisation's rows, whatever the query says),
and composite foreign keys (a row cannot point into another organisation). See docs/adr/0001-tenancy.md.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models, transaction
from django.db.backends.ddl_references import Statement

SETTING = "app.organisation_id"
USER_SETTING = "app.user_id"
APP_ROLES = "alongside_app, alongside_worker"
SYSTEM_ROLE = "alongside_system"
# Foreign keys to these point at platform tables, so they need no pair.
PLATFORM = {"organisations.organisation", "accounts.user", "auth.permission", "auth.group", "contenttypes.contenttype"}

_current: ContextVar[int | None] = ContextVar("organisation", default=None)


class NoOrganisation(RuntimeError):
    """A tenant row was asked for outside organisation_scope()."""


def current_organisation_id() -> int | None:
    """The organisation whose scope is open, or None."""
    return _current.get()


@contextmanager
def organisation_scope(organisation_id: int):
    """Run the block as one organisation: a transaction, the ORM guard and the database setting, all undone at its end."""
    with transaction.atomic():
        outer = _current.get()
        token = _current.set(organisation_id)
        _set(SETTING, organisation_id)
        try:
            yield
        finally:
            _current.reset(token)
        _set(SETTING, outer)  # after an exception the savepoint or transaction has undone it already


@contextmanager
def user_scope(user_id: int):
    """Let the block read the rows that are this user's own in any organisation (their memberships), nothing else."""
    with transaction.atomic():
        _set(USER_SETTING, user_id)
        yield
        _set(USER_SETTING, None)


@contextmanager
def system_scope(reason: str):
    """Work across organisations, for workers only: enters the system role until the block ends.

    ``reason`` is required so that a reader of the code (and of the database log) learns why.
    """
    if not reason:
        raise ValueError("system_scope needs a reason")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('app.system_reason', %s, true)", [reason])
        cursor.execute(f"set local role {SYSTEM_ROLE}")
        yield
        cursor.execute("set local role none")


def _set(name, value):
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [name, "" if value is None else str(value)])


class ScopedManager(models.Manager):
    """Rows of the organisation in scope; raises NoOrganisation where no scope is open."""

    def get_queryset(self):
        if _current.get() is None:
            raise NoOrganisation(f"{self.model.__name__} outside organisation_scope()")
        return super().get_queryset().filter(organisation_id=_current.get())


class _RawConstraint(models.BaseConstraint):
    def validate(self, *args, **kwargs):
        """The database is the judge."""

    def __eq__(self, other):
        return type(other) is type(self) and other.deconstruct() == self.deconstruct()

    __hash__ = None

    def constraint_sql(self, model, schema_editor):
        schema_editor.deferred_sql.append(self._statement(model, schema_editor))
        return ""

    def create_sql(self, model, schema_editor):
        """Runs at the end of the migration: a key may point at a table whose pair the same migration adds later.

        Answers with no statement, not with None: where a column has a default of the database, Django puts the answer into the same list.
        """
        schema_editor.deferred_sql.append(self._statement(model, schema_editor))
        return ""


class OrganisationIsolation(_RawConstraint):
    """Row-level security: the app roles see and write their organisation's rows only.

    kind "tenant": the organisation in scope. "own": also the signed-in user's own rows, for reading (``user_id``).
    "platform": rows without an organisation exist too, and are seen only where no scope is open.
    """

    def __init__(self, *, name, kind="tenant"):
        super().__init__(name=name)
        self.kind = kind

    def _statement(self, model, schema_editor):
        q = schema_editor.quote_name
        table = q(model._meta.db_table)
        current = f"(select nullif(current_setting('{SETTING}', true), '')::bigint)"
        user = f"(select nullif(current_setting('{USER_SETTING}', true), '')::bigint)"
        own = f"organisation_id = {current}"
        using = own
        if self.kind == "own":
            using = f"{own} OR user_id = {user}"
        if self.kind == "platform":
            using = own = f"{own} OR (organisation_id IS NULL AND {current} IS NULL)"
        return Statement(
            "%(sql)s",
            sql=(
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
                f"CREATE POLICY {q(self.name + '_app')} ON {table} TO {APP_ROLES} USING (true) WITH CHECK (true); "
                f"CREATE POLICY {q(self.name)} ON {table} AS RESTRICTIVE TO {APP_ROLES} USING ({using}) WITH CHECK ({own}); "
                f"CREATE POLICY {q(self.name + '_sys')} ON {table} TO {SYSTEM_ROLE} USING (true) WITH CHECK (true)"
            ),
        )

    def remove_sql(self, model, schema_editor):
        q = schema_editor.quote_name
        table = q(model._meta.db_table)
        drops = "; ".join(f"DROP POLICY IF EXISTS {q(self.name + end)} ON {table}" for end in ("", "_app", "_sys"))
        return Statement("%(sql)s", sql=f"{drops}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs if self.kind == "tenant" else {**kwargs, "kind": self.kind}


class SameOrganisation(_RawConstraint):
    """Composite foreign key (organisation_id, x_id) -> (organisation_id, id); the target has that pair unique."""

    def __init__(self, *, field, name):
        super().__init__(name=name)
        self.field = field

    def _statement(self, model, schema_editor):
        q, field = schema_editor.quote_name, model._meta.get_field(self.field)
        return Statement(
            "%(sql)s",
            sql=(
                f"ALTER TABLE {q(model._meta.db_table)} ADD CONSTRAINT {q(self.name)} "
                f"FOREIGN KEY (organisation_id, {q(field.column)}) "
                f"REFERENCES {q(field.remote_field.model._meta.db_table)} (organisation_id, id) DEFERRABLE INITIALLY DEFERRED"
            ),
        )

    def remove_sql(self, model, schema_editor):
        q = schema_editor.quote_name
        table = q(model._meta.db_table)
        return Statement("%(sql)s", sql=f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {q(self.name)}")

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}


def tenant_table(model=None, *, kind="tenant"):
    """Class decorator: adds isolation, the unique pair, and a composite key with its index for each tenant foreign key."""

    def decorate(cls):
        label = f"{cls._meta.app_label}_{cls._meta.model_name}"
        constraints = [
            OrganisationIsolation(name=f"{label}_own", kind=kind),
            models.UniqueConstraint(fields=["organisation", "id"], name=f"{label}_pair"),
        ]
        indexes = []
        for field in cls._meta.local_fields:
            if _points_at_tenant(field):
                constraints.append(SameOrganisation(name=f"{label}_{field.name}_same", field=field.name))
                indexes.append(models.Index(fields=["organisation", field.name]))
        for index in indexes:
            index.set_name_with_model(cls)
        _extend(cls, "constraints", constraints)
        _extend(cls, "indexes", indexes)
        return cls

    return decorate(model) if model else decorate


def _points_at_tenant(field):
    if not isinstance(field, models.ForeignKey) or field.name == "organisation":
        return False
    target = field.remote_field.model
    label = target.lower() if isinstance(target, str) else target._meta.label_lower
    return label not in PLATFORM


def _extend(cls, option, extra):
    merged = [*getattr(cls._meta, option), *extra]
    setattr(cls._meta, option, merged)
    cls._meta.original_attrs[option] = merged
