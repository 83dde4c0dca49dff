"""An application with nothing but templates and assets."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from saas.web import assets
from tests.saas.web.component_samples import MENU

TEMPLATES = Path(__file__).parents[3] / "templates"


def template_app() -> Flask:
    app = Flask("gallery", template_folder=str(TEMPLATES), static_folder=str(assets.DIST))
    app.config["SECRET_KEY"] = "gallery"
    app.jinja_env.undefined = StrictUndefined
    assets.init_app(app)
    app.add_url_rule("/text-size", "web.set_text_size", lambda: ("", 204), methods=["POST"])
    app.add_url_rule("/account", "web.show_account", lambda: ("", 204))
    app.add_url_rule("/sign-out", "web.sign_out", lambda: ("", 204), methods=["POST"])
    return app


def shell_context(text_size: str = "normal") -> dict[str, object]:
    return {
        "site_name": "司法行政服务平台",
        "bureau_name": "示例市司法局",
        "service_phone": "0575-12345678",
        "text_size": text_size,
        "csrf_token": "token",
        "current_user": {"name": "李华", "unit_name": "枫桥司法所"},
        "menu": MENU,
    }
