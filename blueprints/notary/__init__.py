"""Notarial work 公证: a matter from the appointment to the archive, and help between offices with a backlog.

Laws: 中华人民共和国公证法 (2017) 2, 4–6, 11–13, 23–41; 公证程序规则 (司法部令第145号, 2020), of which articles 1 to 9
were read and the others are from memory, their limits settings; 关于压缩公证办理期限的指导意见 (2024).

Read domain (the table of contents), processes/*.yaml (states, steps, limits with their articles), fields/*.yaml (what
each step asks), rules (what the law forbids), documents.
"""
