"""Legal education 普法: lists of responsibility, events, places of legal culture and model villages.

Laws: 中华人民共和国法治宣传教育法 (2025) 4, 9, the only articles whose wording was read; local practice of
大连, 遂宁, 上海 for the lists, 保定市 for the yearly report, third-party evaluation and hours of study, 大兴区 for
evaluation.
No law fixes a limit in days here, so every limit is a setting of the city.

Read domain (the table of contents), codes (lists a city edits, the legal days among them), processes/*.yaml and
local/*.yaml, fields/*.yaml, rules (what is checked), documents.
"""
