import io

import pikepdf
import pytest

from blueprints.auditor.actions import AuditorAudit
from saas.dossier import verify_apart
from saas.files.probing import Limits
from tests.auditor.dossiers import Made, send
from tests.browsers import Browser


def test_the_exported_file_is_told_to_be_the_original(auditor: Browser, made: Made) -> None:
    page = send(auditor, "/audit/verify", made.data).text

    assert "核验通过" in page
    assert made.number in page
    assert made.digest in page


def test_of_a_changed_file_the_first_bad_page_is_named(auditor: Browser, made: Made) -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        del pdf.pages[3]
        pdf.save(changed)

    page = send(auditor, "/audit/verify", changed.getvalue()).text

    assert "核验没有通过" in page
    assert "第一处问题：缺少第" in page


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 broken"])
def test_what_is_no_dossier_is_told_so(auditor: Browser, data: bytes) -> None:
    answer = send(auditor, "/audit/verify", data)

    assert answer.status_code == (200 if data else 422)
    assert ("打不开" if data else "请选择要核验的卷宗文件") in answer.text


def test_what_takes_too_long_is_told_so_at_its_field(
    auditor: Browser, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_apart, "LIMITS", Limits(seconds=0.01, computing=5, megabytes=1536))

    answer = send(auditor, "/audit/verify", made.data)

    assert answer.status_code == 422
    assert verify_apart.UNFINISHED in answer.text
    assert 'id="file-error"' in answer.text


def test_a_verification_is_recorded(auditor: Browser, made: Made) -> None:
    send(auditor, "/audit/verify", made.data)

    page = auditor.get("/audit/events", query_string={"action": AuditorAudit.FILE_VERIFIED, "q": made.digest}).text

    assert "通过：是" in page
