"""What every service is written on: how it is called, stores, announces, hears and accounts for what it does.

The kernel knows no business noun but region and caller, and no process (``services.runtime`` runs it); it stays under
1,000 lines (a test counts them) and changes only together with a decision record in ``docs/adr``.
"""
