"""Invented appraisals, complaints and proficiency tests shaped like the figures that bureaus publish; read appraisals, oversight, plan."""
