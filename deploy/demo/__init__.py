"""Demonstration data: one county with its bureaus and enterprises, lived through for sixty days up to today.

Nothing is written into tables: people with accounts call the platform's operations at simulated moments, the same jobs
run at their hours, and the same outbox, inbox and reactions carry what is announced.  So figures, histories and audit
agree, and whatever the rules refuse is not in the data.  What people are called, what they find and what they write
stands in ``data``; the modules beside this one only play it.  The same seed and the same last moment give the same data.
"""
