"""A call with the client that openapi-python-client makes."""

import sys

import httpx
from client import Client
from client.api.devices import device_action
from client.models import DeviceActionRequestByIds, DeviceActionResult, DeviceActionResults, DeviceActionType
from meter import Meter

base_url = sys.argv[1]
devices, warm_up, requests = map(int, sys.argv[2:])
hwids = [f"{number:032x}" for number in range(devices)]

# A new connection for each request, as the others have it. httpx limits each step, and not the whole.
client = Client(
    base_url,
    timeout=httpx.Timeout(60, connect=10),
    # The generator does not read `apiKey` schemes: httpx adds the token to the query.
    httpx_args={
        "params": {"access_token": "simulated-token"},
        "limits": httpx.Limits(max_keepalive_connections=0),
    },
)


def unexempt() -> dict[str, DeviceActionResult | None]:
    """Each device once, and its state."""
    ids = list(dict.fromkeys(hwids))
    request = DeviceActionRequestByIds(types=DeviceActionType.UNEXEMPT, ids=ids)
    results = device_action.sync(client=client, body=request)
    assert isinstance(results, DeviceActionResults)
    return {hwid: results.additional_properties.get(hwid) for hwid in ids}


def repeat(times: int) -> None:
    for _ in range(times):
        states = unexempt().values()
        assert sum(state == 1 for state in states) == devices


repeat(warm_up)
meter = Meter()
repeat(requests)
meter.tell()
