"""The rules of enterprises in plain Python: registration, changes, suspension, licences, organisation."""
