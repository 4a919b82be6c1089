import { describe, expect, it, vi } from "vitest";
import { advance } from "../../../lambda/domain/status/advance.ts";
import { createRetireApplications } from "../../../lambda/use-cases/operate/retire-applications.ts";
import { testNow } from "../../support/api-event.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { registered } from "../../support/build-event.ts";
import { defaultRules } from "../../support/default-rules.ts";
import { connectionMapKey, createInMemoryAlerting } from "../../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";

const remark = { author: "crm", tokenId: "token_1", note: "moved" };
const retirement = { server: "SIPTS750", remark };

const lateBridges = Array.from({ length: 55 }, (_, index) => `bridge-z${index + 10}`);

const createHarness = async (...more: readonly string[]) => {
  const tables = { ...createInMemoryStore(), ...createInMemoryAlerting() };
  const connection = buildConnection();
  tables.connections.set(connectionMapKey(connection), connection);
  const others = more.map((application) => registered({ application }));
  const first = registered({ application: "bridge-b" });
  await tables.writeStatus(advance(undefined, [first, ...others], testNow));
  const readList = vi.fn(tables.readList);
  const retireApplications = createRetireApplications({
    ...tables,
    readList,
    emitMetrics: () => {},
    hash: (text) => text,
    rules: defaultRules,
    now: () => testNow,
  });
  return { retireApplications, readList };
};

describe("the retirement of applications", () => {
  it.each([
    ["that one", { ...retirement, application: "bridge-b" }, ["bridge-b"]],
    ["all", retirement, ["bridge-a", "bridge-b"]],
  ])(
    "finds an application without a connection among the oldest registrations, to retire %s",
    async (_, wanted, expected) => {
      const { retireApplications, readList } = await createHarness();
      expect(await retireApplications(wanted)).toEqual(expected);
      const ranges = readList.mock.calls.map(([{ server, newestFirst, beyond, limit }]) => ({
        server,
        newestFirst,
        beyond,
        limit,
      }));
      const oldest = { server: "SIPTS750", newestFirst: false, beyond: undefined, limit: 500 };
      expect(ranges.length).toBeGreaterThan(0);
      expect(ranges).toEqual(ranges.map(() => oldest));
    },
  );

  it("finds more applications than a registration shows", async () => {
    const { retireApplications } = await createHarness(...lateBridges);
    const last = { ...retirement, application: lateBridges.at(-1) };
    expect(await retireApplications(last)).toEqual([last.application]);
    expect(await retireApplications(retirement)).toEqual(["bridge-a", "bridge-b", ...lateBridges]);
  });

  it("reads no registrations where a connection names the application", async () => {
    const { retireApplications, readList } = await createHarness();
    const application = "bridge-a";
    expect(await retireApplications({ ...retirement, application })).toEqual(["bridge-a"]);
    expect(readList).not.toHaveBeenCalled();
  });
});
