"""The application a server runs."""

import gc
import sys

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.config import Config, ConfigError
from saas.embedded import EmbeddedError

try:
    config = Config.from_env()
except (ConfigError, EmbeddedError) as error:
    sys.exit(str(error))

app = create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))

# What is loaded by now stays for the life of the process. Python would look through it for garbage again and again
# while pages are made, which takes a tenth of their time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
