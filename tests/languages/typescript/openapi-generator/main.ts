// The cases of `cargo xtask languages`, with the client that openapi-generator makes.

import { refused, report } from "../cases";
// snippet
import { Configuration, DeviceActionType, DevicesApi, ResponseError } from "./client";

const basePath = process.env["IT_ACCESS_BASE_URL"];
const accessToken = process.env["IT_ACCESS_TOKEN"];
const devices = new DevicesApi(new Configuration({ basePath, apiKey: accessToken }));

const results = await devices.deviceAction({
  deviceActionRequest: {
    types: DeviceActionType.Exempt,
    ids: ["device123", "device456", "device789"],
    params: { exemptTime: 60 },
  },
});
report("exempt", results);
// end of snippet

const reIdentify = {
  deviceActionRequest: { types: DeviceActionType.ReIdentify, ids: ["laptop-002"] },
};
report("by-ids", await devices.deviceAction(reIdentify));

const renew = {
  types: DeviceActionType.Dhcprenew,
  macs: ["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"],
};
report("by-macs", await devices.deviceAction({ deviceActionRequest: renew }));

const assign = {
  types: DeviceActionType.AssignToGroup,
  ids: ["laptop-001", "dc-001"],
  params: { groupId: "finance" },
};
report("group", await devices.deviceAction({ deviceActionRequest: assign }));

const stranger = new DevicesApi(new Configuration({ basePath, apiKey: "wrong" }));
try {
  await stranger.deviceAction(reIdentify);
} catch (error) {
  if (!(error instanceof ResponseError)) throw error;
  refused("unauthorized", error.response);
}

try {
  for (;;) await devices.deviceAction(reIdentify);
} catch (error) {
  if (!(error instanceof ResponseError)) throw error;
  refused("rate-limited", error.response);
}
