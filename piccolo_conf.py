"""Where Piccolo finds the database and the tables of the two rooms."""

from piccolo.conf.apps import AppRegistry

from web.database import engine_for
from web.settings import settings

DB = engine_for(settings().database_url, settings().data_dir / "gatherings.sqlite")
APP_REGISTRY = AppRegistry(apps=["gatherings.piccolo_app", "sessions.piccolo_app"])
