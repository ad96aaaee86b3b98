"""The load: a small process of its own that sends prepared requests over kept connections and times the answers.

``python -m bench.driver plan.json``, a plan being ``requests``, ``connections``, ``seconds``, ``most``, ``rate`` and ``first``:
how many answers are not noted, for what is slow only the first time is over with them.  With a rate each request has a
moment at which it ought to be sent, and its time counts from that moment, so that a server that stalls cannot hide those it
kept from being sent; without one each connection sends its next request when it has its answer.
"""

import json
import resource
import socket
import sys
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

Answer = tuple[int, bool]


class Line:
    """One connection that is kept; opened anew when the server has closed it."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._socket: socket.socket | None = None
        self._used = 0.0

    def ask(self, request: bytes) -> int:
        """The status of the answer, once it is here whole."""
        # A server forgets a connection that has been idle for some seconds: better to open it anew than to lose a request.
        if self._socket is None or time.monotonic() - self._used > 2:
            self.close()
            self._socket = socket.create_connection(self._address, 30)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        status, is_kept = _read(self._socket)
        self._used = time.monotonic()
        if not is_kept:
            self.close()
        return status

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _read(of: socket.socket) -> Answer:
    """The status, and whether the connection stays open."""
    data = bytearray()
    while (end := data.find(b"\r\n\r\n")) < 0:
        _more(of, data)
    head = bytes(data[:end]).lower()
    _, told, rest = head.partition(b"content-length:")
    if not told:
        raise ConnectionError("an answer without its length")
    length = int(rest.partition(b"\r\n")[0])
    while len(data) < end + 4 + length:
        _more(of, data)
    return int(head.split(b" ", 2)[1]), b"connection: close" not in head


def _more(of: socket.socket, data: bytearray) -> None:
    piece = of.recv(65536)
    if not piece:
        raise ConnectionError("the server hung up")
    data += piece


def encode(method: str, path: str, headers: dict[str, str], body: Any = None) -> str:
    """One request as it goes over the line."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]) + content.decode()


class Load:
    """One run of a plan."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._requests = [text.encode() for text in plan["requests"]]
        self._address = plan["host"], plan["port"]
        self._connections, self._rate, self._seconds = plan["connections"], plan.get("rate"), plan["seconds"]
        self._most, self._first = plan.get("most"), plan.get("first", 0)
        self._numbers = count()
        self.latencies: list[float] = []
        self.statuses: Counter[str] = Counter()

    def run(self) -> dict[str, Any]:
        self._start = time.perf_counter() + 0.1
        threads = [threading.Thread(target=self._send) for _ in range(self._connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        used = resource.getrusage(resource.RUSAGE_SELF)
        elapsed = time.perf_counter() - self._start
        cpu = used.ru_utime + used.ru_stime
        return {"seconds": elapsed, "cpu": cpu, "statuses": dict(self.statuses), "latencies": sorted(self.latencies)}

    def _send(self) -> None:
        line = Line(*self._address)
        while True:
            number = next(self._numbers)
            intended = self._start + number / self._rate if self._rate else time.perf_counter()
            if intended - self._start >= self._seconds or (self._most is not None and number >= self._most):
                return line.close()
            if time.perf_counter() - self._start >= self._seconds * 1.2:  # Far behind: what is not sent is at least so late.
                self._note(number, "unsent", intended)
                continue
            if (wait := intended - time.perf_counter()) > 0:
                time.sleep(wait)
            try:
                status = str(line.ask(self._requests[number % len(self._requests)]))
            except OSError as error:
                status = type(error).__name__
                line.close()
            self._note(number, status, intended)

    def _note(self, number: int, status: str, intended: float) -> None:
        if number < self._first:
            return
        self.statuses[status] += 1
        self.latencies.append(time.perf_counter() - intended)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(Load(json.loads(Path(sys.argv[1]).read_text())).run()))
