// The cases of `cargo xtask languages`, with the client that orval makes.

import { refused, report } from "../cases";
// snippet
import { deviceAction, type DeviceActionRequest } from "./client";

const answer = await deviceAction({
  types: "exempt",
  ids: ["device123", "device456", "device789"],
  params: { exempt_time: 60 },
});
if (answer.status !== 200) throw new Error(`the service answers ${answer.status}`);
report("exempt", answer.data);
// end of snippet

async function results(request: DeviceActionRequest) {
  const answer = await deviceAction(request);
  return answer.status === 200 ? answer.data : undefined;
}

const reIdentify: DeviceActionRequest = { types: "re-identify", ids: ["laptop-002"] };
report("by-ids", await results(reIdentify));

const macs = ["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"];
report("by-macs", await results({ types: "dhcprenew", macs }));

const ids = ["laptop-001", "dc-001"];
report("group", await results({ types: "assign_to_group", ids, params: { group_id: "finance" } }));

// A refusal is no exception here: the answer has its status.
refused("unauthorized", await deviceAction(reIdentify, { accessToken: "wrong" }));

let last = await deviceAction(reIdentify);
while (last.status === 200) last = await deviceAction(reIdentify);
refused("rate-limited", last);
