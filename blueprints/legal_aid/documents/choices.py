"""The boxes of the forms: codes as the questions have them; the words stand in the templates."""

# 受援人类别（可交叉填写）
CATEGORIES = (
    *("disabled", "elderly", "minor", "woman", "migrant", "farmer", "ethnic", "soldier", "army_family"),
    *("veteran", "foreigner", "other"),
)
CLASSES = ("criminal", "civil", "administrative", "other")
# 法律援助形式（法律援助法第二十二条）
WAYS = ("advice", "drafting", "criminal", "representation", "duty", "labour", "other")
# 法律状态
STAGES = (
    *("none", "investigation", "prosecution", "first", "second", "retrial", "death_review", "arbitration"),
    *("mediation", "reconsideration"),
)
AGENTS = ("statutory", "entrusted")
CHANNELS = ("visit", "phone", "letter", "network")
RESULTS = ("answered", "aid", "mediation", "other")
# 经济困难状况（法律援助法第三十二条、第四十一条、第四十二条）
GROUNDS_OF_MEANS = ("economic", "exempt", "unlimited")
CHECKS = ("query", "pledge")
EXEMPTIONS = ("special", "relief", "migrant", "other")
UNLIMITED = ("hero", "brave", "innocent", "violence", "other")
# 终止的情形（法律援助法第四十八条）
TERMINATIONS = ("deceit", "conceal", "misuse", "means_changed", "case_ended", "own_lawyer", "asked", "other")
OUTCOMES = ("judgment", "mediation", "withdrawal", "arbitration", "settlement", "ended", "other")
# 值班律师的法律帮助（法律援助法第三十条）
HELP = ("advice", "procedure", "coercive", "opinion", "aid", "witness", "other")
