import asyncio
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf

from saas.db.session import TenantRef
from saas.signing import pdf
from tests.conftest import InTenant


def test_a_file_is_signed_from_inside_an_event_loop(beijing: TenantRef, in_tenant: InTenant) -> None:
    empty, made = BytesIO(), []
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(empty)

    async def sign() -> None:
        with in_tenant(beijing):
            made.append(pdf.sign_bytes(empty.getvalue(), reason="检验"))

    # A browser test before this one has left a loop in the main thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, sign()).result()

    assert made[0].startswith(empty.getvalue())
    assert b"/ByteRange" in made[0][len(empty.getvalue()) :]
