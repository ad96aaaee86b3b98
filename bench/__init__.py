"""Benchmarks: the platform beside what one would build without it, in one run on one machine.

Each module answers one question and gives rows for ``RESULTS.md``; ``python -m bench`` starts a platform of its own under
``.stack/bench``, asks them one after the other and leaves nothing behind.  Where rows are needed by the million,
``generate`` makes them, the same from every run; what the platform is compared with stands in ``peers``.
"""
