"""The embedded servers, on a folder of their own: real processes are started, killed and found again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from mentoring import embedded
from mentoring.embedded import folder


def query(server, sql, user="admin"):
    with psycopg.connect(
        host=server["host"], port=server["port"], user=server[user], dbname=server["database"]
    ) as connection:
        return connection.execute(sql).fetchall()


def postgres_pid(var):
    return int((var / "pg" / "postmaster.pid").read_text().split()[0])


def redis_pid(var):
    return int((var / "redis" / "server.pid").read_text())


def kill(pid):
    """Kill and wait for the end: the sockets of a process close with it, a moment after the signal."""
    os.kill(pid, signal.SIGKILL)
    while runs(pid):
        time.sleep(0.01)


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_asking_again_changes_nothing(own_server):
    before = embedded.ensure_postgres(own_server), embedded.ensure_redis(own_server), postgres_pid(own_server)
    after = embedded.ensure_postgres(own_server), embedded.ensure_redis(own_server), postgres_pid(own_server)
    assert after == before


def test_each_role_signs_in_as_itself(own_server):
    server = embedded.ensure_postgres(own_server)
    found = {role: query(server, "select session_user, current_database()", role) for role in ("owner", "app", "worker")}
    assert found == {role: [(f"alongside_{role}", "alongside")] for role in ("owner", "app", "worker")}


def test_an_unknown_role_is_refused_in_words():
    with pytest.raises(embedded.EmbeddedServerError) as refused:
        embedded.postgres_settings("system")
    assert str(refused.value) == "ALONGSIDE_DB_ROLE is 'system'; it can be: owner, app, worker."


def test_of_two_who_ask_at_once_one_starts_it(tmp_path):
    ask = "import sys; from pathlib import Path; from mentoring import embedded as e; v = Path(sys.argv[1]);"
    ask += "print(e.ensure_postgres(v)['host'], e.ensure_redis(v), (v / 'pg' / 'postmaster.pid').read_text().split()[0])"

    def run(_):
        return subprocess.run([sys.executable, "-c", ask, tmp_path], capture_output=True, text=True, check=True).stdout

    try:
        with ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(run, range(3)))
        assert len(answers[0].split()) == 3
        assert answers == [answers[0]] * 3
    finally:
        embedded.stop(tmp_path)


def test_data_outlives_a_stop_and_a_kill(own_server):
    server = embedded.ensure_postgres(own_server)
    with psycopg.connect(host=server["host"], user=server["owner"], dbname="alongside", autocommit=True) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('here')")
    address = embedded.ensure_redis(own_server)

    embedded.stop(own_server)
    assert not (own_server / "pg" / "postmaster.pid").exists()
    server = embedded.ensure_postgres(own_server)
    assert query(server, "select word from kept") == [("here",)]
    assert embedded.ensure_redis(own_server) == address  # the same port, for those who knew it

    kill(postgres_pid(own_server))
    kill(redis_pid(own_server))
    server = embedded.ensure_postgres(own_server)
    assert query(server, "select word from kept") == [("here",)]
    assert embedded.ensure_redis(own_server) == address


def test_a_pid_that_is_another_program_by_now(own_server):
    embedded.stop(own_server)
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with stranger:
        lines = [stranger.pid, own_server / "pg", 1, 5432, own_server / "pg", "", "1 2", "ready"]
        (own_server / "pg" / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")
        server = embedded.ensure_postgres(own_server)
        assert query(server, "select 1") == [(1,)]
        assert stranger.poll() is None  # let be
        assert postgres_pid(own_server) != stranger.pid
        stranger.communicate(b"\n")


def test_a_living_server_that_does_not_answer_yet_is_waited_for(own_server):
    server = embedded.ensure_postgres(own_server)
    pid_file, pid = own_server / "pg" / "postmaster.pid", postgres_pid(own_server)
    ready = pid_file.read_text()
    pid_file.write_text(ready.replace("ready", "starting"))
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(embedded.ensure_postgres, own_server)
        time.sleep(0.5)
        assert not asked.done()
        pid_file.write_text(ready)
        assert (asked.result(timeout=20), postgres_pid(own_server)) == (server, pid)


def test_one_that_never_answers_is_said(own_server, monkeypatch):
    embedded.ensure_postgres(own_server)
    pid_file = own_server / "pg" / "postmaster.pid"
    ready = pid_file.read_text()
    pid_file.write_text(ready.replace("ready", "starting"))
    monkeypatch.setattr(embedded.postgres, "BUSY_SECONDS", 0.3)
    with pytest.raises(embedded.EmbeddedServerError, match="is running but has not answered"):
        embedded.ensure_postgres(own_server)
    pid_file.write_text(ready)


def test_stopping_where_nothing_runs(tmp_path):
    embedded.stop(tmp_path / "never")
    embedded.stop(tmp_path)
    assert not (tmp_path / "never").exists()


def test_redis_asks_for_its_password(own_server):
    address = embedded.ensure_redis(own_server)
    assert redis.Redis.from_url(address).ping() is True
    without = "redis://" + address.rpartition("@")[2]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(without).ping()
    assert (own_server / "redis" / "redis.conf").stat().st_mode & 0o777 == 0o600


def test_others_of_this_machine_cannot_reach_the_database(own_server):
    assert (own_server / "pg").stat().st_mode & 0o777 == 0o700
    assert query(embedded.ensure_postgres(own_server), "show listen_addresses") == [("",)]


def test_a_long_path_gets_its_socket_elsewhere(tmp_path):
    var = tmp_path / ("long-" * 30)
    try:
        server = embedded.ensure_postgres(var)
        assert len(server["host"]) < folder.LONGEST_SOCKET
        assert Path(server["host"]).stat().st_mode & 0o777 == 0o700
        assert query(server, "select session_user", "app") == [("alongside_app",)]
    finally:
        embedded.stop(var)
        shutil.rmtree(server["host"])


def test_no_place_for_a_socket_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(folder.tempfile, "gettempdir", lambda: "/tmp/" + "x" * 100)
    with pytest.raises(embedded.EmbeddedServerError, match="too long for a unix socket"):
        embedded.ensure_postgres(tmp_path / ("long-" * 30))


def test_a_full_disk_is_said_before_anything_is_written(monkeypatch, tmp_path):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(folder.shutil, "disk_usage", lambda _: usage._replace(free=7 * 2**20))
    with pytest.raises(embedded.EmbeddedServerError, match=r"nearly full: 7 MB free, 200 MB needed"):
        embedded.ensure_postgres(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".embedded.lock"]


def test_data_of_another_version_is_let_be(own_server):
    embedded.stop(own_server)
    version = own_server / "pg" / "PG_VERSION"
    kept = version.read_text()
    try:
        version.write_text("12\n")
        with pytest.raises(embedded.EmbeddedServerError, match="made by PostgreSQL 12"):
            embedded.ensure_postgres(own_server)
    finally:
        version.write_text(kept)
    assert query(embedded.ensure_postgres(own_server), "select 1") == [(1,)]
