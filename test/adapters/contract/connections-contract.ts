import { describe, expect, it } from "vitest";
import type { Connection } from "../../../lambda/domain/connection/connection.ts";
import { compareText } from "../../../lambda/domain/text.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { baseTime } from "../../support/build-event.ts";
import type { CreateAlerting } from "./store-contract.ts";

const signed = { onBehalfOf: "Ada", tokenId: "token_1" };

const said = { at: baseTime, heardAt: baseTime + 1, by: "key_00000001" };
const occurrence = { ...said, past: { ...said, at: baseTime - 1 } };

/** A connection with everything in it. */
const rich: Connection = buildConnection({
  server: "Zürich 𝄞",
  watched: true,
  unproven: true,
  closedAt: baseTime + 1,
  closedBy: "key_00000001",
  session: { id: "", startedAt: baseTime + 2, heardAt: baseTime + 3, by: "key_00000001" },
  serverDown: occurrence,
  serverUp: occurrence,
  linkDown: occurrence,
  linkUp: occurrence,
  stale: { since: baseTime, cause: "disconnect", renewBy: baseTime + 4, done: false, by: "key" },
  registered: { count: 10_000, heardAt: baseTime + 5 },
  mismatchSince: baseTime + 6,
  blind: { cause: "rejected", since: baseTime + 7, detail: "no event gets through" },
  silentSince: baseTime + 8,
  retiredAt: baseTime + 9,
  sweeps: [
    { id: "1", purpose: { kind: "lose", since: 1, cause: "reconnect" }, progressAt: 1 },
    { id: "2", purpose: { kind: "empty", event: '{"a":1}' }, progressAt: 2 },
    { id: "3", purpose: { kind: "mark", stale: false }, progressAt: 3 },
    { id: "4", purpose: { kind: "retire", at: 4, author: "Ada", note: "" }, progressAt: 4 },
    {
      id: "5",
      purpose: { kind: "retire", at: 5, author: "crm", ...signed, note: "gone" },
      progressAt: 5,
    },
  ],
});

const nameOf = ({ server, application }: Connection) => `${server} ${application}`;

/** The ports of connections. */
export const describeConnections = (createAlerting: CreateAlerting): void => {
  describe("connections", () => {
    it("reads back what was written, and finds no other", async () => {
      const { writeConnection, readConnection } = await createAlerting();
      expect(await writeConnection(rich)).toBe("written");
      expect(await readConnection(rich)).toEqual(rich);
      expect(await readConnection({ ...rich, application: "bridge-b" })).toBeUndefined();
    });

    it("reads all of a server, and all there are", async () => {
      const ports = await createAlerting();
      expect(await ports.readAllConnections()).toEqual([]);
      const connections = [
        buildConnection({ server: "SIPTS75" }),
        buildConnection(),
        buildConnection({ application: "bridge-b" }),
        buildConnection({ server: "SIPTS750#bridge-a", application: "b" }),
      ];
      await Promise.all(connections.map(ports.writeConnection));
      expect(await ports.readConnectionsOfServer("SIPTS750")).toEqual(connections.slice(1, 3));
      expect(await ports.readConnectionsOfServer("SIPTS7")).toEqual([]);
      const all = (await ports.readAllConnections()).map(nameOf);
      expect(all.toSorted(compareText)).toEqual(connections.map(nameOf).toSorted(compareText));
    });

    it("reads more than one call returns", async () => {
      const { writeConnection, readAllConnections } = await createAlerting();
      const connections = Array.from({ length: 130 }, (_, index) =>
        buildConnection({ server: `SIPTS${index}` }),
      );
      await Promise.all(connections.map(writeConnection));
      const read = await readAllConnections();
      expect(new Set(read.map(nameOf)).size).toBe(130);
      expect(read).toHaveLength(130);
    });
  });
};
