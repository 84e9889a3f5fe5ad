"""The conformance suite by a client that openapi-python-client has generated from the document.

Called by `cargo xtask conformance` with the base URL of the validating proxy and that of the simulator behind it.
"""

import json
import os
import sys
from http import HTTPStatus
from pathlib import Path

import httpx
from client import Client
from client.api.devices import device_action
from client.models import DeviceActionRequestByIds, DeviceActionRequestByMacs

QUOTA = 10


def main(proxy: str, simulator: str) -> None:
    steps = json.loads(Path(__file__).with_name("suite.json").read_text())
    token = os.environ["IT_ACCESS_TOKEN"]
    # The generator does not read `apiKey` schemes.
    client = Client(base_url=proxy, httpx_args={"params": {"access_token": token}})

    for number, step in enumerate(steps):
        if number and number % QUOTA == 0:
            next_window(simulator)
        answer = call(client, step["request"])
        assert answer.status_code == HTTPStatus.OK, f"{step}: {answer.content}"
        assert answer.parsed.to_dict() == step["response"], f"{step}: {answer.content}"
        assert answer.headers["x-ratelimit-limit"] == str(QUOTA), answer.headers

    next_window(simulator)
    statuses = [call(client, steps[0]["request"]).status_code for _ in range(QUOTA + 1)]
    assert statuses == [HTTPStatus.OK] * QUOTA + [HTTPStatus.TOO_MANY_REQUESTS], statuses

    stranger = Client(base_url=proxy, httpx_args={"params": {"access_token": "wrong"}})
    status = call(stranger, steps[0]["request"]).status_code
    assert status == HTTPStatus.UNAUTHORIZED, status
    print(f"{len(steps) + len(statuses) + 1} requests")


def call(client: Client, request: dict):
    kind = DeviceActionRequestByIds if "ids" in request else DeviceActionRequestByMacs
    return device_action.sync_detailed(client=client, body=kind.from_dict(request))


def next_window(simulator: str) -> None:
    httpx.post(f"{simulator}/_sim/clock", json={"advance_seconds": 60}).raise_for_status()


main(*sys.argv[1:])
