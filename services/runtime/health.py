"""``/livez``, ``/readyz`` and ``/metrics`` on a port of every process."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


def serve(port: int, checks: dict[str, Callable[[], bool]], host: str = "") -> ThreadingHTTPServer:
    """Answer in the background; ready when every check is true, else 503 with the names of those that are not."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer(200, generate_latest(), CONTENT_TYPE_LATEST)
            elif self.path == "/livez":
                self._answer(200, b"alive\n")
            elif self.path == "/readyz":
                failing = [name for name, check in checks.items() if not _holds(check)]
                self._answer(503 if failing else 200, f"{', '.join(failing) or 'ready'}\n".encode())
            else:
                self._answer(404, b"not found\n")

        def _answer(self, status: int, body: bytes, content_type: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((host, port), Handler)
    Thread(target=server.serve_forever, daemon=True, name="health").start()
    return server


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        return False
