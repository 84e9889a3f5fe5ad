// A call with the types that openapi-typescript makes, sent by openapi-fetch.

import createClient from "openapi-fetch";
import type { components, paths } from "./client";
import { Meter } from "./meter.js";

type Result = components["schemas"]["DeviceActionResult"];

const [baseUrl, ...numbers] = process.argv.slice(2);
const [devices = 0, warmUp = 0, requests = 0] = numbers.map(Number);
const hwids = Array.from({ length: devices }, (_, number) => number.toString(16).padStart(32, "0"));

const client = createClient<paths>({
  baseUrl,
  querySerializer: () => "access_token=simulated-token",
});

// Each device once, and its state.
async function unexempt(): Promise<Map<string, Result | undefined>> {
  const ids = [...new Set(hwids)];
  const body = { types: "unexempt" as const, ids };
  // `fetch` has no limit for the connection alone.
  const signal = AbortSignal.timeout(60_000);
  const { data } = await client.POST("/o/api/v3/devices/action", { body, signal });
  return new Map(ids.map((hwid) => [hwid, data?.[hwid]]));
}

async function repeat(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    let applied = 0;
    for (const state of (await unexempt()).values()) if (state === 1) applied++;
    if (applied !== devices) throw new Error(`applied to ${applied}`);
  }
}

await repeat(warmUp);
const meter = new Meter();
await repeat(requests);
meter.tell();
