"""People's mediation 人民调解: a dispute from the application to the archive.

Laws: 中华人民共和国人民调解法 (2011) 17–33; 中华人民共和国民事诉讼法 (2023) 187, 205, 206;
最高人民法院关于适用《中华人民共和国民事诉讼法》的解释 (2022) 351–358; forms after 司发通〔2010〕239号.

Read domain (the table of contents), processes/*.yaml and local/*.yaml (states, steps, limits with
their articles), fields/*.yaml (what each step asks), rules (what the law forbids), documents.
"""
