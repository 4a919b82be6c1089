import { expect, it } from "vitest";
import { createRetireDn } from "../../../lambda/use-cases/operate/retire-dn.ts";
import { testNow } from "../../support/api-event.ts";
import { registered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

it("the retirement of a DN counts a registration that somebody else retires at the same time for them", async () => {
  const bothRegistered = statusAfter(registered(), registered({ application: "bridge-b" }));
  const retireDn = createRetireDn({
    readStatuses: async () => [bothRegistered],
    recordEvents: async () => ["applied", "duplicate"],
    noteRetirement: { ofLoss: async () => {}, ofApplications: async () => {} },
    hash: (text) => text,
    now: () => testNow,
  });
  const retirement = { server: "SIPTS750", thisDN: "7001", author: "Ada", note: "gone" };
  expect(await retireDn(retirement, "token_1")).toBe(1);
});
