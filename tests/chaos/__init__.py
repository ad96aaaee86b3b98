"""The rig that breaks the platform on purpose: it stands outside, speaks HTTP, and afterwards counts what there is.

``rig`` starts a private platform and lays hands on its processes, ``people`` found an office and some enterprises in it,
``stories`` say what they do, ``driver`` does it and writes every command into the ``ledger``, ``faults`` break something
meanwhile, ``quiet`` waits until nothing moves any more, and ``oracle`` joins the ledger with everything that was stored.
"""
