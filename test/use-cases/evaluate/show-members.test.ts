import { describe, expect, it } from "vitest";
import { createShowMembers } from "../../../lambda/use-cases/evaluate/show-members.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { buildLoss } from "../../support/build-loss.ts";
import { statusAfter } from "../../support/status-after.ts";

describe("the DNs that an alert shows", () => {
  it("have the other servers where they are registered now, in the servers' order", async () => {
    const show = createShowMembers(async () => [
      statusAfter(registered({ server: "SIPTS9" })),
      statusAfter(registered({ server: "SIPTS2" })),
      statusAfter(unregistered({ server: "SIPTS3" })),
      statusAfter(registered()),
    ]);
    expect(await show([buildLoss()])).toMatchObject([{ registeredOn: ["SIPTS2", "SIPTS9"] }]);
  });

  it("have no servers where there are none; each DN is shown once, and a hundred at most", async () => {
    const show = createShowMembers(async () => []);
    const losses = Array.from({ length: 150 }, (_, index) => buildLoss({ thisDN: String(index) }));
    const members = await show([...losses, buildLoss({ thisDN: "0", lostAt: baseTime + 1 })]);
    expect(members).toHaveLength(100);
    expect(members[0]).not.toHaveProperty("registeredOn");
  });
});
