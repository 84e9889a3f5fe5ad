// How a program tells what it cost: one line of JSON. Linux only.

import { readFileSync } from "node:fs";

export class Meter {
  readonly #wall = performance.now();
  readonly #cpu = process.cpuUsage();

  tell(): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    const wall = performance.now() - this.#wall;
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"));
    console.log(JSON.stringify({ wall: wall / 1e3, cpu: (user + system) / 1e6, peak_kib: Number(peak?.[1]) }));
  }
}
