import { describe, expect, it } from "vitest";
import { lossLines } from "../../bridge/loss-lines.ts";
import { createLosses } from "../../bridge/losses.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";

const at = (seconds: number) => ({ time: baseTime + seconds * 1_000_000 });

describe("the losses of a log", () => {
  it("are those that no application asked for, with their cause and their end", () => {
    const losses = createLosses();
    losses.see(registered());
    losses.see(unregistered({ ...at(1), errorCode: 59 }));
    losses.see(unregistered({ ...at(2), thisDN: "7002", referenceID: 7 }));
    losses.see(unregistered({ ...at(3), thisDN: "7003" }));
    losses.see(unregistered({ ...at(4), errorCode: 59 }));
    losses.see(registered(at(5)));
    losses.see(unregistered({ ...at(6), errorCode: 9999, errorMessage: "new" }));
    expect(lossLines(losses.list())).toEqual([
      "lost unexpectedly, 3 times:",
      "  2026-11-20T02:58:01.123456Z  SIPTS750 7001  DN is not configured in CME (59)  back 2026-11-20T02:58:05.123456Z",
      "  2026-11-20T02:58:03.123456Z  SIPTS750 7003  no cause given                    still lost",
      "  2026-11-20T02:58:06.123456Z  SIPTS750 7001  new (9999)                        still lost",
    ]);
  });

  it("are all DNs of the T-Server that are registered where an event says so", () => {
    const losses = createLosses();
    const all = (seconds: number, cause = {}) => ({
      ...{ id: "", event: "EventUnregisteredAll" as const, application: "" },
      ...{ server: registered().server, ...at(seconds), ...cause },
    });
    expect(losses.see(all(0, { errorCode: 58 }))).toBe(false);
    for (const thisDN of ["7001", "7002", "7003"]) losses.see(registered({ thisDN }));
    losses.see(registered({ server: "AVAYATS1" }));
    losses.see(unregistered({ ...at(1), thisDN: "7003", referenceID: 7 }));
    expect(losses.see(all(2, { errorCode: 58 }))).toBe(true);
    losses.see(registered({ ...at(3), thisDN: "7002" }));
    // It was asked for.
    expect(losses.see(all(4, { referenceID: 8 }))).toBe(true);
    expect(losses.list().map(({ thisDN, backAt }) => [thisDN, backAt])).toEqual([
      ["7001", undefined],
      ["7002", "2026-11-20T02:58:03.123456Z"],
    ]);
  });

  it("are said to be none where there are none", () => {
    expect(lossLines([])).toEqual(["no DN was lost unexpectedly"]);
  });

  it("are shown up to the hundredth", () => {
    const losses = createLosses();
    for (let dn = 0; dn < 120; dn += 1) losses.see(unregistered({ thisDN: String(dn) }));
    const lines = lossLines(losses.list());
    expect(lines).toHaveLength(102);
    expect(lines.at(-1)).toBe("  and 20 more (--json lists them all)");
  });

  it("let nothing from outside steer the terminal", () => {
    const losses = createLosses();
    losses.see(unregistered({ errorMessage: "\u001b[2J" }));
    expect(lossLines(losses.list()).join("")).not.toContain("\u001b");
  });
});
