"""Many callers at once, each living through one story after the other until enough has been done.

An answer that leaves open what has happened is met with the same command under the same key, until it is known.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

from tests.chaos.ledger import Command, Ledger
from tests.chaos.people import Prefecture
from tests.chaos.stories import WEIGHTS, Lookup
from tests.chaos.web import Answer, Web

PERSISTENCE = 600.0  # For how long one command is repeated before it counts as stuck.
UNHEARD = (401, 403)  # Who is refused at the door learns nothing of what he sent before.


class Driver:
    """``start`` lets the callers loose; they end by themselves once ``enough()``, or when told to ``stop``."""

    def __init__(
        self, web: Web, ledger: Ledger, prefecture: Prefecture, callers: int, seed: str, enough: Callable[[], bool]
    ) -> None:
        self.web, self.ledger, self.prefecture = web, ledger, prefecture
        self.faults: Counter[str] = Counter()
        self.broken: list[str] = []
        self.started_at = 0.0
        self._enough = enough
        self._stop = threading.Event()
        self._pause = threading.Event()
        self._threads = [threading.Thread(target=self._live, args=(Random(f"{seed}:{n}"),), daemon=True) for n in range(callers)]

    def start(self) -> None:
        self.started_at = time.time()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()

    def hold(self, is_held: bool) -> None:
        """Let nobody begin a new command for now; or go on."""
        (self._pause.set if is_held else self._pause.clear)()

    def join(self, seconds: float) -> bool:
        """Whether everybody has come to an end."""
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(end - time.monotonic(), 0))
        return not any(thread.is_alive() for thread in self._threads)

    def _live(self, chance: Random) -> None:
        stories, weights = list(WEIGHTS), list(WEIGHTS.values())
        while not (self._enough() or self._stop.is_set()):
            at = chance.choice(self.prefecture.enterprises)
            (story,) = chance.choices(stories, weights)
            try:
                self._tell(story(at, self.prefecture, chance, self._looker(chance)), chance)
            except Exception as error:
                self.broken.append(f"{story.__name__}: {type(error).__name__}: {error}")

    def _tell(self, story: Any, chance: Random) -> None:
        command = next(story, None)
        while command is not None and not self._stop.is_set():
            while self._pause.is_set():
                time.sleep(0.05)
            answer = self.carry_out(command, chance)
            if not answer.is_done or self._enough():
                return  # What follows would rest on what is not there.
            try:
                command = story.send(answer.body)
            except StopIteration:
                return

    def carry_out(self, command: Command, chance: Random) -> Answer:
        """Send one command until its answer is known."""
        key, unsettled = str(uuid4()), list[str]()
        self.ledger.begin(key, command)
        end = time.monotonic() + PERSISTENCE
        while True:
            headers = {"Idempotency-Key": key, "X-Request-ID": key}
            answer = self.web.ask(command.token, command.method, command.path, command.body, **headers)
            if answer.status == 500:
                self.faults[f"{command.operation} {answer.code}"] += 1
            is_open = not answer.is_known or (unsettled and answer.status in UNHEARD)
            if not is_open or time.monotonic() > end:
                self.ledger.end(key, command, len(unsettled) + 1, unsettled, answer)
                return answer
            unsettled.append(f"{answer.status} {answer.code}")
            time.sleep(min(0.1 * 2 ** min(len(unsettled), 4), 2) * chance.uniform(0.5, 1))

    def _looker(self, chance: Random) -> Lookup:
        def look(token: str, path: str) -> dict[str, Any] | None:
            """What comes by announcements: asked for until it is there."""
            end = time.monotonic() + 60
            while time.monotonic() < end and not self._stop.is_set():
                answer = self.web.ask(token, "GET", path)
                if answer.is_done and answer.body["items"]:
                    return dict(answer.body)
                time.sleep(chance.uniform(0.3, 0.8))
            return None

        return look
