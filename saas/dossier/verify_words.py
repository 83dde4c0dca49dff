"""The sentences of a verification: what is wrong, what the check proves, and what it cannot."""

from datetime import datetime
from typing import Any

from saas import clock
from saas.signing.checking import Checked

UNREADABLE = "这个文件打不开，不是完整的 PDF 卷宗。"
NO_DATA = "文件里没有卷宗数据，不是本系统导出的卷宗，或者数据已被去掉。"
SPOILT = "文件里的卷宗数据已损坏，不能核对各页。"
ARCHIVE = "这是一个压缩包。请先解压，再核验其中的 dossier.pdf。"
NOT_ASKED = "没有查询导出登记，只核对了文件自身，还不能确认是系统导出的原件。"
NOT_FOUND = "导出登记中没有这份文件：它不是系统导出的原件，或者导出后被改动过。"
STRIPPED = "签名被去掉了：内容与登记的一字不差，但导出时加上的电子签名已经不在文件里，请使用原来的文件。"
APPENDED = "文件末尾追加了内容：前面的部分是系统导出的原件，追加的部分不是。"
COPY_APPENDED = "文件末尾追加了内容：前面的部分是登记过的副本，追加的部分不是。"
SIGNED_ANEW = "内容与登记的一致，但电子签名部分被改动过或者换成了别的签名。"
BROKEN = "电子签名核对不上：签名以后文件被改动过，或者签名本身已损坏。"
GROWN = "签名以后又追加了内容，追加的部分不受电子签名保护。"
STRANGE = "电子签名是用“{subject}”的证书签的（指纹 {fingerprint}），这张证书不是本系统登记的，不能说明由本系统签发。"


UNKNOWN_DIGEST = "导出登记中没有这个校验码，请核对有没有填错；文件被改动过的，校验码也会不同。"
REACH_OF_DIGEST = {
    "proves": ["登记中有没有这个校验码，由谁在什么时候导出，是不是最新的一份。"],
    "cannot": ["没有看到文件，不能说明您手上的文件是不是这一份。", "卷宗里写的事实是否属实，不在核验范围内。"],
}


def known(*, found: bool, copy_of: str | None) -> list[str]:
    """What is wrong with a digest that was looked up."""
    if not found:
        return [UNKNOWN_DIGEST]
    return [f"这是副本的校验码，原件的校验码是 {copy_of}。"] if copy_of else []


def signature_problems(found: Checked) -> list[str]:
    """What is wrong with the signature of a file; a file without one is judged by the register."""
    if found.state == "broken":
        return [BROKEN]
    problems = [GROWN] if found.state == "appended" else []
    if found.state != "none" and found.trusted is False and found.certificate is not None:
        about = found.certificate
        problems.append(STRANGE.format(subject=about.subject, fingerprint=about.fingerprint))
    return problems


def superseded(exported: datetime, newer: datetime, digest: str) -> str:
    """That there is a newer export of the same case."""
    return (
        f"这是 {_time(exported)} 导出的原件，但同一案件在 {_time(newer)} 又导出过内容不同的卷宗，"
        f"请以新的为准（校验码 {digest}）。"
    )


def copy(taken_at: datetime, original: str | None) -> str:
    """That a file is a copy for somebody; strangers read this too, so it names nobody."""
    return f"这是登记过的副本，不是原件：{_time(taken_at)} 取走，原件的校验码是 {original}。"


def reach(signature: Checked, *, asked: bool, found: bool) -> dict[str, Any]:
    """What this check proves and what it cannot, in sentences."""
    proves = ["每一页、每个随卷附件与文件内的卷宗数据是否一致。"]
    cannot: list[str] = []
    _of_signature(signature, proves, cannot)
    _of_register(proves, cannot, asked=asked, found=found)
    cannot.append("卷宗里写的事实是否属实，不在核验范围内。")
    return {"proves": proves, "cannot": cannot}


def _of_signature(signature: Checked, proves: list[str], cannot: list[str]) -> None:
    if signature.state in {"none", "broken"}:
        cannot.append("文件没有可以核对的电子签名，不能离开登记单独说明由谁签发。")
        return
    proves.append("电子签名覆盖的部分自签名以后有没有改动。")
    if signature.trusted is None:
        cannot.append("没有可以信任的证书，只能说明签名完整，不能说明签名人是谁；请另行核对证书指纹。")
    if signature.certificate is not None and signature.certificate.is_test:
        cannot.append("签名证书是测试签发的，不具有法律效力。")
    if signature.stamped_at is None:
        cannot.append("签名时间是签名一方写上去的，没有时间戳机构证明。")


def _of_register(proves: list[str], cannot: list[str], *, asked: bool, found: bool) -> None:
    if not asked:
        cannot.append("没有查询导出登记，不能说明是不是系统导出的、是不是最新的一份。")
        return
    proves.append("是不是系统登记过的文件" + ("，由谁在什么时候导出，是不是最新的一份。" if found else "。"))


def _time(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}"
