"""A real SLURM with accounts on this machine: plain processes, on the loopback alone.

Nothing is read from or written to /etc, and nothing needs systemd: the key, sockets,
logs, queue and database are in folders that are deleted at the end.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psutil

import slurm_conf

TOOLS = [
    *("munged", "slurmctld", "slurmd", "sinfo", "squeue", "sbatch", "srun"),
    *("slurmdbd", "sacct", "sacctmgr", "mariadbd", "mariadb-install-db"),
]
#: Of the user; jobs that name none have the first one.
ACCOUNTS = ("physics", "statistics")
NODES = ("n1", "n2")

_PATH = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])


def missing():
    """Name the programs that the cluster needs and that are not installed."""
    return [tool for tool in TOOLS if not shutil.which(tool, path=_PATH)]


class Cluster:
    """Two nodes, their controller, and a database for accounting."""

    def __init__(self):
        # Short, since the path of a socket may have 107 letters.
        self.folder = Path(tempfile.mkdtemp(prefix="slurm-"))
        # In memory, since the database waits for the disk at every step.
        self.data = Path(tempfile.mkdtemp(prefix="slurm-", dir="/dev/shm"))
        self.daemons = ExitStack()
        self.conf = self.folder / "slurm.conf"
        #: What a command of SLURM, and so Snakemake, needs in its environment.
        self.environment = self._environment("bin")
        #: The same for a user of a site that keeps no accounts.
        self.without_sacct = self._environment("without", "bin")

    def __enter__(self):
        try:
            self._configure()
            self._start("munged", *self._munge())
            self._until(lambda: (self.folder / "munge.socket").exists(), "munged")
            self._start_accounting()
            self._start("slurmctld", "slurmctld", "-D", "-f", self.conf)
            for name in NODES:
                self._start(name, "slurmd", "-D", "-N", name, "-f", self.conf)
            self._until(self._idle, "idle nodes")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def run(self, *command, **options):
        """Run a command of SLURM to its end and return what it printed."""
        return subprocess.run(
            [str(part) for part in command],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            **options,
        ).stdout

    def jobs(self, run_id):
        """Return the jobs of a run, in the order of submission."""
        columns = {
            **{"id": "JobID", "state": "State", "memory": "MinMemory"},
            **{"limit": "TimeLimit", "node": "NodeList", "what": "Comment"},
            **{"restarts": "RestartCnt"},
        }
        table = self.run(
            *("squeue", "--states=all", "--noheader", "--sort=i", "--name", run_id),
            "--Format=" + ",".join(f"{column}:|" for column in columns.values()),
        )
        return [
            dict(zip(columns, map(str.strip, line.split("|")), strict=False))
            for line in table.splitlines()
        ]

    def stop(self):
        """Cancel what is queued and stop all that was started here, by its number."""
        try:
            if self.conf.exists() and self._answers():
                self.run("scancel", "--me")
                self._until(lambda: not self.run("squeue", "-h"), "an empty queue", 20)
        except (subprocess.SubprocessError, AssertionError):
            pass  # what is left is ended below
        finally:
            self.daemons.close()
            for process in self._strays():
                process.kill()
            for folder in (self.folder, self.data):
                shutil.rmtree(folder, ignore_errors=True)

    def _configure(self):
        ports = _free_ports(3 + len(NODES))
        self.known = {
            "folder": self.folder,
            "host": socket.gethostname().partition(".")[0],
            "user": psutil.Process().username(),
            "password": secrets.token_hex(8),
            **dict(zip(("control", "accounts", "database"), ports, strict=False)),
        }
        for name in ("state", "bin", "without"):
            (self.folder / name).mkdir()
        self.folder.chmod(0o755)
        nodes = dict(zip(NODES, ports[3:], strict=True))
        self.conf.write_text(slurm_conf.CLUSTER.format(**self.known, **nodes))
        # Inside a job the plugin starts srun without SLURM_CONF, so that it would look
        # in /etc/slurm.
        srun = shutil.which("srun", path=_PATH)
        self._script("bin/srun", f'SLURM_CONF={self.conf} exec {srun} "$@"')
        # As sacct ends where no accounts are kept.
        refusal = "echo Slurm accounting storage is disabled >&2; exit 1"
        self._script("without/sacct", refusal)

    def _environment(self, *folders):
        path = [*(str(self.folder / name) for name in folders), _PATH]
        return {"SLURM_CONF": str(self.conf), "PATH": os.pathsep.join(path)}

    def _script(self, name, command):
        script = self.folder / name
        script.write_text(f"#!/bin/sh\n{command}\n")
        script.chmod(0o755)

    def _munge(self):
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(secrets.token_bytes(1024))
        return (
            *("munged", "--foreground", f"--key-file={key}"),
            f"--socket={self.folder}/munge.socket",
            f"--pid-file={self.folder}/munged.pid",
            f"--log-file={self.folder}/munged.log",
            f"--seed-file={self.folder}/munged.seed",
        )

    def _start_accounting(self):
        data, user = self.data, self.known["user"]
        if os.geteuid() == 0:  # MariaDB does not run as root
            user = "mysql"
            shutil.chown(data, user)
        small = ("--innodb-log-file-size=4M", "--innodb-buffer-pool-size=64M")
        own = ("--no-defaults", f"--user={user}", f"--datadir={data}", *small)
        self.run(
            *("mariadb-install-db", *own),
            *("--auth-root-authentication-method=normal", "--skip-test-db"),
        )
        self._start(
            *("mariadbd", "mariadbd", *own, f"--socket={data}/socket"),
            *("--bind-address=127.0.0.1", f"--port={self.known['database']}"),
            f"--pid-file={data}/pid",
        )
        client = ("mariadb", "--no-defaults", f"--socket={data}/socket", "--user=root")
        self._until(lambda: self._succeeds(*client, "-e", "select 1"), "MariaDB")
        self.run(
            *client,
            "-e",
            "create database accounting; create user slurm@'%' identified by "
            "'{password}'; create user slurm@localhost identified by '{password}'; "
            "grant all on accounting.* to slurm@'%'; "
            "grant all on accounting.* to slurm@localhost".format(**self.known),
        )
        conf = self.folder / "slurmdbd.conf"
        conf.touch(mode=0o600)  # slurmdbd refuses one that others can read
        conf.write_text(slurm_conf.ACCOUNTS.format(**self.known))
        self._start("slurmdbd", "slurmdbd", "-D")
        manage = ("sacctmgr", "--immediate")
        self._until(lambda: self._succeeds(*manage, "show", "cluster"), "slurmdbd")
        self.run(*manage, "add", "cluster", "pixels")
        self.run(*manage, "add", "account", ",".join(ACCOUNTS), "Cluster=pixels")
        own = (f"Account={','.join(ACCOUNTS)}", f"DefaultAccount={ACCOUNTS[0]}")
        self.run(*manage, "add", "user", self.known["user"], *own)

    def _start(self, name, *command):
        log = self.daemons.enter_context((self.folder / f"{name}.out").open("w"))
        daemon = subprocess.Popen(
            [str(part) for part in command],
            env=os.environ | self.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        self.daemons.callback(_end, daemon)

    def _until(self, holds, what, seconds=60):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                logs = [*self.folder.glob("*.out"), *self.folder.glob("*.log")]
                told = "\n".join(f"{log}: {log.read_text()[-800:]}" for log in logs)
                raise AssertionError(f"waited {seconds} s for {what}\n{told}")
            time.sleep(0.1)

    def _succeeds(self, *command):
        try:
            self.run(*command)
        except subprocess.SubprocessError:
            return False
        return True

    def _answers(self):
        return self._succeeds("scontrol", "ping")

    def _idle(self):
        try:
            states = self.run("sinfo", "--noheader", "--Node", "--format=%T").split()
        except subprocess.SubprocessError:
            return False
        return set(states) == {"idle"}  # of each node in each of its partitions

    def _strays(self):
        """Processes of jobs that outlived their node: they carry our configuration."""
        for process in psutil.process_iter():
            try:
                if process.environ().get("SLURM_CONF") == str(self.conf):
                    yield process
            except psutil.Error:
                pass


def _free_ports(count):
    """Ports that nobody listens on at the moment."""
    with ExitStack() as taken:
        sockets = [taken.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _end(daemon):
    """End one daemon, gently if it can be."""
    daemon.send_signal(signal.SIGTERM)
    try:
        daemon.wait(20)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
