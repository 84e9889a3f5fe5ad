"""The cases of `cargo xtask languages`, with the models that datamodel-code-generator makes, sent by httpx."""

import os

from cases import refused, report

# snippet
import httpx
from pydantic import TypeAdapter

from client import (
    DeviceActionParams,
    DeviceActionRequestByIds,
    DeviceActionRequestByMacs,
    DeviceActionResult,
    DeviceActionResults,
    DeviceActionType,
)

service = os.environ["IT_ACCESS_BASE_URL"]
http = httpx.Client(base_url=service, params={"access_token": os.environ["IT_ACCESS_TOKEN"]})


def device_action(
    http: httpx.Client, request: DeviceActionRequestByIds | DeviceActionRequestByMacs
) -> dict[str, DeviceActionResult]:
    body = request.model_dump(mode="json", exclude_none=True)
    answer = http.post("/o/api/v3/devices/action", json=body).raise_for_status()
    return TypeAdapter(DeviceActionResults).validate_json(answer.content)


exempt = DeviceActionRequestByIds(
    types=DeviceActionType.exempt,
    ids=["device123", "device456", "device789"],
    params=DeviceActionParams(exempt_time=60),
)
report("exempt", device_action(http, exempt))
# end of snippet

re_identify = DeviceActionRequestByIds(types=DeviceActionType.re_identify, ids=["laptop-002"])
report("by-ids", device_action(http, re_identify))

renew = DeviceActionRequestByMacs(
    types=DeviceActionType.dhcprenew, macs=["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"]
)
report("by-macs", device_action(http, renew))

assign = DeviceActionRequestByIds(
    types=DeviceActionType.assign_to_group,
    ids=["laptop-001", "dc-001"],
    params=DeviceActionParams(group_id="finance"),
)
report("group", device_action(http, assign))

stranger = httpx.Client(base_url=service, params={"access_token": "wrong"})
try:
    device_action(stranger, re_identify)
except httpx.HTTPStatusError as error:
    refused("unauthorized", error.response.status_code, error.response.headers)

try:
    while True:
        device_action(http, re_identify)
except httpx.HTTPStatusError as error:
    refused("rate-limited", error.response.status_code, error.response.headers)
