import { describe, expect, it } from "vitest";
import { killOnAndOn, watchLives } from "../../../proof/chaos/kill-on-and-on.ts";
import type { Lives } from "../../../proof/chaos/lives.ts";

const createLives = (isBroken: boolean): Lives => ({
  url: "http://127.0.0.1:9",
  keys: {
    "bridge-a": { id: "a", name: "bridge-a", key: "" },
    "bridge-b": { id: "b", name: "bridge-b", key: "" },
  },
  current: () => {
    throw new Error("there is none");
  },
  isBroken: () => isBroken,
  outages: [],
  calm: () => Promise.resolve(),
  faults: () => ({}),
  restart: () => Promise.resolve(),
  evaluations: () => [],
  published: () => [],
  heard: () => ({ received: new Set(), demanded: [] }),
  end: () => Promise.resolve(),
});
const bridge = { kill: () => undefined, kills: () => 0, done: Promise.resolve() };
const over = AbortSignal.abort();
const [fine, broken] = [createLives(false), createLives(true)];

describe("the killing", () => {
  it("ends as soon as there is no load", async () => {
    const killed: string[] = [];
    await killOnAndOn({
      lives: { ...fine, restart: async () => void killed.push("stack") },
      bridge: { ...bridge, kill: () => killed.push("bridge") },
      random: Math.random,
      kills: 100,
      say: (line) => killed.push(line),
      over,
    });
    expect(killed).toEqual([]);
  });
});

describe("the watch over the stack", () => {
  it("fails when the stack ends by itself", async () => {
    const { signal } = new AbortController();
    await expect(watchLives({ lives: broken, over: signal })).rejects.toThrow("ended by itself");
  });

  it("ends as soon as there is no load", async () => {
    const controller = new AbortController();
    const watching = watchLives({ lives: fine, over: controller.signal });
    controller.abort();
    await expect(watching).resolves.toBeUndefined();
  });
});
