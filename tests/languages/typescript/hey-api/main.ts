// The cases of `cargo xtask languages`, with the client that @hey-api/openapi-ts makes.

import { refused, report } from "../cases";
// snippet
import { deviceAction } from "./client";
import { createClient } from "./client/client";

const baseUrl = process.env["IT_ACCESS_BASE_URL"] ?? "";
const client = createClient({ baseUrl, auth: process.env["IT_ACCESS_TOKEN"] });

const { data } = await deviceAction({
  client,
  body: {
    types: "exempt",
    ids: ["device123", "device456", "device789"],
    params: { exempt_time: 60 },
  },
});
report("exempt", data);
// end of snippet

const reIdentify = { types: "re-identify" as const, ids: ["laptop-002"] };
report("by-ids", (await deviceAction({ client, body: reIdentify })).data);

const macs = ["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"];
report("by-macs", (await deviceAction({ client, body: { types: "dhcprenew", macs } })).data);

const assign = {
  types: "assign_to_group" as const,
  ids: ["laptop-001", "dc-001"],
  params: { group_id: "finance" },
};
report("group", (await deviceAction({ client, body: assign })).data);

// A refusal is no exception here, unless `throwOnError` asks for one: the answer has its status.
const stranger = createClient({ baseUrl, auth: "wrong" });
const unauthorized = await deviceAction({ client: stranger, body: reIdentify });
refused("unauthorized", unauthorized.response);

let answer = await deviceAction({ client, body: reIdentify });
while (answer.response?.ok) answer = await deviceAction({ client, body: reIdentify });
refused("rate-limited", answer.response);
