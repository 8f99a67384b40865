"""``gunicorn wsgi:app``: the web role, settings from the environment (see README)."""

from webapp import create_app
from workflows.settings import Settings

app = create_app(Settings.from_environment())
