"""supervisord over the processes of a place: its configuration, its state, its end."""

import getpass
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from deploy.local.daemon import Daemon
from deploy.local.place import CHECKOUT, Place

CONFIGURATION = """\
[supervisord]
nodaemon=true
silent=true
user={user}
directory={directory}
logfile={logs}/supervisord.log
pidfile={root}/supervisord.own.pid
identifier=platform
minfds=1024

[inet_http_server]
port=127.0.0.1:{port}
username=stack
password={password}

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=http://127.0.0.1:{port}
username=stack
password={password}
"""
# Nobody is given up: whoever falls while the broker or the database is away is tried again, a second later each time.
PROGRAM = """
[program:{name}]
command={command}
autorestart=true
startsecs=2
startretries=1000
stopwaitsecs=15
killasgroup=true
redirect_stderr=true
stdout_logfile={log}
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=2
"""


class Supervisor:
    """The supervisor of one place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.daemon = Daemon(place, "supervisord")
        self.configuration = place.root / "supervisord.conf"

    def start(self, commands: dict[str, list[str]]) -> None:
        """Start every program; they come up side by side."""
        text = CONFIGURATION.format(
            user=getpass.getuser(),
            directory=CHECKOUT,
            logs=self.place.logs,
            root=self.place.root,
            port=self.place.port("supervisor"),
            password=self.place.secret("supervisor"),
        )
        for name, command in commands.items():
            # Percent signs are expanded by supervisord.
            text += PROGRAM.format(name=name, command=shlex.join(command).replace("%", "%%"), log=self.log(name))
        Place.write(self.configuration, text)
        program = str(Path(sys.executable).with_name("supervisord"))
        self.daemon.start([program, "-n", "-c", str(self.configuration)], CHECKOUT, {"STACK": str(self.place.root)})

    def log(self, name: str) -> Path:
        return self.place.logs / f"{name}.log"

    def failed(self) -> str | None:
        """The first program that supervisord has given up, or is about to."""
        try:
            infos: Any = self.proxy.supervisor.getAllProcessInfo()
        except OSError:
            return None
        return next((str(i["name"]) for i in infos if i["statename"] in ("FATAL", "BACKOFF", "EXITED")), None)

    def pids(self) -> dict[str, int]:
        """The programs that run at this moment."""
        infos: Any = self.proxy.supervisor.getAllProcessInfo()
        return {str(each["name"]): int(each["pid"]) for each in infos if each["pid"]}

    @property
    def proxy(self) -> Any:
        """supervisord's own interface: ``proxy.supervisor.stopProcess("hazard-serve")``."""
        port, password = self.place.recorded("ports")["supervisor"], self.place.secret("supervisor")
        return ServerProxy(f"http://stack:{password}@127.0.0.1:{port}/RPC2")

    def stop(self) -> None:
        """Stop the programs all at once (left to itself, supervisord takes them one after the other), then itself."""
        if self.daemon.pid is not None:
            with suppress(OSError, Fault):
                self.proxy.supervisor.stopAllProcesses(False)
        self.daemon.stop(40)
