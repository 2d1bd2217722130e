"""Serve: ``python -m api``."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

from api.settings import Settings, load_settings
from api.settings_read import SettingsError

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # One message needs small products: waking a second thread takes longer than they do.
    "OPENBLAS_NUM_THREADS": "1",
}


SHUTDOWN_SECONDS = 6
"""How long requests may go on after the process was told to stop; Docker kills it after ten."""


def main() -> int:
    """Check settings and port, then serve until stopped."""
    os.environ.update({k: v for k, v in _QUIET.items() if k not in os.environ})
    try:
        settings = load_settings()
    except SettingsError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    problem = port_problem(settings)
    if problem:
        print(f"Error: {problem}", file=sys.stderr)
        return 3
    return _serve(settings)


def port_problem(settings: Settings) -> str | None:
    """Why the port can't be used, or None."""
    if settings.port == 0:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            return (
                f"{settings.host}:{settings.port} can't be used ({error.strerror}). "
                "Stop what runs there, or set LOTSEN_PORT to another port."
            )
    return None


def server_of(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """The server of an application, not started."""
    import uvicorn

    from api.patience import patient

    # wsproto: Sanic, which Rasa brings, holds websockets at a version uvicorn no longer takes.
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=patient(settings.request_seconds),
        ws="wsproto",
        log_config=None,
        access_log=False,
        # An address that a client names itself is believed only from proxies that are listed.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        # Else one who reads or sends nothing more holds up the end until the process is killed.
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    return uvicorn.Server(config)


def _serve(settings: Settings) -> int:
    from api.app import create_app
    from api.logs import configure
    from api.patience import open_as_many_as_allowed
    from api.services.assistant import ModelError, RasaAssistant
    from api.storage.records import StorageError
    from api.storage.store import open_store
    from bot.knowledge.loader import ContentError, load_whole

    print("Loading the model …", flush=True)
    try:
        # Before uvicorn starts: it would hide the error behind a stack trace of its own.
        load_whole()  # Rasa would blame the model for content that is broken
        store = open_store(settings)
        assistant = RasaAssistant.load(settings, store)
    except (ContentError, ModelError, StorageError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 4
    # After Rasa, which sets up a logging of its own while it loads.
    configure(settings.log_level)
    open_as_many_as_allowed()
    server = server_of(create_app(settings, assistant, store), settings)
    print(f"Open http://{settings.host}:{settings.port}", flush=True)
    server.run()
    return 0 if server.started else 4


if __name__ == "__main__":
    sys.exit(main())
