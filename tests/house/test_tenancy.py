"""The three guards, each tried with the other two off. Data of both organisations stands in every test."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from common.tenancy import NoOrganisation, organisation_scope, system_scope, user_scope
from goals.models import Goal
from matching.models import Mentorship
from organisations.models import Membership
from programmes.models import Programme
from tests import factories as make


def one(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def test_tests_run_as_the_app_role(db):
    found = one("select current_user, rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = current_user")
    assert found == ("alongside_app", False, False, False)


def test_no_scope_is_loud_in_the_orm_and_empty_in_the_database(northfield, riverside):
    with pytest.raises(NoOrganisation):
        Mentorship.objects.count()
    assert Mentorship.unscoped.count() == 0
    with system_scope("count both"):
        assert Mentorship.unscoped.count() == 4


def test_inside_a_scope_even_raw_sql_sees_one_organisation(northfield, riverside):
    with northfield.scope():
        assert Mentorship.unscoped.count() == 2
        mine = northfield.organisation.pk
        for table in ("organisations_membership", "organisations_membershipevent", "matching_mentorship"):
            assert one(f"select min(organisation_id), max(organisation_id) from {table}") == (mine, mine)


def test_a_row_cannot_be_written_for_another_organisation(northfield, riverside):
    with pytest.raises(ProgrammingError), northfield.scope():
        make.ProgrammeFactory(organisation=riverside.organisation)


def test_a_row_cannot_point_into_another_organisation(northfield, riverside):
    with pytest.raises(IntegrityError), transaction.atomic(), northfield.scope():
        Goal.objects.create(mentorship_id=riverside.mentorship.pk, title="x")
        one("set constraints all immediate; select 1")


def test_bulk_writes_touch_own_rows_only(northfield, riverside):
    with northfield.scope():
        assert Programme.unscoped.filter(pk=riverside.programme.pk).update(name="taken") == 0
        assert Goal.unscoped.filter(mentorship=riverside.mentorship).delete()[0] == 0
    with riverside.scope():
        assert Programme.objects.get().name == riverside.programme.name


def test_nested_scopes_and_exceptions_restore(northfield, riverside):
    with northfield.scope():
        with pytest.raises(ZeroDivisionError), riverside.scope():
            assert Programme.unscoped.get() == riverside.programme
            raise ZeroDivisionError
        assert Programme.objects.get() == northfield.programme
    assert Programme.unscoped.count() == 0


def test_a_user_reads_their_own_memberships_in_every_organisation_and_no_others(northfield, riverside):
    both = northfield.people["mentor"].user
    with riverside.scope():
        make.MembershipFactory(user=both, email=both.email)
    with user_scope(both.pk):
        found = Membership.unscoped.values_list("organisation__slug", "email").order_by("organisation__slug")
        assert list(found) == [("northfield", both.email), ("riverside", both.email)]
        with pytest.raises(ProgrammingError), transaction.atomic():
            Membership.unscoped.filter(user=both).update(first_name="changed")
    assert Membership.unscoped.count() == 0


def test_history_is_append_only(northfield):
    with northfield.scope():
        Programme.objects.update(name="Renamed")
        events = Programme.pgh_event_model.objects.order_by("pgh_id")
        assert [e.name for e in events] == [northfield.programme.name, "Renamed"]
        for change in (events.delete, lambda: events.update(name="forged")):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()


@pytest.mark.django_db(transaction=True)
def test_the_setting_does_not_outlive_the_transaction():
    organisation = make.OrganisationFactory()
    with organisation_scope(organisation.pk):
        make.ProgrammeFactory()
    assert one("select current_setting('app.organisation_id', true)") == ("",)
    assert Programme.unscoped.count() == 0
