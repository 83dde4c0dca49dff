"""What the audit knows of a configuration as a whole."""

from enum import StrEnum


class ConfigurationAudit(StrEnum):
    """What is done to the whole configuration."""

    EXPORTED = "config.exported"
    IMPORTED = "config.imported"


TITLES: dict[str, str] = {ConfigurationAudit.EXPORTED: "导出全部配置", ConfigurationAudit.IMPORTED: "导入配置"}
