import { describe, expect, it } from "vitest";
import type { ListQuery } from "../../../lambda/use-cases/list-registrations.ts";
import { createRetireApplications } from "../../../lambda/use-cases/operate/retire-applications.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { registered } from "../../support/build-event.ts";
import { statusAfter } from "../../support/status-after.ts";

const retirement = { server: "SIPTS750", author: "Ada", note: "moved" };

const createHarness = () => {
  const queries: ListQuery[] = [];
  const retireApplications = createRetireApplications({
    readConnectionsOfServer: async () => [buildConnection()],
    listRegistrations: async (query) => {
      queries.push(query);
      const old = statusAfter(registered({ application: "bridge-b" }));
      return { statuses: [old], next: undefined };
    },
    noteRetirement: { ofLoss: async () => {}, ofApplications: async () => {} },
    retireConnection: async () => {},
  });
  return { retireApplications, queries };
};

describe("the retirement of applications", () => {
  it("finds an application without a connection among the oldest registrations", async () => {
    const { retireApplications, queries } = createHarness();
    const application = "bridge-b";
    expect(await retireApplications({ ...retirement, application })).toEqual(["bridge-b"]);
    expect(await retireApplications(retirement)).toEqual(["bridge-a", "bridge-b"]);
    const oldest = { server: "SIPTS750", newestFirst: false, limit: 500 };
    expect(queries).toEqual([oldest, oldest]);
  });

  it("reads no registrations where a connection names the application", async () => {
    const { retireApplications, queries } = createHarness();
    const application = "bridge-a";
    expect(await retireApplications({ ...retirement, application })).toEqual(["bridge-a"]);
    expect(queries).toEqual([]);
  });
});
