"""The cases of `cargo xtask languages`, with the client that openapi-python-client makes."""

import os

from cases import refused, report

# snippet
from client import Client
from client.api.devices import device_action
from client.models import (
    DeviceActionParams,
    DeviceActionRequestByIds,
    DeviceActionRequestByMacs,
    DeviceActionResult,
    DeviceActionResults,
    DeviceActionType,
)

service = os.environ["IT_ACCESS_BASE_URL"]
# The generator does not read `apiKey` schemes: httpx adds the token to the query.
client = Client(service, httpx_args={"params": {"access_token": os.environ["IT_ACCESS_TOKEN"]}})

exempt = DeviceActionRequestByIds(
    types=DeviceActionType.EXEMPT,
    ids=["device123", "device456", "device789"],
    params=DeviceActionParams(exempt_time=60),
)
results = device_action.sync(client=client, body=exempt)
assert isinstance(results, DeviceActionResults)
report("exempt", results.additional_properties)
# end of snippet


def call(body: DeviceActionRequestByIds | DeviceActionRequestByMacs) -> dict[str, DeviceActionResult]:
    results = device_action.sync(client=client, body=body)
    assert isinstance(results, DeviceActionResults)
    return results.additional_properties


re_identify = DeviceActionRequestByIds(types=DeviceActionType.RE_IDENTIFY, ids=["laptop-002"])
report("by-ids", call(re_identify))

renew = DeviceActionRequestByMacs(
    types=DeviceActionType.DHCPRENEW, macs=["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"]
)
report("by-macs", call(renew))

assign = DeviceActionRequestByIds(
    types=DeviceActionType.ASSIGN_TO_GROUP,
    ids=["laptop-001", "dc-001"],
    params=DeviceActionParams(group_id="finance"),
)
report("group", call(assign))

# A refusal is no exception here: the answer has its status.
stranger = Client(service, httpx_args={"params": {"access_token": "wrong"}})
answer = device_action.sync_detailed(client=stranger, body=re_identify)
refused("unauthorized", answer.status_code, answer.headers)

while (answer := device_action.sync_detailed(client=client, body=re_identify)).parsed:
    pass
refused("rate-limited", answer.status_code, answer.headers)
