"""The cases of `cargo xtask languages`, with the client that openapi-generator makes."""

import os

from cases import refused, report

# snippet
from client import (
    ApiClient,
    ApiException,
    Configuration,
    DeviceActionParams,
    DeviceActionRequest,
    DeviceActionRequestByIds,
    DeviceActionRequestByMacs,
    DeviceActionType,
    DevicesApi,
)

service = os.environ["IT_ACCESS_BASE_URL"]
devices = DevicesApi(
    ApiClient(Configuration(host=service, api_key={"AccessToken": os.environ["IT_ACCESS_TOKEN"]}))
)

exempt = DeviceActionRequestByIds(
    types=DeviceActionType.EXEMPT,
    ids=["device123", "device456", "device789"],
    params=DeviceActionParams(exempt_time=60),
)
report("exempt", devices.device_action(DeviceActionRequest(exempt)))
# end of snippet

re_identify = DeviceActionRequest(
    DeviceActionRequestByIds(types=DeviceActionType.RE_MINUS_IDENTIFY, ids=["laptop-002"])
)
report("by-ids", devices.device_action(re_identify))

renew = DeviceActionRequestByMacs(
    types=DeviceActionType.DHCPRENEW, macs=["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"]
)
report("by-macs", devices.device_action(DeviceActionRequest(renew)))

assign = DeviceActionRequestByIds(
    types=DeviceActionType.ASSIGN_TO_GROUP,
    ids=["laptop-001", "dc-001"],
    params=DeviceActionParams(group_id="finance"),
)
report("group", devices.device_action(DeviceActionRequest(assign)))

stranger = DevicesApi(ApiClient(Configuration(host=service, api_key={"AccessToken": "wrong"})))
try:
    stranger.device_action(re_identify)
except ApiException as error:
    refused("unauthorized", error.status, error.headers)

try:
    while True:
        devices.device_action(re_identify)
except ApiException as error:
    refused("rate-limited", error.status, error.headers)
