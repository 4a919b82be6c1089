import { describe, expect, it } from "vitest";
import { applyStaleness } from "../../../lambda/domain/status/apply-staleness.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { compareText } from "../../../lambda/domain/text.ts";
import { testNow } from "../../support/api-event.ts";
import { baseTime, missed, registered, retired, unregistered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";
import type { CreateStore } from "./store-contract.ts";

const key = { thisDN: "7001", server: "SIPTS750" };

/** A status with everything in it: several applications, a clean-up answer after a loss, an open loss, sessions, text of all planes. */
const rich = (): RegistrationStatus =>
  statusAfter(
    registered({ agentID: "Zoë 𝄞", customerID: "Resources", sequenceNumber: 4_294_967_295 }),
    registered({ application: "bridge-b", time: baseTime + 1 }),
    unregistered({ time: baseTime + 2, errorCode: -59, errorMessage: "DN is not configured" }),
    unregistered({ time: baseTime + 3, referenceID: 7 }),
    unregistered({ application: "bridge-b", time: baseTime + 4, errorCode: 59 }),
    registered({ application: "bridge-b", time: baseTime + 5, session: baseTime + 5 }),
    missed({ application: "bridge-b", time: baseTime + 6 }),
    retired({ time: baseTime + 7 }),
    registered({ application: "bridge-c", time: baseTime + 8 }),
  );

/** A status whose item is longer than the 400 KB that DynamoDB accepts. */
const oversized = (status: RegistrationStatus): RegistrationStatus => ({
  ...status,
  changedBy: "x".repeat(410_000),
});

/** The ports of statuses. */
export const describeStatuses = (createStore: CreateStore): void => {
  describe("statuses", () => {
    it("reads back what was written", async () => {
      const { writeStatus, readStatuses, readStatusesOfDn } = await createStore();
      const status = { ...applyStaleness(rich(), "bridge-c", true, testNow), revision: 1 };
      expect(await writeStatus(status)).toBe("written");
      expect(await readStatuses([key])).toEqual([status]);
      expect(await readStatusesOfDn("7001")).toEqual([status]);
    });

    it("leaves out the keys without a status", async () => {
      const { writeStatus, readStatuses } = await createStore();
      await writeStatus(statusAfter(registered()));
      const others = [
        { thisDN: "7001", server: "SIPTS751" },
        { thisDN: "7002", server: "SIPTS750" },
      ];
      expect(await readStatuses(others)).toEqual([]);
      expect(await readStatuses([...others, key])).toMatchObject([key]);
      expect(await readStatuses([])).toEqual([]);
    });

    it("reads more keys than one call accepts", async () => {
      const { writeStatus, readStatuses } = await createStore();
      const dns = Array.from({ length: 210 }, (_, index) => String(7000 + index));
      await Promise.all(dns.map((thisDN) => writeStatus(statusAfter(registered({ thisDN })))));
      const read = await readStatuses(dns.map((thisDN) => ({ thisDN, server: "SIPTS750" })));
      expect(read.map(({ thisDN }) => thisDN).toSorted(compareText)).toEqual(dns);
    });

    it("reads all servers of a DN and no other DN", async () => {
      const { writeStatus, readStatusesOfDn } = await createStore();
      const events = [
        registered(),
        registered({ server: "SIPTS751" }),
        registered({ thisDN: "70011" }),
        registered({ thisDN: "+7001" }),
      ];
      await Promise.all(events.map((event) => writeStatus(statusAfter(event))));
      const read = await readStatusesOfDn("7001");
      const servers = read.map(({ server }) => server).toSorted(compareText);
      expect(servers).toEqual(["SIPTS750", "SIPTS751"]);
      expect(await readStatusesOfDn("700")).toEqual([]);
    });

    it("reads the servers of a DN in order, from one on and up to a limit", async () => {
      const { writeStatus, readStatusesOfDn } = await createStore();
      const names = ["S-10", "S-9", "a", "S-1", "Ä"];
      const statuses = names.map((server) => statusAfter(registered({ server })));
      await Promise.all(statuses.map(writeStatus));
      const read = async (...range: Parameters<typeof readStatusesOfDn>) =>
        (await readStatusesOfDn(...range)).map(({ server }) => server);
      expect(await read("7001")).toEqual(["S-1", "S-10", "S-9", "a", "Ä"]);
      expect(await read("7001", { after: "", limit: 2 })).toEqual(["S-1", "S-10"]);
      expect(await read("7001", { after: "S-10", limit: 2 })).toEqual(["S-9", "a"]);
      expect(await read("7001", { after: "S-8", limit: 9 })).toEqual(["S-9", "a", "Ä"]);
      expect(await read("7001", { after: "Ä", limit: 9 })).toEqual([]);
    });

    it("writes only on top of the revision before", async () => {
      const { writeStatus, readStatuses } = await createStore();
      const first = statusAfter(registered());
      const at = (revision: number) => ({ ...first, revision, changedBy: `by-${revision}` });
      expect(await writeStatus(at(2))).toBe("conflict");
      expect(await writeStatus(at(1))).toBe("written");
      expect(await writeStatus(at(1))).toBe("conflict");
      expect(await writeStatus(at(3))).toBe("conflict");
      expect(await writeStatus(at(2))).toBe("written");
      expect(await writeStatus(at(2))).toBe("conflict");
      expect(await readStatuses([key])).toEqual([at(2)]);
    });

    it("lets one of several writers win", async () => {
      const { writeStatus } = await createStore();
      const status = statusAfter(registered());
      const race = async (revision: number) => {
        const writers = Array.from({ length: 10 }, () => writeStatus({ ...status, revision }));
        return (await Promise.all(writers)).filter((result) => result === "written").length;
      };
      expect(await race(1)).toBe(1);
      expect(await race(2)).toBe(1);
    });

    it("replaces the whole status: a loss that is over is removed", async () => {
      const { writeStatus, readStatuses } = await createStore();
      const lost = statusAfter(unregistered());
      const back = statusAfter(unregistered(), registered({ time: baseTime + 1 }));
      await writeStatus(lost);
      expect(await writeStatus(back)).toBe("written");
      const [read] = await readStatuses([key]);
      expect(read).toEqual(back);
      expect(read?.alertId).toBeUndefined();
    });

    it("refuses an item over 400 KB for good, and keeps the old one", async () => {
      const { writeStatus, readStatuses } = await createStore();
      const status = statusAfter(registered());
      expect(await writeStatus(oversized(status))).toBe("refused");
      await writeStatus(status);
      expect(await writeStatus(oversized({ ...status, revision: 2 }))).toBe("refused");
      expect(await readStatuses([key])).toEqual([status]);
    });
  });
};
