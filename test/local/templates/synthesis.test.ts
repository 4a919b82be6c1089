import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readSettings } from "../../../infra/settings/read-settings.ts";
import { AlertRulesSchema } from "../../../lambda/domain/rules.ts";
import { createShutdown } from "../../../local/processes/shutdown.ts";
import { lapsedSettings, synthesize } from "../../../local/templates/synthesis.ts";

/** A project whose build and app are these scripts. */
const project = (build: string, app: string): string => {
  const directory = mkdtempSync(join(tmpdir(), "project-"));
  mkdirSync(join(directory, "infra/build"), { recursive: true });
  writeFileSync(join(directory, "infra/build/build-functions.ts"), build);
  writeFileSync(join(directory, "infra/app.ts"), app);
  return directory;
};
const writeContext = `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync(process.env.CDK_OUTDIR);
writeFileSync(process.env.CDK_OUTDIR + "/context.json", process.env.CDK_CONTEXT_JSON);
writeFileSync(process.env.CDK_OUTDIR + "/validation", process.env.CDK_VALIDATION);`;

const settings = { alerts: { holdDownSeconds: 1 } };

describe("synthesis", () => {
  it("writes stage local, with the settings and not validated, into a directory that it empties first", async () => {
    const output = join(mkdtempSync(join(tmpdir(), "out-")), "cdk.out");
    mkdirSync(join(output, "old"), { recursive: true });
    await synthesize(
      { project: project("", writeContext), outputDirectory: output, settings },
      createShutdown(),
    );
    expect(JSON.parse(readFileSync(join(output, "context.json"), "utf8"))).toEqual({
      stage: "local",
      ...settings,
    });
    expect(existsSync(join(output, "old"))).toBe(false);
    expect(readFileSync(join(output, "validation"), "utf8")).toBe("false");
  });

  it.each([
    ["build", 'process.stderr.write("no such file"); process.exit(1)', ""],
    ["synthesis", "", 'throw new Error("no such file")'],
  ])("shows what the %s said when it fails", async (what, build, app) => {
    const output = join(tmpdir(), "never-written");
    const failing = synthesize(
      { project: project(build, app), outputDirectory: output, settings },
      createShutdown(),
    );
    await expect(failing).rejects.toThrow(
      expect.objectContaining({
        name: "StartFailure",
        message: expect.stringMatching(new RegExp(`^The ${what} failed .*no such file`, "s")),
      }),
    );
  });

  it("ends with the stack, without an error", async () => {
    const shutdown = createShutdown();
    const output = join(tmpdir(), "never-written");
    const running = synthesize(
      { project: project("setInterval(() => {}, 1000)", ""), outputDirectory: output, settings },
      shutdown,
    );
    setTimeout(() => void shutdown.run(), 200);
    await running;
  });
});

describe("the settings of a run in time lapse", () => {
  const rules = v.parse(AlertRulesSchema, {});

  it("are the stage's own without a time lapse", () => {
    expect(lapsedSettings(1)).toEqual({});
  });

  it("divide every time of the rules of alerts, and nothing else", () => {
    const { alerts } = readSettings({ stage: "local", ...lapsedSettings(60) });
    expect(alerts).toEqual({
      ...rules,
      holdDownSeconds: 0.5,
      incidentSeconds: 1,
      updateQuietSeconds: 0.5,
      updateLatestSeconds: 5,
      holdOpenSeconds: 5,
      undecidedSeconds: 1,
      lookAgainSeconds: 5,
      renewSeconds: 5,
      silenceSeconds: 3,
      mismatchSeconds: 5,
    });
  });
});
