"""Ways of serving a document: what each is called, when it may be used, and what has to be written down with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SOURCE = "参照法院送达的通行做法，未核对原文"


@dataclass(frozen=True)
class Way:
    """A way of serving.

    Attributes:
        title: As people call it.
        condition: When it may be used.
        needs: What has to be written down with it, each with the sentence that asks for it.
    """

    title: str
    condition: str
    needs: Mapping[str, str] = field(default_factory=dict)


WAYS: Mapping[str, Way] = {
    "direct": Way("直接送达", "交给受送达人本人；本人不在的，交给同住成年家属、代收人或者单位的收件人。"),
    "left": Way(
        "留置送达",
        "受送达人拒绝签收时，由见证人在场，把文书留在住所。",
        {"witness": "留置送达的，请写明见证人。", "place": "留置送达的，请写明留在什么地方。"},
    ),
    "post": Way("邮寄送达", "直接送达有困难时，以回执上注明的收件日期为准。", {"postal_number": "请填写邮件号码。"}),
    "electronic": Way(
        "电子送达", "受送达人同意以电子方式接收。", {"place": "请填写受送达人确认的电子地址，例如手机号、邮箱。"}
    ),
    "entrusted": Way(
        "委托送达", "直接送达有困难时，委托其他单位代为送达。", {"received_by": "请写明受委托送达的单位和收件人。"}
    ),
    "announced": Way(
        "公告送达", "下落不明，或者用其他方式都不能送达时。", {"place": "请写明公告刊登或者张贴在什么地方。"}
    ),
}
