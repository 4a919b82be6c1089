import { describe, expect, it } from "vitest";
import type { Loss, LossIn, LossKey, LossRecord } from "../../../lambda/domain/alerting/loss.ts";
import { shardCount, shardOf } from "../../../lambda/domain/status/list-key.ts";
import { compareText } from "../../../lambda/domain/text.ts";
import type { ReadHeld } from "../../../lambda/ports/losses.ts";
import { buildHeld, buildHeldToTheEnd, buildLoss, buildWaiting } from "../../support/build-loss.ts";
import type { CreateAlerting } from "./store-contract.ts";

const held = (thisDN: string, changes: Partial<LossRecord> = {}): LossIn<"held"> =>
  buildHeld("server", { thisDN, ...changes });

/** Some DNs on all shards, two servers. */
const population = Array.from({ length: 40 }, (_, index) =>
  held(String(7000 + 37 * index), { server: index % 2 === 0 ? "SIPTS750" : "SIPTS751" }),
);

const createFilled = async (createAlerting: CreateAlerting, losses: readonly Loss[]) => {
  const ports = await createAlerting();
  await Promise.all(losses.map(ports.writeLoss));
  return ports;
};
const dnsOf = (keys: readonly LossKey[]) => keys.map(({ thisDN }) => thisDN).toSorted(compareText);

const readAll = async (readHeld: ReadHeld, server: string | undefined, limit: number) => {
  const keys: LossKey[] = [];
  let from: string | undefined;
  do {
    const { items, next } = await readHeld({ server, limit, from });
    expect(items.length).toBeLessThanOrEqual(limit);
    keys.push(...items);
    from = next;
  } while (from !== undefined);
  return keys;
};

/** The port that reads held losses. */
export const describeHeld = (createAlerting: CreateAlerting): void => {
  describe("held losses", () => {
    it("are on all shards in this test", () => {
      expect(new Set(population.map(({ thisDN }) => shardOf(thisDN))).size).toBe(shardCount);
    });

    it("are none where nothing is held", async () => {
      const { readHeld } = await createFilled(createAlerting, [buildLoss()]);
      expect(await readHeld({ server: undefined, limit: 10 })).toEqual({
        items: [],
        next: undefined,
      });
    });

    it.each([1, 3, 10, 100])("are each read once, in parts of %i", async (limit) => {
      const { readHeld } = await createFilled(createAlerting, population);
      expect(dnsOf(await readAll(readHeld, undefined, limit))).toEqual(dnsOf(population));
      const ofServer = population.filter(({ server }) => server === "SIPTS751");
      expect(dnsOf(await readAll(readHeld, "SIPTS751", limit))).toEqual(dnsOf(ofServer));
    });

    it("are given with their keys, until they are no longer held", async () => {
      const loss = held("7001");
      const { readHeld, writeLoss } = await createFilled(createAlerting, [loss]);
      const read = async () => (await readHeld({ server: "SIPTS750", limit: 10 })).items;
      const { thisDN, server, lossId } = loss;
      expect(await read()).toEqual([{ thisDN, server, lossId }]);
      await writeLoss(buildHeldToTheEnd("server", { thisDN, revision: 2 }));
      expect(await read()).toEqual([]);
    });

    it("include those that wait for their hold-down", async () => {
      const { readHeld } = await createFilled(createAlerting, [buildWaiting({ thisDN: "7001" })]);
      expect(dnsOf(await readAll(readHeld, "SIPTS750", 10))).toEqual(["7001"]);
    });

    it("are only those of the server, whatever other servers are called", async () => {
      const servers = ["SIP", "SIP#1", "SIP#1#", "SIPTS", "SI"];
      const losses = servers.map((server, index) => held(String(8000 + index), { server }));
      const { readHeld } = await createFilled(createAlerting, losses);
      for (const { server, thisDN } of losses) {
        expect(dnsOf(await readAll(readHeld, server, 2))).toEqual([thisDN]);
      }
    });
  });
};
