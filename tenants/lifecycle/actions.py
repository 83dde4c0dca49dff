"""What the records say was done to a city."""

from enum import StrEnum


class CityAudit(StrEnum):
    """Acts of whoever runs the deployment, in the city's own record and in the platform's."""

    SUSPENDED = "tenant.suspended"
    RESUMED = "tenant.resumed"
    RENAMED = "tenant.renamed"
    HOST_ADDED = "tenant.host_added"
    HOST_REMOVED = "tenant.host_removed"
    LIMITED = "tenant.limited"


TITLES: dict[str, str] = {
    CityAudit.SUSPENDED: "暂停受理，只供查看",
    CityAudit.RESUMED: "恢复受理",
    CityAudit.RENAMED: "更改城市名称",
    CityAudit.HOST_ADDED: "增加网址",
    CityAudit.HOST_REMOVED: "取消网址",
    CityAudit.LIMITED: "调整用量上限",
}
