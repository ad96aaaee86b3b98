"""The published language of the stats service: the only package of it that others may import."""

from services.stats.contract import layers, reports
from services.stats.contract.events import EVENTS, FIGURES_CHANGED
from services.stats.contract.permissions import PERMISSIONS

__all__ = ["EVENTS", "FIGURES_CHANGED", "OPERATIONS", "PERMISSIONS"]

OPERATIONS = [*reports.OPERATIONS, *layers.OPERATIONS]
