"""Every secret of a deployment is random and its own."""

from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from secrets import token_hex

import pytest

from saas import posture
from saas.config import Config
from saas.config_parts import AuditConfig

FIT = Config(
    "postgresql+psycopg://a@/f?host=/run/postgresql",
    token_hex(32),
    token_hex(32),
    Path("/srv"),
    trusted_proxies=(ip_network("10.0.0.0/8"),),
    backup_key=token_hex(32),
    master_key=token_hex(32),
    audit=AuditConfig(key=token_hex(32)),
)
WEAK = "m" * 32


@pytest.mark.parametrize(
    ("config", "setting"),
    [
        (replace(FIT, secret_key=WEAK), "FENGQIAO_SECRET_KEY"),
        (replace(FIT, database_secret=WEAK), "FENGQIAO_DATABASE_SECRET"),
        (replace(FIT, backup_key=WEAK), "FENGQIAO_BACKUP_KEY"),
        (replace(FIT, master_key=WEAK), "FENGQIAO_MASTER_KEY"),
        (replace(FIT, master_key_previous=WEAK), "FENGQIAO_MASTER_KEY_PREVIOUS"),
        (replace(FIT, audit=AuditConfig(key=WEAK)), "FENGQIAO_AUDIT_KEY"),
        (replace(FIT, master_key=FIT.backup_key), "FENGQIAO_SECRET_KEY"),
    ],
)
def test_a_secret_that_is_weak_or_used_twice_is_named(config: Config, setting: str) -> None:
    assert posture.faults(FIT, debug=False) == []
    assert [fault.setting for fault in posture.faults(config, debug=False)] == [setting]
