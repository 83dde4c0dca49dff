"""Settings come from the environment; a wrong one is named."""

from pathlib import Path

import pytest

from saas.config import Config
from saas.config_parts import BucketConfig, ConfigError

GIVEN = {
    "DATABASE_URL": "postgres://someone@db/fengqiao",
    "FENGQIAO_SECRET_KEY": "s" * 32,
    "FENGQIAO_DATABASE_SECRET": "d" * 32,
    "FENGQIAO_STORAGE_DIR": "/srv/files",
    "FENGQIAO_PLATFORM_HOSTS": "Ops.example.cn, localhost",
    "FENGQIAO_HOST_SUFFIX": "sfj.example.cn",
    "FENGQIAO_MAX_UPLOAD_BYTES": "1000",
}


def test_every_setting_can_be_given() -> None:
    config = Config.from_env(GIVEN)

    assert config.database_url == "postgresql+psycopg://someone@db/fengqiao"
    assert config.storage_dir == Path("/srv/files")
    assert config.platform_hosts == ("ops.example.cn", "localhost")
    assert (config.host_suffix, config.max_upload_bytes) == ("sfj.example.cn", 1000)


def test_what_is_absent_or_empty_has_a_default() -> None:
    config = Config.from_env(GIVEN | {"FENGQIAO_HOST_SUFFIX": " "})

    assert (config.host_suffix, config.pool_cap, config.testing) == ("localhost", 10, False)


def test_the_numbers_may_be_asked_from_listed_networks() -> None:
    given = Config.from_env(GIVEN | {"FENGQIAO_METRICS_NETWORKS": "10.1.0.0/16, fd00::/8"})

    assert [str(network) for network in given.metrics_networks] == ["10.1.0.0/16", "fd00::/8"]
    assert [str(network) for network in Config.from_env(GIVEN).metrics_networks] == ["127.0.0.0/8", "::1/128"]


def test_a_bucket_takes_the_place_of_the_folder() -> None:
    storage = {"FENGQIAO_S3_BUCKET": "files", "FENGQIAO_S3_ENDPOINT": "https://s3.example.cn", "FENGQIAO_S3_KEY": "k"}

    assert Config.from_env(GIVEN).bucket is None
    assert Config.from_env(GIVEN | storage).bucket == BucketConfig("files", "https://s3.example.cn", "k")
    with pytest.raises(ConfigError, match="FENGQIAO_S3_ENDPOINT"):
        Config.from_env(GIVEN | storage | {"FENGQIAO_S3_ENDPOINT": "s3.example.cn"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/x"),
        ("FENGQIAO_SECRET_KEY", "short"),
        ("FENGQIAO_DATABASE_SECRET", "short"),
        ("FENGQIAO_STORAGE_DIR", "relative/folder"),
        ("FENGQIAO_PLATFORM_HOSTS", "localhost:8000"),
        ("FENGQIAO_MAX_UPLOAD_BYTES", "many"),
        ("FENGQIAO_POOL_CAP", "0"),
        ("FENGQIAO_BACKUP_KEY", "short"),
        ("FENGQIAO_MASTER_KEY", "short"),
        ("FENGQIAO_CIPHER", "des"),
        ("FENGQIAO_DELETION_WAIT_DAYS", "0"),
        ("FENGQIAO_BACKUP_DIR", "relative/folder"),
        ("FENGQIAO_METRICS_NETWORKS", "everywhere"),
    ],
)
def test_a_wrong_value_stops_the_start_and_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_env(GIVEN | {name: value})
