"""What is to happen when: acts at moments, carried out in the order of time."""

import heapq
import itertools
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from deploy.demo.stage import Stage, at
from services.kernel import clock

Act = Callable[[], object]
# Between these, announcements wait: a figure or a task is then as old as it would be on a busy day.
BEATS = (12.5, 18.5)


class Agenda:
    """A day begins with its nightly jobs; then those who take part plan it, and it is lived through."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._acts: list[tuple[datetime, int, Act]] = []
        self._count = itertools.count()

    def add(self, moment: datetime, act: Act) -> None:
        """Let it happen at ``moment``; what is late already happens next."""
        heapq.heappush(self._acts, (max(moment, self._stage.now), next(self._count), act))

    def add_at(self, day: date, hour: float, act: Act) -> None:
        self.add(at(day, hour), act)

    def follow(self, course: Iterator[datetime]) -> None:
        """Go on with a course: it acts, and tells when it wants to act next."""
        if (moment := next(course, None)) is not None:
            self.add(moment, partial(self.follow, course))

    def run(self, until: datetime) -> None:
        """Everything before ``until``, in order."""
        while self._acts and self._acts[0][0] < until:
            moment, _, act = heapq.heappop(self._acts)
            self._stage.turn(moment)
            act()

    def live(self, day: date, until: datetime, plans: list[Callable[[date], None]]) -> None:
        """One day, or its part before ``until``."""
        night = [hour for hour in self._stage.job_hours() if hour < time(6)]
        later = [hour for hour in self._stage.job_hours() if hour >= time(6)]
        for hour in night:
            self.add(clock.start_of(day, hour), partial(self._stage.run_daily, hour))
        morning = at(day, 6)
        self.add(morning - timedelta(minutes=5), self._beat)
        self.run(min(until, morning))
        if until > morning:
            self._stage.turn(morning)
            for plan in plans:
                plan(day)
            for beat in BEATS:
                self.add_at(day, beat, self._beat)
            for hour in later:
                self.add(clock.start_of(day, hour), partial(self._stage.run_daily, hour))
            self.run(min(until, clock.end_of(day)))

    def _beat(self) -> None:
        self._stage.run_again()
        self._stage.pump()
