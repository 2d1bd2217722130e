"""Prepare and serve: what `make run` does once the packages are there."""

from __future__ import annotations

import os
import sys

from api.__main__ import port_problem
from api.settings import load_settings
from api.settings_read import SettingsError
from tools.errors import SetupError
from tools.prepare import prepare
from tools.server import Server

PORT_TAKEN = 3
READY_SECONDS = 180.0


def main() -> int:
    """Check the port, prepare, serve, tell what to open; return the server's exit code."""
    try:
        settings = load_settings()
        # Before the training, not after it.
        problem = port_problem(settings)
        if problem:
            raise SetupError(PORT_TAKEN, problem)
        prepare()
        print(">> Start the server", flush=True)
        url = f"http://{settings.host}:{settings.port}"
        with Server(url, os.environ) as server:
            seconds = server.wait_until_ready(READY_SECONDS)
            memory = server.peak_memory()
            print(f"   Start the server: {seconds:.1f} s, {memory or '?'} MB")
            print(f"\nReady. Open {url}\nCtrl-C stops it.", flush=True)
            return server.process.wait()
    except (SetupError, SettingsError) as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code if isinstance(error, SetupError) else 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
