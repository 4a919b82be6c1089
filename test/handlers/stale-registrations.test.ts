import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { buildConnection } from "../support/build-connection.ts";
import { baseTime, registered } from "../support/build-event.ts";
import { connectionMapKey } from "../support/in-memory-alerting.ts";
import { createQueryHarness } from "../support/query-harness.ts";

const PageSchema = v.object({
  data: v.array(
    v.object({
      server: v.string(),
      applications: v.array(v.object({ name: v.string(), stale: v.optional(v.boolean()) })),
    }),
  ),
});

const createHarness = async () => {
  const harness = createQueryHarness();
  const silent = buildConnection({ silentSince: baseTime + 1 });
  harness.alerting.connections.set(connectionMapKey(silent), silent);
  await harness.record([
    registered(),
    registered({ application: "bridge-b" }),
    registered({ server: "SIPTS751" }),
  ]);
  return harness;
};

type Harness = Awaited<ReturnType<typeof createHarness>>;
const shownIn = ({ body }: Awaited<ReturnType<Harness["list"]>>) =>
  v
    .parse(PageSchema, body)
    .data.flatMap(({ server, applications }) =>
      applications.flatMap(({ name, stale }) => (stale ? [`${name} on ${server}`] : [])),
    );

describe("registrations that are no longer known to stand", () => {
  it.each<[string, (harness: Harness) => ReturnType<Harness["list"]>]>([
    ["by DN", ({ list }) => list("thisDN=7001")],
    ["by path", ({ one }) => one("7001")],
    ["in a list", ({ list }) => list("status=registered")],
  ])("read stale %s, by what is known of the application's connection", async (_, ask) => {
    expect(shownIn(await ask(await createHarness()))).toEqual(["bridge-a on SIPTS750"]);
  });

  it("do not when a reader asks about the past", async () => {
    const { list } = await createHarness();
    const at = "2026-11-20T02:59:00Z";
    expect(shownIn(await list(`thisDN=7001&at=${at}`))).toEqual([]);
  });

  it("cost one read of a server's connections in a request", async () => {
    const harness = await createHarness();
    const asked: string[] = [];
    const { readConnectionsOfServer } = harness.alerting;
    const counting = createQueryHarness(
      {},
      {
        readConnectionsOfServer: (server) => {
          asked.push(server);
          return readConnectionsOfServer(server);
        },
      },
    );
    await counting.record(["1", "2", "3"].map((thisDN) => registered({ thisDN })));
    await counting.list("status=registered");
    expect(asked).toEqual(["SIPTS750"]);
  });
});
