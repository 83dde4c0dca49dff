"""What a verification of the record finds, in words for whoever has to act on it."""

from dataclasses import asdict, dataclass, field
from typing import Any

SENTENCES = {
    "event_changed": "第 {seal} 号封印中的一条记录被改动过（{event}）。",
    "event_deleted": "第 {seal} 号封印中的第 {leaf} 条记录被删除（{event}）。",
    "index_missing": "第 {seal} 号封印中第 {leaf} 条记录的封印索引被删除。",
    "event_unsealed": "有一条早于封印的记录不在任何封印之内：事后补插，或者它的封印索引被删除（{event}）。",
    "root_wrong": "第 {seal} 号封印与它的索引对不上：索引或者封印的根值被改动。",
    "seal_changed": "第 {seal} 号封印本身被改动，它的签名不再成立。",
    "seal_unchained": "第 {seal} 号封印接不上前一号封印：中间的封印被删除、替换或者改动。",
    "link_changed": "第 {link} 号重要操作链接被改动，或者它所指的记录被改动（{event}）。",
    "link_missing": "重要操作链接缺少第 {link} 号。",
    "link_event_deleted": "第 {link} 号重要操作链接所指的记录被删除（{event}）。",
    "link_absent": "一条重要操作记录没有链接：事后补插，或者链接被删除（{event}）。",
    "link_tail": "重要操作链接的末尾被删除：第 {seal} 号封印见证到第 {link} 号，现在已经没有。",
    "anchor_differs": "第 {seal} 号封印与库外存证不一致：封印被重做过。",
    "anchor_conflict": "库外存证中第 {seal} 号封印出现过两个不同的值：最后的封印曾被删除后重做。",
    "tail_missing": "最后的封印连同记录被删除：库外存证到第 {seal} 号，库里没有这一号。",
    "wiped": "操作日志被清空：库外存证到第 {seal} 号，库里一个封印也没有。",
    "anchors_unreadable": "库外存证读不到，本次没有与它核对。请检查存证的位置后重新核验。",
}
MOST = 200  # findings that are told one by one


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: what kind, and which seal, place, link or event it is."""

    kind: str
    seal: int | None = None
    leaf: int | None = None
    link: int | None = None
    event: str | None = None

    @property
    def sentence(self) -> str:
        """What is wrong, naming the place."""
        return SENTENCES[self.kind].format(seal=self.seal, leaf=self.leaf, link=self.link, event=self.event)


@dataclass
class Report:
    """What was looked at and what was found.

    Attributes:
        events: How many events under seals were held against their leaves.
        seals: How many seals.
        links: How many links.
        anchors: How many heads outside the database were held against seals.
        waiting: How many events are not yet under a seal, as is usual for less than a minute.
        seconds: How long it took.
        notes: What an auditor should know though nothing is wrong.
        findings: What is wrong, at most :data:`MOST` of them.
        total: How many things are wrong.
    """

    events: int = 0
    seals: int = 0
    links: int = 0
    anchors: int = 0
    waiting: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    total: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.total

    def add(self, kind: str, **where: Any) -> None:  # noqa: ANN401 - the fields of a finding
        """Note something that is wrong."""
        self.total += 1
        if len(self.findings) < MOST:
            self.findings.append(Finding(kind, **where))

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values, each finding with its sentence."""
        told = [
            {name: value for name, value in asdict(one).items() if value is not None} | {"sentence": one.sentence}
            for one in self.findings
        ]
        return {"ok": self.ok, **vars(self), "findings": told}
