"""The application a server runs."""

import gc
import os
import sys

import blueprints
import tenants
from saas import logs, web
from saas.app import create_app
from saas.config import Config
from saas.config_parts import ConfigError
from saas.embedded import EmbeddedError
from saas.posture import refuse_unfit

# Commands must work on settings that are not fit to serve: one of them says what is wrong.
IS_COMMAND = os.environ.get("FLASK_RUN_FROM_CLI") == "true" and "run" not in sys.argv

logs.install()
try:
    config = Config.from_env()
    app = create_app(config, blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    if not IS_COMMAND:
        refuse_unfit(config, debug=app.debug)
except (ConfigError, EmbeddedError) as error:
    sys.exit(str(error))

# What is loaded by now stays for the life of the process. Python would look through it for garbage again and again
# while pages are made, which takes a tenth of their time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
