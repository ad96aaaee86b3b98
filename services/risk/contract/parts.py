"""Fields that several lists of this contract take."""

from services.language.fields import one_of
from services.language.schema import Schema

AGES = {"-id": "最新的在前", "id": "最早的在前"}


class ByAge(Schema):
    """The order of making; ids have it in them."""

    sort = one_of(AGES, "排序", load_default="-id")
