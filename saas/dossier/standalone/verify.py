"""Checks an archive of a dossier with Python's standard library alone (3.9 or later, one file, no network).

    python3 -I verify.py [--fingerprint HEX] [FOLDER or archive.zip]

Ends with 0 if everything holds and the signer is the one whose fingerprint was given, with 2 if everything holds but
no fingerprint was given, with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 1 << 20
FORMAT, MANY = "fengqiao-archive/1", "fengqiao-batch/1"
MANIFEST, SIGNATURE, CERTIFICATE = "manifest.json", "manifest.sig", "certificate.pem"
BESIDES = {MANIFEST, SIGNATURE, CERTIFICATE, "verify.py", "说明.txt"}
HOLDS, DIFFERS, UNKNOWN_SIGNER = 0, 1, 2
CHECKED = "核对了：每个文件的摘要、各件的次序和页码、随卷材料的原件，都与清单一致。"
CHECKED_MANY = "核对了：每份卷宗和登记表的摘要，都与清单一致。各份卷宗里面的次序和页码请用单件的卷宗包核对。"

# P-256 (SP 800-186): y² = x³ - 3x + b over the integers modulo P; G generates a group of N points.
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
INFINITY = (0, 0)  # no point of the curve: its y² would be b
SHA256_RSA = bytes.fromhex("3031300d060960864801650304020105000420")  # RFC 8017, 9.2
EC_KEY, RSA_KEY = bytes.fromhex("2a8648ce3d0201"), bytes.fromhex("2a864886f70d010101")
P256 = bytes.fromhex("2a8648ce3d030107")
Point = tuple[int, int]
VERSION, UNCOMPRESSED, COORDINATE = 0xA0, 4, 32  # tag of the version; how a point is written, and half of it in bytes


class Place:
    """The files of an archive, unpacked in a folder or still packed."""

    def __init__(self, path: Path) -> None:
        """Open a folder or a ZIP."""
        self.folder = path
        self.packed = None if path.is_dir() else zipfile.ZipFile(path)

    def names(self) -> list[str]:
        """Every file, by its path inside."""
        if self.packed is not None:
            return sorted(name for name in self.packed.namelist() if not name.endswith("/"))
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file piece by piece."""
        with self.packed.open(name) if self.packed is not None else (self.folder / name).open("rb") as file:
            piece = file.read(PIECE)
            while piece:
                yield piece
                piece = file.read(PIECE)

    def read(self, name: str) -> bytes:
        """A small file."""
        return b"".join(self.pieces(name))


def main() -> int:
    """Check, say what was found, and what it proves."""
    parser = argparse.ArgumentParser(description="核对卷宗包：内容、次序、签名。")
    parser.add_argument("place", nargs="?", type=Path, default=Path(__file__).resolve().parent, help="文件夹或者 zip")
    parser.add_argument("--fingerprint", default="", help="签名证书的指纹（SHA-256），请从导出单位另行取得")
    asked = parser.parse_args()
    try:
        place = Place(asked.place)
        manifest_bytes = place.read(MANIFEST)
        manifest = json.loads(manifest_bytes)
        problems = list(check(place, manifest))
        signed, told = signature(place, manifest_bytes, asked.fingerprint)
        return conclude(manifest, problems, signed, told)
    except Exception:  # noqa: BLE001 - what others made may break a reader anywhere, and then it does not hold
        say("核对不了：这里不是完整的卷宗包，清单缺少或者读不懂。")
        return DIFFERS


def conclude(manifest: dict[str, Any], problems: list[str], signed: int, told: list[str]) -> int:
    """Print the verdict."""
    say(heading(manifest))
    for sentence in [*problems, *told]:
        say("- " + sentence)
    if problems or signed == DIFFERS:
        say("结论：核对没有通过。")
        return DIFFERS
    say(CHECKED_MANY if manifest["format"] == MANY else CHECKED)
    if signed == HOLDS:
        say("结论：核对通过。清单由这张证书的持有人签名，签名以后没有改动。")
    else:
        say("结论：只说明这个卷宗包自身前后一致。没有核对签名人是谁，整包重做也能做到这一点。")
        say("请从导出单位取得证书指纹，加上 --fingerprint 再核对一次。")
    say("不能说明：是不是最新的一份，是否在系统登记过（请到公开核验页面查询）；卷宗里写的事实是否属实。")
    return signed


def heading(manifest: dict[str, Any]) -> str:
    """What the archive says it is."""
    if manifest["format"] == MANY:
        pages = sum(dossier["pages"] for dossier in manifest["dossiers"])
        return f"卷宗 {len(manifest['dossiers'])} 件，共 {pages} 页，{manifest['exported_at']} 导出。"
    size = f"{manifest['dossier']['pages']} 页，{len(manifest['parts'])} 件"
    return f"卷宗 {manifest['number']}，{size}，{manifest['exported_at']} 导出。"


