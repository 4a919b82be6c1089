import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { everySetting } from "../infra/support/every-setting.ts";
import { synthesize } from "../infra/support/synthesize.ts";
import { describeWithPackages } from "./support/describe-with-packages.ts";
import { runGuarded } from "./support/run-guarded.ts";

await describeWithPackages("cfn-lint, for all regions", (python) => {
  describe.each([
    ["by default", {}],
    ["with keys of the customer's", { encryption: "customer-managed" }],
    ["with every setting", everySetting],
  ])("of a stage %s", (_, settings) => {
    const { app } = synthesize(settings);

    it("finds nothing", async () => {
      // W3005: the CDK writes down that a function depends on its role, though the function's reference says so already.
      const options = ["-r", "ALL_REGIONS", "-i", "W3005"];
      const found = await runGuarded(
        [python, join(python, "../cfn-lint"), ...options, "--", `${app.outdir}/*.template.json`],
        { environment: { HOME: app.outdir, PYTHONDONTWRITEBYTECODE: "1" } },
      );
      expect(found).toEqual({ code: 0, stdout: "", stderr: "" });
    });
  });
});
