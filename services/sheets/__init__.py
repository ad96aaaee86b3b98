"""Spreadsheets that people fill in and send back: the workbook to be filled in, and what the cells of a filled-in one say.

What the rows mean is its service's matter.  It is shared because whatever strangers send is let in by one guarded door
(``package``), and because all sheets are filled in and refused in one way.
"""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
