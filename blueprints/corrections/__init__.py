"""Community corrections and placement 社区矫正与安置帮教: the investigation before a sentence, serving, help after it.

Laws: 中华人民共和国社区矫正法 (2020) 17–58; 中华人民共和国监狱法 (2026) 47, 58–62;
中华人民共和国刑法 38–41, 72–77, 81–86; 中华人民共和国刑事诉讼法 (2018) 105, 265–269;
中华人民共和国预防未成年人犯罪法 53–59. Limits of the 社区矫正法实施办法, whose text was not read, are settings.

Read domain (the table of contents), processes/*.yaml and local/*.yaml (states, steps, limits with their articles),
fields/*.yaml (what each step asks), rules with checks/ and measures (what the law forbids, what recorded facts
support), labels and roles (who sees a minor's file), documents.
"""
