import { describe, expect, it } from "vitest";
import type { MaintenanceWindow } from "../../../lambda/domain/alerting/maintenance-window.ts";
import { baseTime } from "../../support/build-event.ts";
import type { CreateAlerting } from "./store-contract.ts";

const window = (id: string, end: number, changes: Partial<MaintenanceWindow> = {}) => ({
  id,
  start: baseTime,
  end: baseTime + end,
  reason: "Umbau 𝄞",
  author: "Ada",
  createdAt: baseTime - 1,
  ...changes,
});

/** The ports of maintenance windows. */
export const describeWindows = (createAlerting: CreateAlerting): void => {
  describe("maintenance windows", () => {
    it("reads back what was put", async () => {
      const { putWindow, readWindows } = await createAlerting();
      const thisDNs = Array.from({ length: 100 }, (_, index) => String(7000 + index));
      const rich = window("a", 2, { server: "SIPTS750", thisDNs, prefix: "70" });
      await putWindow(rich);
      const signed = { onBehalfOf: "Ada", tokenId: "token_1" };
      const everything = window("b", 1, { everything: true, author: "crm", ...signed });
      await putWindow(everything);
      expect(await readWindows(0)).toEqual([everything, rich]);
    });

    it("leaves out those that are over, and gives the earliest end first", async () => {
      const { putWindow, readWindows } = await createAlerting();
      await Promise.all([3, 1, 2].map((end) => putWindow(window(`${end}`, end))));
      const endsAfter = async (time: number) =>
        (await readWindows(baseTime + time)).map(({ id }) => id);
      expect(await endsAfter(0)).toEqual(["1", "2", "3"]);
      expect(await endsAfter(2)).toEqual(["2", "3"]);
      expect(await endsAfter(4)).toEqual([]);
    });

    it("removes one by its id, once", async () => {
      const { putWindow, readWindows, deleteWindow } = await createAlerting();
      await Promise.all([putWindow(window("a", 1)), putWindow(window("aa", 1))]);
      expect(await deleteWindow("a")).toBe(true);
      expect(await deleteWindow("a")).toBe(false);
      expect(await deleteWindow("b")).toBe(false);
      expect(await readWindows(0)).toEqual([window("aa", 1)]);
    });

    it("answers true to one of several callers that remove it at once", async () => {
      const { putWindow, deleteWindow } = await createAlerting();
      await putWindow(window("a", 1));
      const removed = await Promise.all(Array.from({ length: 5 }, () => deleteWindow("a")));
      expect(removed.filter((one) => one)).toHaveLength(1);
    });
  });
};
