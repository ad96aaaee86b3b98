"""The hazard service: its contract, its handlers, its reactions, its jobs, and what its unique indexes say to people."""

from services import trail
from services.hazard import commands, contract, jobs, queries, reactions
from services.kernel.service import Service

SERVICE = Service(
    "hazard",
    contract,
    [commands, queries, reactions, jobs, trail],
    unique={
        "hazard_pkey": ("hazard.already_registered", "该隐患已登记，请勿重复提交"),
        "supervision_listing_pkey": ("listing.already_proposed", "该督办已提请，请勿重复提交"),
        "supervision_listing_open": ("listing.open_exists", "该隐患已提请或正在挂牌督办"),
    },
)
