"""Enterprises and what they are answerable with: registration and its review, basic information and its changes,
suspension and resumption, licences, the tree of organisation units, and the catalogues of regions and industries.

Announces ``enterprise.*``, ``licence.*`` and ``org_unit.changed``; listens to risk, for the lists
in force that keep a unit in use.
"""
