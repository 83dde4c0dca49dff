"""Devices in words: what a browser says of itself, as far as people recognise theirs by it."""

LONGEST = 300
# The first that matches counts: most browsers name others as well.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("QQBrowser", "QQ浏览器"),
    ("360SE", "360浏览器"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def device_of(agent: str | None) -> str:
    """A browser and a system: "Chrome，Windows 电脑"."""
    said = agent or ""
    found = (_first(SYSTEMS, said), _first(BROWSERS, said))
    return "，".join(filter(None, reversed(found))) or "未知设备"


def as_detail(agent: str | None) -> dict[str, str]:
    """A device as the record keeps it."""
    return {"device": device_of(agent)}


def _first(known: tuple[tuple[str, str], ...], said: str) -> str | None:
    return next((name for mark, name in known if mark in said), None)
