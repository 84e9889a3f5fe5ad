// The cases of `cargo xtask languages`, with the types that openapi-typescript makes, sent by openapi-fetch.

import { refused, report } from "../cases";
// snippet
import createClient from "openapi-fetch";
import type { components, paths } from "./client";

const baseUrl = process.env["IT_ACCESS_BASE_URL"];
const client = createClient<paths>({ baseUrl });

// The types know no security schemes: the client adds the token to every URL.
function withToken(access_token: string | undefined) {
  return { querySerializer: () => new URLSearchParams({ access_token: access_token ?? "" }).toString() };
}
const accessToken = withToken(process.env["IT_ACCESS_TOKEN"]);

type Body = components["schemas"]["DeviceActionRequest"];

async function deviceAction(body: Body, token = accessToken) {
  return await client.POST("/o/api/v3/devices/action", { body, ...token });
}

const { data } = await deviceAction({
  types: "exempt",
  ids: ["device123", "device456", "device789"],
  params: { exempt_time: 60 },
});
report("exempt", data);
// end of snippet

const reIdentify: Body = { types: "re-identify", ids: ["laptop-002"] };
report("by-ids", (await deviceAction(reIdentify)).data);

const macs = ["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"];
report("by-macs", (await deviceAction({ types: "dhcprenew", macs })).data);

const ids = ["laptop-001", "dc-001"];
const assign: Body = { types: "assign_to_group", ids, params: { group_id: "finance" } };
report("group", (await deviceAction(assign)).data);

// A refusal is no exception here: the answer has an `error`, and its status.
const stranger = await deviceAction(reIdentify, withToken("wrong"));
refused("unauthorized", stranger.response);

let answer = await deviceAction(reIdentify);
while (answer.response.ok) answer = await deviceAction(reIdentify);
refused("rate-limited", answer.response);
