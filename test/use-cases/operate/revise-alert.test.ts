import { describe, expect, it, vi } from "vitest";
import type { WriteAlert } from "../../../lambda/ports/alerts.ts";
import { createReviseAlert } from "../../../lambda/use-cases/operate/revise-alert.ts";
import { buildAlert } from "../../support/build-alert.ts";

const before = buildAlert({ revision: 7 });
const revise = (writeAlert: WriteAlert) =>
  createReviseAlert({ readAlert: async () => before, writeAlert })(before, (alert) => ({
    ...alert,
    count: alert.count + 1,
  }));

describe("revising an alert", () => {
  it("writes it once, as the next revision, without what was told before", async () => {
    const writeAlert = vi.fn<WriteAlert>(async () => "written");
    const after = { ...before, revision: 8, count: 2, notice: undefined };
    expect(await revise(writeAlert)).toEqual(after);
    expect(writeAlert.mock.calls).toEqual([[after]]);
  });

  it("gives up when others write 20 times in a row", async () => {
    const writeAlert = vi.fn<WriteAlert>(async () => "conflict");
    await expect(revise(writeAlert)).rejects.toThrow("20 times in a row");
    expect(writeAlert).toHaveBeenCalledTimes(20);
  });
});
