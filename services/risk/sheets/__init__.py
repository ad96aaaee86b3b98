"""Risk points as a spreadsheet: the template, and reading one that people have filled in."""
