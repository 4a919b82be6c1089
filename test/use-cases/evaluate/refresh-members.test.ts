import { describe, expect, it } from "vitest";
import type { RegistrationEvent } from "../../../lambda/domain/event/registration-event.ts";
import { createRefreshMembers } from "../../../lambda/use-cases/evaluate/refresh-members.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";
import { createHarness } from "./alerting-harness.ts";

const server = "SIPTS750";
const keyOf = ({ thisDN, id }: RegistrationEvent) => ({ thisDN, lossId: `alert-${id}` });

describe("refreshing the members of an alert", () => {
  it("keeps a member as missing when its DN has no status or another evaluator has just written it", async () => {
    const harness = createHarness();
    const lost = unregistered({ errorCode: 59 });
    await harness.record(lost);
    harness.pass(30);
    await harness.evaluatorOf().evaluateLosses(server, [keyOf(lost)]);
    const key = { ...keyOf(lost), server };
    const blind = createRefreshMembers({ ...harness.ports, readStatuses: async () => [] });
    expect(await blind([key])).toHaveLength(1);
    await harness.record(registered({ time: baseTime + 9 }));
    const slow = createRefreshMembers({ ...harness.ports, writeLoss: async () => "conflict" });
    expect(await slow([key])).toHaveLength(1);
    expect(await createRefreshMembers(harness.ports)([key])).toEqual([]);
    expect(await createRefreshMembers(harness.ports)([key, { ...key, lossId: "none" }])).toEqual(
      [],
    );
  });
});
