"""Legal aid 法律援助: from the consultation or application to the archive, notified defence, and lawyers on duty.

Laws: 中华人民共和国法律援助法 (2022) 22–59; 办理法律援助案件程序规定（司法部令第148号） (2023);
法律援助值班律师工作办法（司规〔2020〕6号）; 中华人民共和国未成年人保护法 104; 保障农民工工资支付条例 45;
北京市法律援助条例 (2009) 21, 24; forms after 法律援助文书格式（2023）.

Read domain (the table of contents), codes (lists to choose from), processes/*.yaml and local/*.yaml (states, steps,
limits with their articles), fields/*.yaml (what each step asks), rules (what the law forbids), documents.
"""
