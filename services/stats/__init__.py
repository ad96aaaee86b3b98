"""Figures of the whole platform: what each enterprise, county and industry has to check, has checked, found and put right.

It keeps one contribution an aggregate, as of its newest version, and folds what has changed into rollups twice a second.
Announces ``figures.changed``; listens to enterprises, risks, hazards, inspections, notices and the signing in of enterprises.
"""
