"""Which rules for passwords a deployment keeps: ``mlps3`` (等保三级, the default) or ``asvs``."""

from functools import cache

from environs import Env
from marshmallow import validate


@cache
def password_profile() -> str:
    chosen: str = Env().str("PASSWORD_PROFILE", "mlps3", validate=validate.OneOf(["mlps3", "asvs"]))
    return chosen
