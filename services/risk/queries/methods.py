"""The tables by which risks are assessed, told from the very ones that the server computes with."""

from typing import Any

from services.kernel.service import handles
from services.kernel.work import Work
from services.risk.contract import methods as contract
from services.risk.contract.vocabulary import DIRECT_RULES
from services.risk.domain.frequency import MINIMUM
from services.risk.domain.levels import RESPONSIBLE, Level
from services.risk.domain.measures import needed_kinds
from services.risk.domain.method_words import RESULTS, WORDS
from services.risk.domain.methods import METHODS


@handles(contract.SHOW_METHODS)
def show_assessment_methods(work: Work) -> dict[str, Any]:
    """Methods with their factors and bands, what a level asks for, and the rules of direct judgement."""
    return {
        "methods": [_method(code) for code in METHODS],
        "levels": [_level(level) for level in Level],
        "direct_rules": [{"code": code, "text": text} for code, text in DIRECT_RULES.items()],
    }


def _method(code: str) -> dict[str, Any]:
    factors = [
        {"name": name, "label": of.label, "choices": [{"value": value, "meaning": text} for value, text in of.meanings.items()]}
        for name, of in WORDS[code].items()
    ]
    bands = [{"lowest": band.lowest, "grade": band.grade, "level": band.level} for band in METHODS[code].bands]
    return {"code": code, "result": RESULTS[code], "factors": factors, "bands": bands}


def _level(level: Level) -> dict[str, Any]:
    least = [{"tier": tier, "period": of.period, "times": of.times} for tier, of in MINIMUM[level].items()]
    return {"level": level, "control_tier": RESPONSIBLE[level], "least": least, "needed": needed_kinds(level)}
