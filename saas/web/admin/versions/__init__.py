"""Review of drafts, versions compared, cases moved: differing, review, deciding, comparing, planning, moves."""