def check(place: Place, manifest: dict[str, Any]) -> Iterator[str]:
    """Everything that differs from the manifest, in sentences."""
    if manifest["format"] == MANY:
        yield from check_files(place, manifest["dossiers"], [manifest["register"]])
    elif manifest["format"] == FORMAT:
        yield from check_files(place, [manifest["dossier"]], [manifest["data"], *manifest["originals"]])
        yield from check_order(manifest)
        if manifest["data"]["name"] in place.names():
            yield from check_data(json.loads(place.read(manifest["data"]["name"])), manifest)
        yield from check_originals(manifest)
    else:
        yield "清单的格式不认识，请使用同一个包里的 verify.py。"


def check_files(place: Place, dossiers: list[dict[str, Any]], others: list[dict[str, Any]]) -> Iterator[str]:
    """The files that are listed are there as they were, and no more."""
    found = place.names()
    names = set(found)
    if len(found) != len(names):
        yield "包里有重名的文件，不能确定解压出来的是哪一个。"
    for entry in [*dossiers, *others]:
        yield from check_file(place, entry, names)
    for name in sorted(names - BESIDES - {entry["name"] for entry in [*dossiers, *others]}):
        yield f"多出文件“{name}”，清单里没有。"
    for dossier in dossiers:
        if dossier["name"] in names:
            yield from check_content(place, dossier)


def check_file(place: Place, entry: dict[str, Any], names: set[str]) -> Iterator[str]:
    """A file against its line in the manifest."""
    if entry["name"] not in names:
        yield f"缺少文件“{entry['name']}”。"
        return
    whole, size = hashlib.sha256(), 0
    for piece in place.pieces(entry["name"]):
        whole.update(piece)
        size += len(piece)
    if (whole.hexdigest(), size) != (entry["digest"], entry["size"]):
        yield f"文件“{entry['name']}”与清单不一致，被改动过或者换过。"


def check_content(place: Place, dossier: dict[str, Any]) -> Iterator[str]:
    """The part of the PDF that stands before its signature."""
    left, content = dossier["content_size"], hashlib.sha256()
    for piece in place.pieces(dossier["name"]):
        content.update(piece[:left])
        left -= min(left, len(piece))
    if left or content.hexdigest() != dossier["content_digest"]:
        yield "卷宗签名以前的内容与清单不一致。"


def check_order(manifest: dict[str, Any]) -> Iterator[str]:
    """The parts stand one behind the other, from the first page to the last."""
    page, number, volume = 1, 1, None
    for order, part in enumerate(manifest["parts"], start=1):
        if (part["order"], part["first"]) != (order, page) or part["last"] < part["first"] - 1:
            yield f"第 {order} 件“{part['title']}”的次序或者页数接不上。"
        page = part["last"] + 1
        if part["volume"] != volume and part["number"] == 1:
            number, volume = 1, part["volume"]  # every volume may count for itself
        if part["number"] is not None:
            if part["number"] != number:
                yield f"第 {order} 件“{part['title']}”的页码应当从 {number} 开始。"
            number = part["number"] + part["last"] - part["first"] + 1
    if page - 1 != manifest["dossier"]["pages"]:
        yield f"各件一共 {page - 1} 页，卷宗有 {manifest['dossier']['pages']} 页。"


def check_data(data: dict[str, Any], manifest: dict[str, Any]) -> Iterator[str]:
    """The data of the case tell of the same parts in the same order."""
    if data["number"] != manifest["number"]:
        yield f"案件数据是 {data['number']} 的，清单是 {manifest['number']} 的。"
    told = [
        (part["title"], part["start"] + 1, part["start"] + len(part["pages"]), part["digest"]) for part in data["parts"]
    ]
    listed = [(part["title"], part["first"], part["last"], part["digest"]) for part in manifest["parts"]]
    for order in range(max(len(told), len(listed))):
        if told[order : order + 1] != listed[order : order + 1]:
            yield f"第 {order + 1} 件在案件数据和清单里不一样。"
            return


def check_originals(manifest: dict[str, Any]) -> Iterator[str]:
    """Every original belongs to a part and is what the part was made from."""
    digests = {part["order"]: part["digest"] for part in manifest["parts"]}
    for entry in manifest["originals"]:
        if digests.get(entry["part"]) != entry["digest"]:
            yield f"原件“{entry['name']}”不是第 {entry['part']} 件所用的材料。"


def signature(place: Place, manifest: bytes, expected: str) -> tuple[int, list[str]]:
    """Whether the manifest was signed by the certificate whose fingerprint was given."""
    wanted = "".join(expected.replace(":", "").split()).lower()
    names = place.names()
    if SIGNATURE not in names or CERTIFICATE not in names:
        if wanted:
            return DIFFERS, ["清单没有签名，或者签名被去掉了，不能核对签名人。"]
        return UNKNOWN_SIGNER, ["清单没有签名。"]
    try:
        certificate = first_certificate(place.read(CERTIFICATE))
        holds = verify(public_key(certificate), place.read(SIGNATURE), manifest)
    except (ValueError, IndexError):
        return DIFFERS, ["证书或者签名读不懂，不能核对。"]
    if not holds:
        return DIFFERS, ["清单的签名核对不上：清单被改动过，或者不是这张证书签的。"]
    return compare(wanted, hashlib.sha256(certificate).hexdigest())


