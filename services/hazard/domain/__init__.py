"""The rules of hazards in plain Python: general and major ones, their deadlines, plans and listings."""
