"""The application a server runs."""

import blueprints
import tenants
from saas import web
from saas.app import create_app
from saas.config import Config

app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
