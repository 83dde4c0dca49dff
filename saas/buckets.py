"""Reaching S3-compatible storage: one client for each bucket and process, with the limits of what is outside."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config as BotoConfig

from saas.config_parts import BucketConfig
from saas.outside import STORAGE


@cache
def client(config: BucketConfig) -> Any:  # noqa: ANN401 - boto3 makes its classes while it runs.
    """The client of a bucket: it is safe to share between threads, and slow to make."""
    return boto3.client(
        "s3",
        endpoint_url=config.endpoint or None,
        region_name=config.region,
        aws_access_key_id=config.key or None,
        aws_secret_access_key=config.secret or None,
        config=BotoConfig(
            connect_timeout=STORAGE.connect_seconds,
            read_timeout=STORAGE.answer_seconds,
            retries={"total_max_attempts": STORAGE.tries, "mode": "standard"},
            max_pool_connections=STORAGE.connections,
            s3={"addressing_style": "path"} if config.endpoint else {},
        ),
    )
