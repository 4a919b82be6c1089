import { describe, expect, it } from "vitest";
import { synthesize } from "../support/synthesize.ts";

const stage = synthesize();
const keys = (HASH: string, RANGE: string) => [
  { AttributeName: HASH, KeyType: "HASH" },
  { AttributeName: RANGE, KeyType: "RANGE" },
];
const index = (IndexName: string, HASH: string, RANGE: string) => ({
  IndexName,
  KeySchema: keys(HASH, RANGE),
  Projection: { ProjectionType: "KEYS_ONLY" },
});
const expires = { TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true } };

describe("alerting tables", () => {
  it.each([
    [
      "losses",
      keys("ThisDN", "lossKey"),
      [index("byAlert", "memberOf", "memberKey"), index("byHeld", "held", "heldKey")],
    ],
    [
      "alerts",
      keys("subject", "numberKey"),
      [
        index("byId", "alertId", "numberKey"),
        index("byStatus", "status", "openedKey"),
        index("byServerStatus", "serverStatus", "openedKey"),
        index("byDue", "due", "dueKey"),
      ],
    ],
    ["connections", keys("server", "application"), [index("byAll", "all", "connectionKey")]],
    ["windows", keys("kind", "windowKey"), undefined],
  ])("key %s as the adapters read it, and index it by keys only", (part, KeySchema, indexes) => {
    const { properties } = stage.one("AWS::DynamoDB::GlobalTable", `dn-registration-dev-${part}`);
    expect(properties["KeySchema"]).toEqual(KeySchema);
    expect(properties["GlobalSecondaryIndexes"]).toEqual(indexes);
  });

  it.each(["losses", "alerts", "windows"])("let %s expire", (part) => {
    const { properties } = stage.one("AWS::DynamoDB::GlobalTable", `dn-registration-dev-${part}`);
    expect(properties).toMatchObject(expires);
  });

  it("stream both images of alerts: fanout publishes their notices", () => {
    expect(
      stage.one("AWS::DynamoDB::GlobalTable", "dn-registration-dev-alerts").properties,
    ).toMatchObject({ StreamSpecification: { StreamViewType: "NEW_AND_OLD_IMAGES" } });
  });
});
