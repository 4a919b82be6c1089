import { expect, it } from "vitest";
import type { ReadStatuses } from "../../../lambda/ports/statuses.ts";
import { createRetireDn } from "../../../lambda/use-cases/operate/retire-dn.ts";
import { testNow } from "../../support/api-event.ts";
import { registered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";
import { statusAfter } from "../../support/status-after.ts";

it("the retirement of a DN counts a registration that another operator retires at the same time as theirs", async () => {
  const bothRegistered = statusAfter(registered(), registered({ application: "bridge-b" }));
  const store = createInMemoryStore();
  store.statuses.set(JSON.stringify(["7001", "SIPTS750"]), bothRegistered);
  const ports = {
    ...store,
    ...createInMemoryAlerting(),
    emitMetrics: () => {},
    hash: (text: string) => text,
    rules: defaultRules,
    now: () => testNow,
  };
  const remark = { author: "crm", tokenId: "token_1", note: "gone" };
  const retirement = { server: "SIPTS750", thisDN: "7001", remark };
  const counts: (number | undefined)[] = [];
  // The other retirement comes between our read of the registrations and our write.
  const readStatuses: ReadStatuses = async (keys) => {
    const statuses = await store.readStatuses(keys);
    if (counts.length === 0) {
      const other = { application: "bridge-b", remark: { ...remark, tokenId: "token_2" } };
      counts.push(await createRetireDn(ports)({ ...retirement, ...other }));
    }
    return statuses;
  };
  counts.push(await createRetireDn({ ...ports, readStatuses })(retirement));
  expect(counts).toEqual([1, 1]);
  expect([...store.history.values()].map(({ application, keyId }) => [application, keyId])).toEqual(
    [
      ["bridge-b", "token_2"],
      ["bridge-a", "token_1"],
    ],
  );
});
