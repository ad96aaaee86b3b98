"""What somebody can do with a listing for supervision now, and why not the rest: by the checks of its moves themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from services.hazard.domain.listing import MOVES, RUNNING, Move, SupervisionListing
from services.hazard.domain.possible import Parted, reachable, tried
from services.kernel.caller import Caller

STEPS = [(str(before), str(move), str(after)) for (before, move), after in MOVES.items()]


@dataclass(frozen=True)
class Act:
    """Something to do, by the name of its operation; the log moves nothing."""

    name: str
    move: Move | None
    who: Callable[[SupervisionListing, Caller, bool], None]

    def require(self, listing: SupervisionListing, by: Caller, is_in_acceptance: bool) -> None:
        """Refuse as the move itself would."""
        if self.move is None:
            listing.require_running()
        else:
            listing.to(self.move)
        self.who(listing, by, is_in_acceptance)

    def begins(self) -> frozenset[str]:
        """The states in which it is possible."""
        return frozenset(before for before, move, _ in STEPS if move == self.move) if self.move else frozenset(map(str, RUNNING))


# In the order in which they are offered: the first that is possible is what the listing waits for.
ACTS = (
    Act("decide_listing", Move.LIST, lambda of, by, _: of.require_decider(by, of.proposed_by)),
    Act("decide_listing_extension", Move.APPROVE_EXTENSION, lambda of, by, _: of.require_decider(by, of.extension_by)),
    Act("decide_lifting", Move.LIFT, lambda of, by, _: of.require_decider(by, of.applied_by)),
    Act("log_supervision", None, lambda of, by, _: of.require_authority(by)),
    Act("apply_lifting", Move.APPLY_LIFT, SupervisionListing.require_liftable),
    Act("request_listing_extension", Move.REQUEST_EXTENSION, lambda of, by, _: of.require_enterprise(by)),
)


def parted(listing: SupervisionListing, by: Caller, names: set[str], is_in_acceptance: bool) -> Parted:
    """Of the acts that a role may at all: those possible now, and with their reason those that are still ahead."""
    asked = [act for act in ACTS if act.name in names]
    tries = [(act.name, partial(act.require, listing, by, is_in_acceptance), act.begins()) for act in asked]
    return tried(tries, reachable(STEPS, str(listing.status)))
