import psycopg
import pytest
from django.db import connection

from mentoring.celery import app as celery
from tests.cast import seat

from .running import Plant
from .sink import Sink

COPY = "faults"


@pytest.fixture(scope="package")
def own_database(django_db_setup, django_db_blocker):
    """A copy of the test database whose rows are really written, and this process signed in to it as the worker is."""
    with django_db_blocker.unblock():
        before = {key: connection.settings_dict[key] for key in ("NAME", "USER")}
        connection.close()
        params = connection.get_connection_params()
        admin = {"host": params["host"], "port": params.get("port"), "user": "postgres", "dbname": "postgres"}
        copy = f"{COPY}_{before['NAME']}"
        with psycopg.connect(**admin, autocommit=True) as server:
            server.execute(f'drop database if exists "{copy}" with (force)')
            server.execute(f'create database "{copy}" template "{before["NAME"]}" owner alongside_owner')
        connection.settings_dict |= {"NAME": copy, "USER": "alongside_worker"}
        yield admin | {"dbname": copy}
        connection.close()
        connection.settings_dict |= before
        with psycopg.connect(**admin, autocommit=True) as server:
            server.execute(f'drop database "{copy}" with (force)')


@pytest.fixture(scope="package")
def everything(own_database, tmp_path_factory):
    from mentoring import embedded

    sink, patch = Sink(), pytest.MonkeyPatch()
    plant = Plant(tmp_path_factory.mktemp("faults"), own_database, sink)
    patch.setenv("CELERY_BROKER_URL", plant.redis_url)  # hints of this process go where the worker listens
    patch.setattr(celery.amqp, "_producer_pool", None)
    yield plant
    patch.undo()
    plant.stop()
    sink.down()
    embedded.stop(plant.var)


@pytest.fixture
def plant(everything, transactional_db):
    """The programs, none of them running; the mail server up and empty. They end before the tables are emptied."""
    everything.sink.clear()
    everything.empty_queue()
    everything.sink.up()
    yield everything
    everything.stop()
    everything.sink.down()


@pytest.fixture
def house(plant, request):
    """A cast of this test's own."""
    return seat(request.node.name.replace("_", "-").removeprefix("test-")[:40].strip("-"))
