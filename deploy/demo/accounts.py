"""The accounts to try the platform with: real random passwords, changed once as their owners would, in a table to read."""

import secrets
import string
from concurrent.futures import Future, ThreadPoolExecutor

from deploy.demo.people import People, Person
from deploy.demo.stage import Stage
from gateway.identity.hashing import beforehand, hashed

ALPHABET = string.ascii_letters + string.digits + "-_#"
LENGTH = 18
# Enterprises whose people are all listed: a large mine, a chemical plant, a builder, and one of the neighbour county.
SHOWN = ("qgl", "jxk", "djz", "xsj", "jsj")


def new_password() -> str:
    """Random in earnest, whatever the seed of the demonstration is: whoever knows the seed shall not know it."""
    while True:
        made = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(c.islower() for c in made) and any(c.isupper() for c in made) and any(c.isdigit() for c in made):
            return made


class Accounts:
    """Lifts the forced change for those who are shown, and writes their table."""

    def __init__(self, stage: Stage, people: People) -> None:
        self._stage, self._people = stage, people
        self._hashing = ThreadPoolExecutor(1)
        self._own: dict[str, tuple[str, Future[str]]] = {}

    @property
    def shown(self) -> list[Person]:
        """Everybody of government, all people of a few enterprises."""
        return [p for p in self._people.all if p.username.partition(".")[0] in SHOWN or p.username.startswith(OFFICIAL)]

    def prepare(self) -> None:
        """Have the own passwords of those who have come since hashed beside the play: at full cost that takes seconds."""
        for person in self.shown:
            if person.username not in self._own:
                password = new_password()
                self._own[person.username] = (password, self._hashing.submit(hashed, password))

    def settle(self) -> None:
        """Each changes his first password for one of his own."""
        self.prepare()
        with beforehand({password: hashing.result() for password, hashing in self._own.values()}):
            for person in self.shown:
                password, _ = self._own[person.username]
                caller = self._people.caller(person)
                self._stage.call(caller, "change_password", old_password=person.password, new_password=password)
                person.password, person.standing = password, None
        self._hashing.shutdown()

    def text(self, address: str = "") -> str:
        """The table: where somebody belongs, what he is, what he signs in with."""
        lines = ["# 演示账号（角色 用户名 密码）；密码为本机随机生成，仅供演示", ""]
        place = None
        for person in self.shown:
            if person.place != place:
                place = person.place
                lines += ["", place]
            lines.append(f"  {_wide(person.title, 22)}{person.username:<20}{person.password}")
        return "\n".join([*lines, ""])


OFFICIAL = ("sheng.", "bijie.", "qianxi.", "jinsha.")


def _wide(words: str, width: int) -> str:
    """Padded on the right, where a Chinese character takes two places."""
    taken = sum(2 if ord(c) > 255 else 1 for c in words)
    return words + " " * max(1, width - taken)
