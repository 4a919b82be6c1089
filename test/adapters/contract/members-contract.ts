import { describe, expect, it } from "vitest";
import {
  isMissing,
  type Loss,
  type LossKey,
  type LossRecord,
} from "../../../lambda/domain/alerting/loss.ts";
import type { ReadMembers } from "../../../lambda/ports/losses.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildFormerMember, buildHeld, buildLoss, buildMissing } from "../../support/build-loss.ts";
import type { CreateAlerting } from "./store-contract.ts";

const buildBack = (changes: Partial<LossRecord>): Loss =>
  buildFormerMember("alert-1", { endedAt: baseTime + 9, ...changes });

/** Members 7000, 7001, …; every third is back. */
const members = (count: number): Loss[] =>
  Array.from({ length: count }, (_, index) => {
    const thisDN = String(7000 + index);
    return index % 3 === 0 ? buildBack({ thisDN }) : buildMissing("alert-1", { thisDN });
  });

const createFilled = async (createAlerting: CreateAlerting, losses: readonly Loss[]) => {
  const ports = await createAlerting();
  await Promise.all(losses.map(ports.writeLoss));
  return ports;
};
const dnsOf = (keys: readonly LossKey[]) => keys.map(({ thisDN }) => thisDN);

/** Reads part after part to the end. */
const readAll = async (readMembers: ReadMembers, missing: boolean, limit: number) => {
  const keys: LossKey[] = [];
  let from: string | undefined;
  do {
    const { items, next } = await readMembers("alert-1", { missing, limit, from });
    expect(items.length).toBeLessThanOrEqual(limit);
    keys.push(...items);
    from = next;
  } while (from !== undefined);
  return keys;
};

/** The ports of an alert's members. */
export const describeMembers = (createAlerting: CreateAlerting): void => {
  describe("members of an alert", () => {
    it("are the losses that are part of it, and no others", async () => {
      const { readMembers } = await createFilled(createAlerting, [
        buildMissing("alert-1", { lossId: "alert-1" }),
        buildBack({ lossId: "alert-2", thisDN: "7002" }),
        buildMissing("alert-11", { lossId: "alert-3", thisDN: "7003" }),
        buildLoss({ lossId: "alert-4", thisDN: "7004" }),
      ]);
      const { items, next } = await readMembers("alert-1", { missing: false, limit: 10 });
      expect(items).toEqual([
        { thisDN: "7001", server: "SIPTS750", lossId: "alert-1" },
        { thisDN: "7002", server: "SIPTS750", lossId: "alert-2" },
      ]);
      expect(next).toBeUndefined();
    });

    it("are missing until their loss is over", async () => {
      const lost = buildMissing("alert-1");
      const { readMembers, writeLoss } = await createFilled(createAlerting, [lost]);
      const missing = async () =>
        (await readMembers("alert-1", { missing: true, limit: 10 })).items.length;
      expect(await missing()).toBe(1);
      await writeLoss(buildBack({ revision: 2 }));
      expect(await missing()).toBe(0);
    });

    it("are none while they are held", async () => {
      const held = buildHeld("server", { revision: 2 });
      const { readMembers, readHeld, writeLoss } = await createFilled(createAlerting, [
        buildMissing("alert-1"),
      ]);
      expect(await writeLoss(held)).toBe("written");
      expect((await readMembers("alert-1", { missing: true, limit: 10 })).items).toEqual([]);
      expect((await readMembers("alert-1", { missing: false, limit: 10 })).items).toEqual([]);
      expect((await readHeld({ server: undefined, limit: 10 })).items).toHaveLength(1);
    });

    it.each([1, 4, 7, 100])(
      "are read each once, the missing ones first, in parts of %i",
      async (limit) => {
        const all = members(30);
        const { readMembers } = await createFilled(createAlerting, all);
        const missing = all.filter(isMissing);
        const over = all.filter(({ state }) => state === "over");
        const sorted = (keys: readonly LossKey[]) => dnsOf(keys).toSorted();
        expect(sorted(await readAll(readMembers, true, limit))).toEqual(sorted(missing));
        const read = await readAll(readMembers, false, limit);
        expect(sorted(read.slice(0, missing.length))).toEqual(sorted(missing));
        expect(sorted(read.slice(missing.length))).toEqual(sorted(over));
      },
    );

    it("are each read once although they are losses of one DN", async () => {
      const losses = Array.from({ length: 9 }, (_, index) =>
        buildMissing("alert-1", { lossId: `alert-${index}` }),
      );
      const { readMembers } = await createFilled(createAlerting, losses);
      const read = await readAll(readMembers, true, 2);
      expect(new Set(read.map(({ lossId }) => lossId)).size).toBe(9);
      expect(read).toHaveLength(9);
    });

    it("continue after a position although the member there is back meanwhile", async () => {
      const all = members(9);
      const { readMembers, writeLoss } = await createFilled(createAlerting, all);
      const first = await readMembers("alert-1", { missing: true, limit: 2 });
      const [gone] = first.items.slice(-1);
      if (gone === undefined) throw new Error("nothing was read");
      await writeLoss(buildBack({ ...gone, revision: 2 }));
      const rest = await readMembers("alert-1", { missing: true, limit: 10, from: first.next });
      const missing = all.filter(isMissing);
      expect(new Set(dnsOf([...first.items, ...rest.items]))).toEqual(new Set(dnsOf(missing)));
      expect(first.items.length + rest.items.length).toBe(missing.length);
    });
  });
};
