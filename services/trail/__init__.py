"""How every service reads out its own audit trail, and vouches for it: written once and taken by all seven.

The one operation has no route: the gateway asks all services at once and puts their trails together (``GET /audit``).  Each
service announces signed checkpoints of its chain; the gateway keeps those of the others, and stats those of the gateway.
"""

from services.trail.contract.checkpoints import sealed

__all__ = ["announces"]

announces = sealed  # What a service that takes this announces besides what stands in its contract.
