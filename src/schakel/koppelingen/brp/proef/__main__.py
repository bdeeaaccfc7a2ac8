# SPDX-License-Identifier: EUPL-1.2
"""Runs the small BRP by itself: `python -m schakel.koppelingen.brp.proef --port 5010`."""

import argparse

import uvicorn

from schakel.koppelingen.brp.proef.app import create_app


def main() -> None:
    parser = argparse.ArgumentParser(description="De proef-BRP met verzonnen personen.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5010)
    options = parser.parse_args()
    uvicorn.run(create_app(), host=options.host, port=options.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
