import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCloudAssembly } from "../../../local/templates/cloud-assembly.ts";
import { resolveTemplates } from "../../../local/templates/resolved-templates.ts";
import { writeTinyAssembly } from "../../support/tiny-assembly.ts";

const location = {
  region: "eu-central-1",
  account: "000000000000",
  queueBaseUrl: "http://127.0.0.1:4566",
  apiUrl: "http://127.0.0.1:3000",
};
const directory = mkdtempSync(join(tmpdir(), "tiny-"));
writeTinyAssembly(directory, { api: "", stream: "" });
const templates = resolveTemplates(loadCloudAssembly(directory), location);
const propertiesOf = (type: string) => templates.ofType(type).map(({ properties }) => properties());

describe("the resolved templates of an assembly", () => {
  it("gives resources the identifiers that AWS would", () => {
    expect(templates.output("StatusTable")).toBe("tiny-table");
    expect(templates.output("AlertsTopic")).toBe(
      "arn:aws:sns:eu-central-1:000000000000:tiny-alerts",
    );
    expect(templates.output("RejectedEventsQueue")).toBe(
      "http://127.0.0.1:4566/000000000000/tiny-queue",
    );
    expect(templates.output("FailedStreamBatchesBucket")).toBe("tiny-data-bucket");
    expect(templates.output("ApiUrl")).toBe("http://127.0.0.1:3000");
    expect(templates.output("Unknown")).toBeUndefined();
  });

  it("resolves references between stacks once the resource has its attribute", () => {
    const [table] = templates.ofType("AWS::DynamoDB::GlobalTable");
    expect(() => propertiesOf("AWS::Lambda::EventSourceMapping")).toThrow(
      /tiny-data:Stream|StreamArn/,
    );
    table?.setAttribute("StreamArn", "arn:stream");
    expect(propertiesOf("AWS::Lambda::EventSourceMapping")).toMatchObject([
      {
        EventSourceArn: "arn:stream",
        FunctionName: "tiny-stream",
        DestinationConfig: { OnFailure: { Destination: "arn:aws:s3:::tiny-data-bucket" } },
      },
    ]);
  });

  it("resolves references to resources that are not run", () => {
    expect(propertiesOf("AWS::SNS::Topic")).toMatchObject([
      { KmsMasterKeyId: "local:AWS::KMS::Key:Key:Arn" },
    ]);
  });

  it("finds the code of functions", () => {
    expect(templates.assets.get("api")).toBe(join(directory, "asset.api"));
  });
});
