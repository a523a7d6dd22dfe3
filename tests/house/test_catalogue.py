"""What the database's own catalogue must say about every tenant table."""

from django.apps import apps
from django.db import connection, models

from organisations.models import Owned


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] if len(row) == 1 else row for row in cursor.fetchall()]


TENANT_TABLES = """
select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
"""


def test_every_tenant_table_has_row_security_and_a_restrictive_policy(db):
    tables = rows(TENANT_TABLES)
    assert len(tables) > 40
    lacking = rows(
        f"""select relname from pg_class where relname in ({TENANT_TABLES}) and (not relrowsecurity or not exists (
            select from pg_policy p where p.polrelid = pg_class.oid and not p.polpermissive
            and pg_get_expr(p.polqual, p.polrelid) like '%organisation_id%' and p.polwithcheck is not null
            and (select count(*) from pg_roles r where r.oid = any(p.polroles)
                 and r.rolname in ('alongside_app', 'alongside_worker')) = 2))"""
    )
    assert lacking == []


def test_every_tenant_table_has_an_index_that_leads_with_the_organisation(db):
    lacking = rows(
        f"""select relname from pg_class c where relname in ({TENANT_TABLES}) and not exists (
            select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
            where i.indrelid = c.oid and a.attname = 'organisation_id')"""
    )
    assert lacking == []


def test_every_foreign_key_between_tenant_rows_is_composite(db):
    composite = set(
        rows(
            """select conrelid::regclass::text || '.' || a.attname from pg_constraint k
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
            where k.contype = 'f' and array_length(k.conkey, 1) = 2"""
        )
    )
    expected = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        if issubclass(model, Owned)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, Owned)
    }
    assert expected
    assert composite == expected | {"post_attachment.letter_id"}  # below the tenant, and guarded all the same


def test_the_app_role_owns_nothing_and_may_not_change_what_only_grows(db):
    owned = rows("select relname from pg_class where relowner in (select oid from pg_roles where rolname like 'alongside_%app')")
    assert owned == []
    writable = rows(
        """select table_name from information_schema.table_privileges
        where grantee in ('alongside_app', 'alongside_worker', 'alongside_system') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
        and (table_name like '%event' or table_name = 'audit_accesslog')"""
    )
    assert writable == []
