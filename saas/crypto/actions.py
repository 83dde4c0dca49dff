"""What is recorded about a city's keys."""

from enum import StrEnum


class KeyAudit(StrEnum):
    """Audit actions on keys."""

    ROTATION_BEGAN = "key.rotation_began"
    ROTATED = "key.rotated"
    REWRAPPED = "key.rewrapped"


TITLES: dict[str, str] = {
    KeyAudit.ROTATION_BEGAN: "开始更换数据密钥",
    KeyAudit.ROTATED: "更换数据密钥",
    KeyAudit.REWRAPPED: "更换主密钥",
}
