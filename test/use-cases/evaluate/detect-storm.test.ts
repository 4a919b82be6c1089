import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../lambda/domain/alerting/loss-decision.ts";
import {
  createDetectStorm,
  createFindLostDns,
} from "../../../lambda/use-cases/evaluate/detect-storm.ts";
import { baseTime, unregistered } from "../../support/build-event.ts";
import { buildRecord } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const at = (seconds: number) => baseTime + seconds * 1_000_000;

describe("the storm that given losses are part of", () => {
  const inHand = (thisDN: string, seconds: number): Candidate => ({
    record: buildRecord({ thisDN }),
    status: statusAfter(unregistered({ thisDN })),
    countedAt: at(seconds),
    claimed: undefined,
    hasFormerAlert: false,
  });
  const detect = async (seconds: number, thisDNs: string[], candidates: Candidate[]) => {
    const harness = createHarness();
    harness.pass(seconds);
    await harness.record(...thisDNs.map((thisDN) => unregistered({ thisDN })));
    return createDetectStorm(harness.ports)(server, candidates, []);
  };
  const others = ["7002", "7003", "7004", "7005", "7006"];

  it.each([0, 100])("is found around each of them: %i s", async (seconds) => {
    const storm = await detect(seconds, others, [inHand("7001", 0), inHand("7009", 100)]);
    expect(storm.count).toBe(6);
    expect([0, 100].map((one) => storm.isPart(at(one)))).toEqual([seconds === 0, seconds === 100]);
  });

  it("counts them as of when they were lost, whatever the lists say", async () => {
    const storm = await detect(0, ["7001", ...others], [inHand("7001", 30)]);
    expect(storm.count).toBe(6);
    expect(storm.isPart(at(30))).toBe(true);
  });
});

describe("finding what else was lost on a server", () => {
  it("continues where a page of a list ends, and stops beyond the time", async () => {
    const { ports } = createHarness();
    const asked: (string | undefined)[] = [];
    const entry = { thisDN: "7001", server };
    const findLostDns = createFindLostDns({
      readList: async ({ state, shard, beyond }) => {
        if (state !== "mixed" || shard !== 0) return [];
        asked.push(beyond);
        const page = Array.from({ length: 1000 }, () => ({ ...entry, changedKey: "no time" }));
        if (asked.length === 1) return page;
        return page.map((one) => ({ ...one, changedKey: "2026-11-20T03:00:00.000000Z#7001" }));
      },
    });
    expect(await findLostDns(server, baseTime, ports.now() + 1)).toEqual(new Map([["7001", 0]]));
    expect(asked).toEqual(["2026-11-20T02:58:00.123456Z", "no time"]);
  });
});
