"""An archive is checked with Python's own library by who has nothing of ours, and says what that proves."""

import ast
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saas.db.session import TenantRef
from saas.dossier import archive, queries
from saas.dossier.standalone import verify as alone
from saas.errors import ConflictError
from saas.files import services as files
from saas.identity.actor import SYSTEM
from saas.signing import signer
from tenants import context
from tests.mediation import factory
from tests.saas.dossier.test_jobs import built, requested
from tests.saas.files import samples as uploads
from tests.saas.signing import keys

InTenant = Callable[[TenantRef], AbstractContextManager[None]]
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def packed(app: Flask, beijing: TenantRef) -> bytes:
    """The archive of a case with an attachment."""
    from_city = _entering(app)
    with from_city(beijing):
        case = factory.agreed()
        files.add(case, "identity", "身份证.jpg", uploads.jpeg((800, 500)), by=SYSTEM)
        number = case.number
    export_id = requested(from_city, beijing, number)
    built(from_city, beijing, export_id)
    with from_city(beijing):
        archive.write(queries.get_export(export_id), out := io.BytesIO())
    return out.getvalue()


@pytest.fixture
def folder(packed: bytes, tmp_path: Path) -> Path:
    """It, unpacked."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        opened.extractall(tmp_path)
    return tmp_path


def _entering(app: Flask) -> InTenant:
    return partial(context.transaction, app)


def run(folder: Path, *options: str) -> tuple[int, str]:
    """Run the script as its reader does."""
    command = [sys.executable, "-I", str(folder / "verify.py"), *options]
    done = subprocess.run(command, capture_output=True, check=False, cwd="/")
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def fingerprint(folder: Path) -> str:
    certificate = x509.load_pem_x509_certificate((folder / "certificate.pem").read_bytes())
    return certificate.fingerprint(hashes.SHA256()).hex()


def test_with_the_fingerprint_all_holds(folder: Path) -> None:
    code, told = run(folder, "--fingerprint", fingerprint(folder))

    assert code == 0, told
    assert "结论：核对通过" in told


def test_without_the_fingerprint_it_only_agrees_with_itself(folder: Path) -> None:
    code, told = run(folder)

    assert code == 2, told
    assert "只说明这个卷宗包自身前后一致" in told


def test_it_is_checked_packed_as_well(folder: Path, packed: bytes) -> None:
    path = folder / "whole.zip"
    path.write_bytes(packed)

    assert run(folder, str(path), "--fingerprint", fingerprint(folder))[0] == 0


def _flip(folder: Path) -> None:
    data = bytearray((folder / "dossier.pdf").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "dossier.pdf").write_bytes(data)


def _exchange(folder: Path) -> None:
    next((folder / "originals").iterdir()).write_bytes(uploads.jpeg((10, 10)))


def _add(folder: Path) -> None:
    (folder / "more.txt").write_text("x")


def _remove(folder: Path) -> None:
    (folder / "case.json").unlink()


def _edited(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "manifest.json"
    told = json.loads(path.read_text("utf-8"))
    edit(told)
    path.write_text(json.dumps(told), "utf-8")


def _rewrite(folder: Path) -> None:
    _edited(folder, lambda told: told["parts"][0].update(title="别的"))


def _reorder(folder: Path) -> None:
    _edited(folder, lambda told: told["parts"].insert(0, told["parts"].pop(1)))


def _cut(folder: Path) -> None:
    _edited(folder, lambda told: told["dossier"].update(content_size=told["dossier"]["content_size"] - 1))


def _reassign(folder: Path) -> None:
    _edited(folder, lambda told: told["originals"][0].update(part=1))


def _rename(folder: Path) -> None:
    _edited(folder, lambda told: told.update(format="other/1"))


def _unsign(folder: Path) -> None:
    (folder / "manifest.sig").unlink()


def _spoil(folder: Path) -> None:
    (folder / "manifest.json").write_text("[")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (_flip, "文件“dossier.pdf”与清单不一致"),
        (_exchange, "文件“originals/"),
        (_add, "多出文件“more.txt”"),
        (_remove, "缺少文件“case.json”"),
        (_rewrite, "清单的签名核对不上"),
        (_rewrite, "第 1 件在案件数据和清单里不一样"),
        (_cut, "卷宗签名以前的内容与清单不一致"),
        (_reassign, "不是第 1 件所用的材料"),
        (_rename, "清单的格式不认识"),
        (_reorder, "次序或者页数接不上"),
        (_unsign, "清单没有签名，或者签名被去掉了"),
        (_spoil, "不是完整的卷宗包"),
    ],
)
def test_what_was_changed_is_named(folder: Path, change: Change, named: str) -> None:
    known = fingerprint(folder)
    change(folder)

    code, told = run(folder, "--fingerprint", known)

    assert code == 1
    assert named in told


def test_two_files_of_one_name_are_named(folder: Path, packed: bytes) -> None:
    path = folder / "whole.zip"
    path.write_bytes(packed)
    with zipfile.ZipFile(path, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr("case.json", (folder / "case.json").read_bytes())

    code, told = run(folder, str(path), "--fingerprint", fingerprint(folder))

    assert code == 1
    assert "重名的文件" in told


def test_a_packed_archive_that_cannot_be_unpacked_is_told_so(folder: Path, packed: bytes) -> None:
    path, spoilt = folder / "whole.zip", bytearray(packed)
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        at = opened.getinfo("manifest.json").header_offset
    spoilt[at + 60 : at + 90] = b"\xff" * 30
    path.write_bytes(spoilt)

    code, told = run(folder, str(path), "--fingerprint", fingerprint(folder))

    assert (code, "Traceback" in told) == (1, False)
    assert "核对不了" in told


def test_another_s_signature_over_it_is_named(app: Flask, folder: Path) -> None:
    known = fingerprint(folder)
    other = keys.strange_key()
    (folder / "manifest.sig").write_bytes(other.sign((folder / "manifest.json").read_bytes()))
    (folder / "certificate.pem").write_text(other.certificate.pem)

    code, told = run(folder, "--fingerprint", known)

    assert code == 1
    assert "不是您给的那一张" in told
    assert run(folder)[0] == 2


def test_the_same_export_makes_the_same_archive(app: Flask, beijing: TenantRef, packed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        number = json.loads(opened.read("manifest.json"))["number"]
    with _entering(app)(beijing):
        export = queries.find_newest(number)
        assert export is not None
        archive.write(export, out := io.BytesIO())

    assert out.getvalue() == packed


def test_what_is_not_finished_is_not_packed(app: Flask, beijing: TenantRef) -> None:
    with _entering(app)(beijing):
        number = factory.agreed().number
    export_id = requested(_entering(app), beijing, number)

    with _entering(app)(beijing), pytest.raises(ConflictError):
        archive.write(queries.get_export(export_id), io.BytesIO())


def test_the_command_writes_it(app: Flask, beijing: TenantRef, packed: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        number = json.loads(opened.read("manifest.json"))["number"]
    out = tmp_path / "whole.zip"

    done = app.test_cli_runner().invoke(
        args=["dossier", "archive", "--tenant", "beijing", "--case", number, "-o", str(out)]
    )

    assert done.exit_code == 0, done.output
    assert out.read_bytes() == packed


def test_the_script_needs_nothing_newer_than_python_3_9() -> None:
    tree = ast.parse(archive.script(), feature_version=(3, 9))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    modules = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.split(".")[0] for name in imported | modules} <= sys.stdlib_module_names


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=64), other=st.binary(max_size=64))
def test_the_script_s_ecdsa_agrees_with_the_library_s(data: bytes, other: bytes) -> None:
    secret = ec.generate_private_key(ec.SECP256R1())
    numbers = secret.public_key().public_numbers()
    made = secret.sign(data, ec.ECDSA(hashes.SHA256()))

    found = alone.verify(("ec", (numbers.x, numbers.y)), made, other)

    try:
        secret.public_key().verify(made, other, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        assert not found
    else:
        assert found
    assert alone.verify(("ec", (numbers.x, numbers.y)), made, data)


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_the_script_reads_a_certificate_of_either_kind(app: Flask, kind: str) -> None:
    with app.app_context():
        key = keys.own_key(kind=kind)
    der = alone.first_certificate(key.certificate.pem.encode())
    loaded = x509.load_der_x509_certificate(der)

    assert loaded.public_bytes(serialization.Encoding.DER) == der
    assert alone.verify(alone.public_key(der), key.sign(b"data"), b"data")
    assert not alone.verify(alone.public_key(der), key.sign(b"data"), b"date")


@pytest.mark.parametrize(("r", "s"), [(0, 1), (1, 0), (alone.N, 1), (1, alone.N)])
def test_numbers_out_of_range_are_no_signature(r: int, s: int) -> None:
    assert not alone.verify_ec(alone.G, r, s, 1)


def test_a_point_beside_the_curve_is_no_key() -> None:
    assert not alone.verify_ec((1, 1), 1, 1, 1)


def test_a_city_signs_the_manifest_with_its_key(app: Flask, beijing: TenantRef, folder: Path) -> None:
    with _entering(app)(beijing):
        by = signer.current()

    assert by is not None
    assert by.certificate.fingerprint == fingerprint(folder)
