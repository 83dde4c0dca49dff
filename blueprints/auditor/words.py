"""The record in words: what an action is called, and what its detail says."""

from collections.abc import Mapping
from typing import Any

from blueprints.auditor import actions as own
from saas.audit import actions as identity
from saas.cases.actions import CASE_TITLES, CalendarAudit, ListAudit
from saas.configuration import actions as configuration
from saas.credentials import actions as credentials
from saas.crypto import actions as keys
from saas.documents import actions as documents
from saas.documents import ways
from saas.documents.designs import actions as designs
from saas.dossier import actions as dossier
from saas.identity import actions as rights
from saas.inspections import actions as inspections
from saas.jobs import actions as jobs
from saas.moving import actions as moving
from saas.oversight import actions as oversight
from saas.rehearsal import actions as rehearsal
from saas.settings import actions as settings
from saas.signing import actions as signing
from saas.workflow import actions as processes
from tenants.data import actions as whole
from tenants.guests import actions as guests
from tenants.lifecycle import actions as life

TITLES: Mapping[str, str] = {
    **identity.TITLES,
    **credentials.TITLES,
    **jobs.TITLES,
    **oversight.TITLES,
    **rights.TITLES,
    **documents.TITLES,
    **designs.TITLES,
    **dossier.TITLES,
    **processes.TITLES,
    **rehearsal.TITLES,
    **moving.TITLES,
    **settings.TITLES,
    **signing.TITLES,
    **configuration.TITLES,
    **own.TITLES,
    **life.TITLES,
    **whole.TITLES,
    **keys.TITLES,
    **guests.TITLES,
    **inspections.TITLES,
    **CASE_TITLES,
    ListAudit.MADE: "新建代码表",
    ListAudit.ADDED: "代码表增加条目",
    ListAudit.RENAMED: "代码表条目改名",
    ListAudit.OPENED: "启用代码表条目",
    ListAudit.CLOSED: "停用代码表条目",
    ListAudit.MOVED: "调整代码表顺序",
    ListAudit.TAKEN_OVER: "导入代码表",
    CalendarAudit.LOADED: "载入放假安排",
    CalendarAudit.DAY_SET: "设定本市的工作日",
    CalendarAudit.DAY_REMOVED: "恢复全国的工作日安排",
    CalendarAudit.TAKEN_OVER: "导入工作日历",
    "file.added": "添加材料",
    "file.read": "查看材料",
    "file.damaged": "发现数据损坏",
    "organisation.planted": "建立区划",
    "organisation.body_added": "添加机构",
    "organisation.appointed": "任职",
}
LABELS: Mapping[str, str] = {
    "action": "步骤代码",
    "areas": "区划数",
    "by": "凭据",
    "cap": "最多在办件数",
    "case": "案件",
    "cases": "案件数",
    "category": "类别",
    "cause": "原因",
    "clearance": "可见级别",
    "clock": "期限",
    "day": "日期",
    "days": "天数",
    "due": "到期日",
    "level": "提醒",
    "source": "依据",
    "working": "上班",
    "code": "代码",
    "codes": "专长和片区",
    "columns": "列",
    "content_digest": "签名前的校验码",
    "device": "设备",
    "digest": "校验码",
    "ended": "退出的登录",
    "factor": "凭据",
    "factors": "凭据",
    "field": "内容",
    "events": "记录数",
    "filter": "条件",
    "first_day": "从",
    "form": "文书",
    "found": "找到",
    "from": "原为",
    "job": "任务",
    "key": "流程",
    "last_day": "到",
    "name": "名称",
    "new": "改为",
    "number": "编号",
    "inspector": "检查人员",
    "object": "对象",
    "objects": "对象数",
    "ok": "通过",
    "people": "检查人员数",
    "points": "得分",
    "seed": "种子",
    "share": "抽取比例",
    "old": "原为",
    "origin": "来源城市",
    "hours": "小时数",
    "method": "方式",
    "operators": "运维人员",
    "pages": "页数",
    "permissions": "权限",
    "person": "人员",
    "preview": "缩略图",
    "problem": "问题",
    "reason": "原因",
    "role": "角色",
    "rows": "条数",
    "purpose": "用途",
    "stage": "下一步",
    "seals": "封印数",
    "seconds": "用时（秒）",
    "service": "送达方式",
    "state": "环节",
    "status": "回应代码",
    "tab": "分栏",
    "task": "任务",
    "text": "关键词",
    "title": "名称",
    "to": "改为",
    "total": "结果数",
    "type": "类型",
    "unit": "单位",
    "until": "到期",
    "username": "账号",
    "version": "版本",
    "way": "收件方式",
    "who": "账号或者地址",
}
ORDER = ("title", "number", "name", "form", "from", "old", "to", "new", "filter", "first_day", "last_day")
"""What is told first; the rest follows by key."""
VALUES: Mapping[tuple[str, str], str] = {
    ("reason", "wrong"): "账号或者密码不正确",
    ("reason", "limit"): "尝试次数过多",
    ("reason", "locked"): "暂时锁定",
    ("reason", "dormant"): "长期未登录",
    ("reason", "administrator"): "由管理员停用",
    **{(key, "password"): "密码" for key in ("factor", "factors")},
    **{(key, "totp"): "动态口令" for key in ("factor", "factors")},
    **{(key, "recovery"): "恢复码" for key in ("factor", "factors")},
    ("stage", "second"): "第二步验证",
    ("stage", "enrol"): "绑定动态口令",
    ("stage", "password"): "更换密码",
    ("purpose", "first_password"): "首次设置密码",
    ("purpose", "reset"): "重置密码",
    ("by", "code"): "查询码",
    ("by", "phone"): "电话尾号",
    ("by", "own_phone"): "手机验证码登录",
    ("by", "identity"): "统一身份认证登录",
    ("field", "id_number"): "证件号",
    ("field", "phone"): "电话",
    ("field", "address"): "住址",
    **{("service", code): way.title for code, way in ways.WAYS.items()},
    ("tab", "overview"): "概况",
    ("tab", "materials"): "材料",
    ("tab", "documents"): "文书",
    ("tab", "timeline"): "过程",
    ("tab", "record"): "操作记录",
    ("tab", "act"): "办理页",
    ("tab", "access"): "协办与级别",
    ("tab", "unmask"): "查看个人信息",
}


def title(action: str) -> str:
    """What an action is called; one that nobody named keeps its code."""
    return TITLES.get(action, action)


def detail(values: Mapping[str, Any], names: Mapping[tuple[str, str], str] = VALUES) -> str:
    """What an event's detail says: 名称：受理；原为：待受理；改为：已受理.

    Args:
        values: As the record keeps them; the order of its keys means nothing.
        names: What codes are called, by the key they stand under and the code.
    """
    told = {key: value for key, value in values.items() if _says(value) and not (key == "action" and "title" in values)}
    ordered = sorted(told, key=lambda key: (ORDER.index(key) if key in ORDER else len(ORDER), key))
    return "；".join(f"{LABELS.get(key, key)}：{_value(key, told[key], names)}" for key in ordered)


def _says(value: object) -> bool:
    return value is not None and value not in ("", [], {})


def _value(key: str, value: object, names: Mapping[tuple[str, str], str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return f"（{detail(value, names)}）"
    if isinstance(value, list):
        return "、".join(_value(key, one, names) for one in value)
    return names.get((key, str(value)), str(value))
