"""The words in which services publish what they understand: schemas, and the kit of fields that all contracts are made of.

Only contracts (and what describes them) are written in it; nothing else in a service speaks to the outside.  Importing any
part of the package first makes marshmallow refuse in Chinese.
"""

from services.language import messages as messages
