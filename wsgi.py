"""The application a server runs."""

import sys

import blueprints
import tenants
from saas import logs, web
from saas.app import create_app
from saas.config import Config, ConfigError
from saas.embedded import EmbeddedError

try:
    config = Config.from_env()
except (ConfigError, EmbeddedError) as error:
    sys.exit(str(error))

logs.install()
app = create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
