"""Plain Python: what bureaus, officers, check tables, inspections and documents are, and which steps they may take."""
