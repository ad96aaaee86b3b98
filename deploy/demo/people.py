"""People: their accounts, and the callers that the gateway makes of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from deploy.demo.material import table
from deploy.demo.stage import ADDRESS, Stage
from gateway.identity.standing import Standing, by_id, by_username
from services.kernel.caller import Caller


@dataclass(eq=False)
class Person:
    """Somebody with an account; ``password`` is the one he has now, for those who are to be signed in as."""

    account_id: str
    username: str
    name: str
    title: str
    roles: list[str]
    password: str
    place: str = ""
    unit_id: str | None = None
    standing: Standing | None = field(default=None, repr=False)


class People:
    """Everybody, and who has which part at his enterprise or bureau."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._names = Names(stage.chance)
        self.all: list[Person] = []

    def name(self) -> str:
        return self._names.next()

    def mobile(self) -> str:
        return self._names.mobile()

    def caller(self, person: Person) -> Caller:
        """The caller as the gateway makes him of the account, read anew after every change of it."""
        if person.standing is None:
            person.standing = by_id(self._stage.database("gateway"), person.account_id)
            assert person.standing is not None
        return replace(person.standing.caller, address=ADDRESS)

    def office(self, username: str) -> Person:
        """One of the first administrators."""
        found = by_username(self._stage.database("gateway"), username)
        if found is None:
            raise SystemExit("the platform has no administrators yet: seed it first")
        account = found[0].account
        return Person(account["id"], username, account["name"], account["name"], account["roles"], "")

    def keep(self, account: dict[str, Any], title: str, password: str, place: str = "") -> Person:
        person = Person(account["id"], account["username"], account["name"], title, account["roles"], password, place)
        person.unit_id = account.get("unit_id")
        self.all.append(person)
        return person


def with_role(people: Iterable[Person], *roles: str) -> Person:
    """The one who is most of all what is asked for: whoever has the first of the roles that anybody has."""
    known = list(people)
    for role in roles:
        for person in known:
            if role in person.roles:
                return person
    raise LookupError(f"nobody is {roles} among {[p.title for p in known]}")


class Names:
    """Names of people, none twice while there are others."""

    def __init__(self, chance: Random) -> None:
        parts = table("people")
        self._chance = chance
        self._prefixes = parts["mobile_prefixes"]
        self._left = [surname + given for surname in parts["surnames"] for given in parts["given"]]
        chance.shuffle(self._left)

    def next(self) -> str:
        return self._left.pop()

    def mobile(self) -> str:
        return self._chance.choice(self._prefixes) + "".join(self._chance.choices("0123456789", k=8))
