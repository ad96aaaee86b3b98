"""Many open pages at once: streams of hints that are read by one thread, which notes what each was told and when."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import orjson

PATH = "/api/v1/events/stream"


@dataclass(frozen=True)
class Told:
    """One hint as it arrived."""

    id: str
    type: str
    subject: str
    at: float


@dataclass(eq=False)
class Stream(asyncio.Protocol):
    """One open page; ``is_open`` once the server has begun to answer."""

    headers: dict[str, str]
    told: list[Told] = field(default_factory=list)
    received: int = 0  # Bytes.
    answer: str = ""  # Its first line.
    is_open: bool = False
    is_lost: bool = False
    _rest: bytes = b""
    _id: str = ""
    _type: str = ""

    @property
    def last_id(self) -> str:
        return self.told[-1].id if self.told else ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        given = self.headers | ({"Last-Event-ID": self.last_id} if self.told else {})
        lines = [f"GET {PATH} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in given.items())]
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self.answer = self.answer or line.decode().strip()
            self._read(*line.decode().rstrip("\r").partition(": "))

    def _read(self, name: str, _: str, value: str) -> None:
        """The lengths between the pieces of the answer name nothing and are passed over."""
        if name == "retry":
            self.is_open = True
        elif name == "id":
            self._id = value
        elif name == "event":
            self._type = value
        elif name == "data" and self._type != "end":
            self.told.append(Told(self._id, self._type, orjson.loads(value).get("subject", ""), time.perf_counter()))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open, self.is_lost = False, True


class Audience:
    """Everybody who listens."""

    def __init__(self, port: int, headers: Sequence[dict[str, str]]) -> None:
        self._port, self.streams = port, [Stream(each) for each in headers]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="audience")
        self._thread.start()

    def open(self, streams: Sequence[Stream] | None = None, patience: float = 60.0) -> None:
        """Have these connect, each where it left off, and wait until all of them are answered."""
        wanted = self.streams if streams is None else streams
        asyncio.run_coroutine_threadsafe(self._connect(wanted), self._loop).result(patience)
        self.until(lambda: all(one.is_open for one in wanted), "every stream is open", patience)

    async def _connect(self, streams: Sequence[Stream]) -> None:
        at_once = asyncio.Semaphore(50)

        async def connect(one: Stream) -> None:
            async with at_once:
                one.is_lost = False
                await self._loop.create_connection(lambda: one, "127.0.0.1", self._port)

        await asyncio.gather(*map(connect, streams))

    def leave(self, streams: Sequence[Stream]) -> None:
        """Have these hang up."""
        for one in streams:
            self._loop.call_soon_threadsafe(one.transport.abort)
        self.until(lambda: all(one.is_lost for one in streams), "they have hung up")

    def until(self, is_so: Callable[[], bool], what: str, patience: float = 60.0) -> None:
        end = time.monotonic() + patience
        while not is_so():
            if time.monotonic() > end:
                answers = dict(Counter(one.answer for one in self.streams if not one.is_open))
                raise TimeoutError(f"{what}: not so after {patience:.0f} s; streams that are not open: {answers}")
            time.sleep(0.02)

    def close(self) -> None:
        self.leave([one for one in self.streams if one.is_open])
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextmanager
def audience(port: int, headers: Sequence[dict[str, str]]) -> Iterator[Audience]:
    """All of these listen while inside."""
    found = Audience(port, headers)
    try:
        found.open()
        yield found
    finally:
        found.close()