def compare(wanted: str, found: str) -> tuple[int, list[str]]:
    """The certificate in the archive beside the fingerprint that was given by hand."""
    if not wanted:
        return UNKNOWN_SIGNER, [f"清单的签名完整，包内证书的指纹是 {found}，还没有人证实它属于谁。"]
    if wanted != found:
        return DIFFERS, [f"签名证书不是您给的那一张：包内证书的指纹是 {found}。"]
    return HOLDS, [f"清单的签名完整，证书指纹与您给的一致：{found}。"]


def first_certificate(pem: bytes) -> bytes:
    """The bytes of the first certificate of a PEM file."""
    body = pem.split(b"-----BEGIN CERTIFICATE-----", 1)[1].split(b"-----END CERTIFICATE-----", 1)[0]
    return base64.b64decode(b"".join(body.split()), validate=True)


def items(der: bytes) -> list[tuple[int, bytes]]:
    """Tag and content of every value in a row (X.690, definite lengths)."""
    found, at = [], 0
    while at < len(der):
        tag, length, at = der[at], der[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(der[at : at + size], "big"), at + size
        if at + length > len(der):
            raise ValueError("cut off")
        found.append((tag, der[at : at + length]))
        at += length
    return found


def public_key(certificate: bytes) -> tuple[str, tuple[int, ...]]:
    """The kind of key and its numbers: the point of a P-256 key, or modulus and exponent of RSA."""
    body = items(items(certificate)[0][1])
    fields = [content for tag, content in items(body[0][1]) if tag != VERSION]
    algorithm, bits = items(fields[5])
    names = [content for _, content in items(algorithm[1])]
    key = bits[1][1:]
    if names[:2] == [EC_KEY, P256] and key[0] == UNCOMPRESSED and len(key) == 1 + 2 * COORDINATE:
        return "ec", (int.from_bytes(key[1 : 1 + COORDINATE], "big"), int.from_bytes(key[1 + COORDINATE :], "big"))
    if names[0] == RSA_KEY:
        return "rsa", tuple(int.from_bytes(number, "big") for _, number in items(items(key)[0][1]))
    raise ValueError("another kind of key")


def verify(key: tuple[str, tuple[int, ...]], signed: bytes, data: bytes) -> bool:
    """Whether a signature over the SHA-256 of the data holds."""
    kind, numbers = key
    digest = hashlib.sha256(data).digest()
    if kind == "rsa":
        return verify_rsa(numbers[0], numbers[1], signed, digest)
    r, s = (int.from_bytes(number, "big") for _, number in items(items(signed)[0][1]))
    return verify_ec((numbers[0], numbers[1]), r, s, int.from_bytes(digest, "big"))


def verify_rsa(modulus: int, exponent: int, signed: bytes, digest: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2)."""
    size = (modulus.bit_length() + 7) // 8
    tail = b"\x00" + SHA256_RSA + digest
    padded = b"\x00\x01" + b"\xff" * (size - len(tail) - 2) + tail
    return len(signed) == size and pow(int.from_bytes(signed, "big"), exponent, modulus).to_bytes(size, "big") == padded


def verify_ec(key: Point, r: int, s: int, digest: int) -> bool:
    """ECDSA over P-256 (FIPS 186-5, 6.4.2)."""
    on_curve = 0 <= key[0] < P and 0 <= key[1] < P and (key[1] ** 2 - key[0] ** 3 + 3 * key[0] - B) % P == 0
    if not (on_curve and 0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    point = add(times(G, digest * inverse % N), times(key, r * inverse % N))
    return point != INFINITY and point[0] % N == r


def add(one: Point, other: Point) -> Point:
    """The sum of two points."""
    if INFINITY in (one, other):
        return other if one == INFINITY else one
    if one[0] == other[0] and (one[1] + other[1]) % P == 0:
        return INFINITY
    if one == other:
        slope = (3 * one[0] ** 2 - 3) * pow(2 * one[1], -1, P) % P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P) % P
    x = (slope**2 - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(point: Point, factor: int) -> Point:
    """A point added to itself so many times."""
    found = INFINITY
    while factor:
        if factor & 1:
            found = add(found, point)
        point, factor = add(point, point), factor >> 1
    return found


def say(sentence: str) -> None:
    """A line for the reader; what a title could do to a terminal is left out."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in sentence)
    sys.stdout.buffer.write(plain.encode("utf-8", "replace") + b"\n")


if __name__ == "__main__":
    sys.exit(main())
