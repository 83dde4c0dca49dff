"""What people have certified, by kind of matter: the matter, its use, the papers, the text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One kind of matter: its kind, words and papers; ``abroad`` is where certificates of it are used.

    In ``wording`` stands ``{a}`` for the applicant.
    """

    kind: str
    matter: str
    purpose: str
    materials: str
    wording: str
    category: str = "domestic_civil"
    abroad: str = ""
    real_estate: bool = False


STORIES = (
    Story(
        "03",
        "委托亲属出售房屋",
        "办理房屋过户",
        "居民身份证1份\n不动产权证书1份",
        "兹证明{a}在本公证员的面前，在前面的《委托书》上签名。",
        real_estate=True,
    ),
    Story(
        "04",
        "放弃继承权声明",
        "办理继承手续",
        "居民身份证1份\n亲属关系证明1份",
        "兹证明{a}在本公证员的面前，在前面的《声明书》上签名。",
    ),
    Story(
        "02",
        "继承银行存款",
        "支取存款",
        "居民身份证1份\n死亡证明1份\n亲属关系证明1份",
        "兹证明被继承人的遗产由{a}继承。",
    ),
    Story(
        "06",
        "立遗嘱",
        "处分本人财产",
        "居民身份证1份\n财产权属证明1份",
        "兹证明{a}在本公证员的面前，在前面的《遗嘱》上签名、捺指印。",
    ),
    Story(
        "12",
        "出生公证",
        "出国留学",
        "居民身份证1份\n出生医学证明1份",
        "兹证明{a}的出生日期和出生地与出生医学证明的记载相符。",
        "foreign_civil",
        "英国",
    ),
    Story(
        "10",
        "亲属关系公证",
        "探亲",
        "居民身份证1份\n户口簿1份",
        "兹证明{a}与其父母的亲属关系属实。",
        "foreign_civil",
        "日本",
    ),
    Story(
        "19",
        "无犯罪记录公证",
        "出国工作",
        "居民身份证1份\n无犯罪记录证明1份",
        "兹证明{a}在中国居住期间没有犯罪记录。",
        "foreign_civil",
        "德国",
    ),
    Story(
        "10",
        "亲属关系公证",
        "办理继承手续",
        "居民身份证1份\n户口簿1份",
        "兹证明{a}与其祖父母的亲属关系属实。",
        "region",
        "香港",
    ),
    Story(
        "01",
        "借款合同公证",
        "履行合同",
        "居民身份证1份\n借款合同3份",
        "兹证明{a}与出借人于本日签订了前面的《借款合同》。",
        "domestic_economic",
    ),
    Story(
        "23",
        "毕业证书影印本与原本相符",
        "求职",
        "居民身份证1份\n毕业证书1份",
        "兹证明前面的影印本与{a}持有的毕业证书原本相符。",
    ),
)
"""Matters with figures in words, as certificates have them."""
