import { describe, expect, it } from "vitest";
import { buildConnection } from "../../support/build-connection.ts";
import type { CreateAlerting } from "./store-contract.ts";

const list = "servers of bridge-a";
const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `SIPTS${index}`);

/** The ports of the lists of names. */
export const describeNames = (createAlerting: CreateAlerting): void => {
  describe("lists of names", () => {
    it("hold what was claimed, each name once, and a list knows nothing of another", async () => {
      const { claimName, readNames } = await createAlerting();
      expect(await readNames(list)).toEqual(new Set());
      const names = ["Zürich 𝄞", "SIPTS750", "SIPTS750", "__proto__"];
      for (const name of names) expect(await claimName(list, name, 3)).toBe(true);
      expect(await readNames(list)).toEqual(new Set(names));
      expect(await readNames("servers of bridge-b")).toEqual(new Set());
    });

    it("that are full take no other name, and still know their own", async () => {
      const { claimName, readNames } = await createAlerting();
      expect(await claimName(list, "A", 1)).toBe(true);
      expect(await claimName(list, "AB", 1)).toBe(false);
      expect(await claimName(list, "A", 1)).toBe(true);
      expect(await readNames(list)).toEqual(new Set(["A"]));
    });

    it("take no more names than their limit, however many claim at the same time", async () => {
      const { claimName, readNames } = await createAlerting();
      const claims = namesOf(30).map((name) => claimName(list, name, 10));
      const claimed = (await Promise.all(claims)).filter(Boolean);
      expect(claimed).toHaveLength(10);
      expect((await readNames(list)).size).toBe(10);
    });

    it("have room again for what was freed, also after all was", async () => {
      const { claimName, freeNames, readNames } = await createAlerting();
      for (const name of namesOf(3)) await claimName(list, name, 3);
      await freeNames(list, ["SIPTS1", "not there"]);
      expect(await readNames(list)).toEqual(new Set(["SIPTS0", "SIPTS2"]));
      expect(await claimName(list, "B", 3)).toBe(true);
      await freeNames(list, ["SIPTS0", "SIPTS2", "B"]);
      expect(await readNames(list)).toEqual(new Set());
      expect(await claimName(list, "C", 1)).toBe(true);
      await freeNames("no list", ["A"]);
    });

    it("hold many of the longest names", async () => {
      const { claimName, readNames } = await createAlerting();
      const names = namesOf(40).map((name) => name.padEnd(128, "漢"));
      await Promise.all(names.map((name) => claimName(list, name, 40)));
      expect(await readNames(list)).toEqual(new Set(names));
      expect(await claimName(list, "one more", 40)).toBe(false);
    });

    it("are no connections", async () => {
      const { claimName, writeConnection, readAllConnections } = await createAlerting();
      await writeConnection(buildConnection());
      await claimName(list, "SIPTS750", 100);
      expect(await readAllConnections()).toEqual([buildConnection()]);
    });
  });
};
