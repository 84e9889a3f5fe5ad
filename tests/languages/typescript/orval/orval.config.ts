import { defineConfig } from "orval";

export default defineConfig({
  client: {
    input: "../document.json",
    output: {
      target: "client.ts",
      client: "fetch",
      override: { mutator: { path: "send.ts", name: "send" } },
    },
  },
});
