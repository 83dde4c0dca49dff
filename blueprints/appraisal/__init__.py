"""Oversight of forensic appraisal 司法鉴定: cases, complaints, licences, grades, proficiency tests, inspections.

Laws: 全国人民代表大会常务委员会关于司法鉴定管理问题的决定; 司法鉴定程序通则 (司法部令第132号);
司法鉴定执业活动投诉处理办法 (司法部令第144号); 北京市司法鉴定管理条例 (2021); forms after 司发通〔2016〕112号.

Read domain (the table of contents), processes/*.yaml and local/*.yaml (states, steps, limits with
their articles), fields/*.yaml (what each step asks), lists (codes), rules (what the law forbids), documents.
"""
