# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: ASYNC110, ASYNC220, ASYNC221, ASYNC240 -- the launcher is what is tested, nothing else shares this loop
"""The launcher's traps: folders nobody may enter, SCRAM, deaths of either side, zombies, two starts at once."""

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from schakel.kit.settings import Settings
from schakel.storage.cluster import ClusterInUse, NoDatabase, attach, cluster, own_database
from schakel.storage.cluster.binaries import NoPostgres, find_binaries
from schakel.storage.cluster.place import UnsafePlace, find_place, place_binaries, reachable
from schakel.storage.cluster.postmaster import find_postmaster
from tests.edge.database.conftest import Children, forget, need


async def eventually(holds: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def env_of(settings: Settings) -> dict[str, str]:
    return {"SCHAKEL_DATA": str(settings.data), "SCHAKEL_POSTGRES": settings.postgres, "DATABASE_URL": ""}


@pytest.mark.parametrize("choice", ["systeem", "wheel"])
async def test_either_postgres_starts_and_keeps_its_data(settings: Settings, choice: str) -> None:
    need(choice)
    settings = replace(settings, postgres=choice)
    async with cluster(settings) as running:
        await ask(running.url, "create table bewaard as select 7 as n")
        made_by = await ask(running.url, "show server_version")
    assert find_postmaster(running.folder / "data") is None
    async with cluster(replace(settings, postgres="auto")) as running:
        assert await ask(running.url, "select n from bewaard") == 7
        assert await ask(running.url, "show server_version") == made_by  # auto takes the one that made the data


def test_data_of_a_version_that_is_gone_are_refused_in_a_clear_sentence() -> None:
    with pytest.raises(NoPostgres, match="versie 9, waarmee de gegevens zijn gemaakt"):
        find_binaries("auto", 9)


async def test_every_way_in_asks_for_the_password(settings: Settings) -> None:
    async with cluster(settings) as running:
        methods = await ask(running.admin_url, "select array_agg(distinct auth_method) from pg_hba_file_rules")
        assert methods == ["scram-sha-256"]
        assert "trust" not in [
            word
            for line in (running.folder / "data" / "pg_hba.conf").read_text().splitlines()
            if not line.startswith("#")
            for word in line.split()
        ]
        stored = await ask(running.admin_url, "select string_agg(left(rolpassword, 13), ',') from pg_authid")
        assert set(str(stored).split(",")) == {"SCRAM-SHA-256"}
        for user in ("postgres", "schakel"):
            wrong = f"postgresql://{user}:fout@127.0.0.1:{running.port}/schakel"
            with pytest.raises(asyncpg.InvalidPasswordError):
                await ask(wrong, "select 1")
        private = [settings.data / name for name in ("wachtwoord", "database.json", "postgres.log")]
        assert {file.stat().st_mode & 0o777 for file in private} == {0o600}
        assert running.folder.stat().st_mode & 0o077 == 0


async def test_the_role_owns_one_database_and_nothing_more(settings: Settings) -> None:
    async with cluster(settings) as running:
        assert await ask(running.url, "select rolsuper or rolcreatedb or rolcreaterole from pg_roles"
                                      " where rolname = current_user") is False  # fmt: skip
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(running.url.rpartition("/")[0] + "/postgres", "select 1")
        await ask(running.admin_url, "create role vreemde login password 'x'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(f"postgresql://vreemde:x@127.0.0.1:{running.port}/schakel", "select 1")
        assert await ask(running.url, "show fsync") == "on"


async def test_data_below_a_closed_folder() -> None:
    closed = Path(tempfile.mkdtemp(prefix="schakel-closed-"))
    assert closed.stat().st_mode & 0o777 == 0o700
    settings = Settings(data=closed / "data", postgres=os.environ.get("SCHAKEL_POSTGRES", "auto"))
    try:
        async with cluster(settings) as running:
            await ask(running.url, "create table bewaard as select 7 as n")
            owner = (running.folder / "data").stat().st_uid
            elsewhere = settings.data not in running.folder.parents
        async with cluster(settings) as running:
            assert await ask(running.url, "select n from bewaard") == 7
        assert elsewhere is (os.geteuid() == 0)
        assert owner == (65534 if os.geteuid() == 0 else os.geteuid())
    finally:
        forget(settings.data)
        closed.rmdir()


def test_a_place_that_closed_or_vanished_is_refused_and_never_replaced_by_an_empty_one(settings: Settings) -> None:
    place = find_place(settings.data)
    if os.geteuid() == 0:  # an ordinary user's database runs as that user, who can always reach it
        settings.data.chmod(0o700)
        with pytest.raises(UnsafePlace, match="kan er niet bij"):
            find_place(settings.data)
        settings.data.chmod(0o755)
        (settings.data / "postgres-map").write_text("/var/lib/schakel-er-is-niets\n")
        with pytest.raises(UnsafePlace, match="is weg"):
            find_place(settings.data)
        (settings.data / "postgres-map").unlink()
    place.base.chmod(0o755)
    with pytest.raises(UnsafePlace, match="anderen mogen erin"):
        find_place(settings.data)
    place.base.chmod(0o700)


@pytest.mark.parametrize("choice", ["systeem", "wheel"])
async def test_programs_below_a_closed_folder_are_copied_with_their_libraries(settings: Settings, choice: str) -> None:
    need(choice)
    found = find_binaries(choice)
    place = find_place(settings.data)
    with tempfile.TemporaryDirectory() as closed:
        parent = Path(closed) / "site"
        (parent / "programs").parent.mkdir()
        (parent / "programs").symlink_to(found.root)
        moved = replace(found, bin=parent / "programs" / "bin", root=found.root)
        assert reachable(moved.bin) is reachable(found.bin)  # a link is as open as what it points at
        (parent / "programs").unlink()
        subprocess.run(["cp", "-a", str(found.root), str(parent / "programs")], check=True)
        if found.libs:
            subprocess.run(["cp", "-a", str(found.libs), str(Path(closed) / found.libs.name)], check=True)
        libs = Path(closed) / found.libs.name if found.libs else None
        moved = replace(found, bin=parent / "programs" / "bin", root=parent / "programs", libs=libs)
        folder = place_binaries(place, moved)
        if os.geteuid() != 0:
            assert folder == moved.bin
            return
        assert place.base in folder.parents
        said = subprocess.run(
            [folder / "postgres", "--version"], user=65534, group=65534, capture_output=True, text=True, check=True
        )
        assert found.version in said.stdout


async def test_killing_the_owner_takes_postgres_along_and_the_next_start_recovers(
    settings: Settings, children: Children
) -> None:
    owner = await children.start("own_cluster.py", **env_of(settings))
    pid, url = owner.said.split()
    await ask(url, "create table bewaard as select 7 as n")
    owner.kill()
    async with cluster(settings) as running:
        assert running.pid != int(pid)
        assert await ask(running.url, "select n from bewaard") == 7


async def test_a_postmaster_that_outlived_its_owner_is_attached_to(settings: Settings) -> None:
    async with cluster(settings) as running:
        data, arguments = running.folder / "data", Path(f"/proc/{running.pid}/cmdline").read_bytes().split(b"\0")[:-1]
        url, owner = running.url, {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    orphan = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, **owner)  # type: ignore[call-overload]
    try:
        async with cluster(settings) as running:
            assert running.pid == orphan.pid
            assert running.url == url
            assert await ask(running.url, "select 1") == 1
        assert orphan.wait(10) == 0  # stopped like one of our own
        assert find_postmaster(data) is None
    finally:
        orphan.kill()


async def test_postgres_killed_is_started_again_on_the_same_url(settings: Settings) -> None:
    async with cluster(settings) as running:
        first = running.pid
        await ask(running.url, "create table bewaard as select 7 as n")
        os.kill(first, signal.SIGKILL)
        await eventually(lambda: running.pid != first)
        assert await ask(running.url, "select n from bewaard") == 7


async def test_an_attached_postgres_that_dies_is_started_again(settings: Settings) -> None:
    async with cluster(settings) as running:
        arguments = Path(f"/proc/{running.pid}/cmdline").read_bytes().split(b"\0")[:-1]
        owner = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    orphan = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, **owner)  # type: ignore[call-overload]
    try:
        async with cluster(settings) as running:
            orphan.kill()  # and nobody waits: it is a zombie from here on
            await eventually(lambda: running.pid != orphan.pid)
            assert await ask(running.url, "select 1") == 1
            assert Path(f"/proc/{orphan.pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    finally:
        orphan.wait(10)


async def test_a_zombie_postmaster_and_a_reused_pid_count_as_dead(settings: Settings) -> None:
    async with cluster(settings) as running:
        data = running.folder / "data"
        as_it_was = (data / "postmaster.pid").read_text().splitlines()
    # Of the database's own user: a pid of somebody else PostgreSQL itself takes for a reused one.
    owner = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
    zombie = subprocess.Popen(["true"], **owner)  # type: ignore[call-overload]
    reused = subprocess.Popen(["sleep", "60"], **owner)  # type: ignore[call-overload]
    await asyncio.sleep(0.3)
    for pid in (zombie.pid, reused.pid, 1):
        (data / "postmaster.pid").write_text("\n".join([str(pid), *as_it_was[1:]]) + "\n")
        assert find_postmaster(data) is None
        left = (data / "postmaster.pid").read_text().splitlines()
        assert left[1:] == as_it_was[1:]  # the key of the shared memory stays, so live backends still block a start
        async with cluster(settings) as running:
            assert await ask(running.url, "select 1") == 1
    zombie.wait()
    reused.kill()
    reused.wait()


async def test_a_lock_file_cut_off_by_a_power_cut_does_not_block_a_start(settings: Settings) -> None:
    async with cluster(settings) as running:
        file = running.folder / "data" / "postmaster.pid"
    file.touch()
    found = find_postmaster(file.parent)
    assert found is not None  # somebody may be writing it right now
    assert found.pid == 0
    os.utime(file, (0, 0))
    async with cluster(settings) as running:
        assert await ask(running.url, "select 1") == 1


async def test_of_two_starts_at_once_one_owns_and_the_other_says_so(settings: Settings, children: Children) -> None:
    both = await asyncio.gather(*(children.start("own_cluster.py", **env_of(settings)) for _ in range(2)))
    said = sorted((child.said for child in both), key=len)
    assert "postgresql://" in max(said, key=lambda text: "postgresql://" in text)
    assert ClusterInUse.title in said
    with pytest.raises(ClusterInUse):
        async with cluster(settings):
            pass


async def test_web_and_werker_attach_and_never_own(settings: Settings, children: Children) -> None:
    with pytest.raises(NoDatabase):
        attach(settings)
    assert attach(replace(settings, database_url="postgresql://elders/x")) == "postgresql://elders/x"
    async with own_database(replace(settings, database_url="postgresql://elders/x")) as url:
        assert url == "postgresql://elders/x"
    owner = await children.start("own_cluster.py", **env_of(settings))
    url = attach(settings)
    assert await ask(url, "select 1") == 1
    owner.kill()
    await owner.process.wait()
    place = find_place(settings.data)
    await eventually(lambda: find_postmaster(place.data) is None)
    assert (settings.data / "database.json").exists()  # left behind by the killed owner
    with pytest.raises(NoDatabase):
        attach(settings, patience=0.2)


async def test_a_first_start_killed_half_way_leaves_nothing_that_blocks_the_next(
    settings: Settings, children: Children
) -> None:
    starting = asyncio.create_task(children.start("own_cluster.py", **env_of(settings)))
    place_base = settings.data / "postgres"
    await eventually(lambda: any(place_base.glob("half-*/PG_VERSION")) if place_base.exists() else False)
    for pid in _children_of(os.getpid()):
        if "own_cluster.py" in _command(pid) and str(settings.data) in _environment(pid):
            os.kill(pid, signal.SIGKILL)
    await starting
    async with cluster(settings) as running:
        assert await ask(running.url, "select 1") == 1
    assert not list(place_base.glob("half-*"))


def _children_of(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(pid) for file in found for pid in file.read_text().split()]


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")


def _environment(pid: int) -> str:
    return Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
