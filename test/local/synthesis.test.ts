import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createShutdown } from "../../local/shutdown.ts";
import { synthesize } from "../../local/synthesis.ts";

/** A project whose build and app are these scripts. */
function project(build: string, app: string): string {
  const directory = mkdtempSync(join(tmpdir(), "project-"));
  mkdirSync(join(directory, "infra"));
  writeFileSync(join(directory, "infra/build.ts"), build);
  writeFileSync(join(directory, "infra/app.ts"), app);
  return directory;
}
const writeContext = `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync(process.env.CDK_OUTDIR);
writeFileSync(process.env.CDK_OUTDIR + "/" + JSON.parse(process.env.CDK_CONTEXT_JSON).stage, "");`;

describe("synthesis", () => {
  it("writes stage local into a directory that it empties before", async () => {
    const output = join(mkdtempSync(join(tmpdir(), "out-")), "cdk.out");
    mkdirSync(join(output, "old"), { recursive: true });
    await synthesize(project("", writeContext), output, createShutdown());
    expect(existsSync(join(output, "local"))).toBe(true);
    expect(existsSync(join(output, "old"))).toBe(false);
  });

  it.each([
    ["build", 'process.stderr.write("no such file"); process.exit(1)', ""],
    ["synthesis", "", 'throw new Error("no such file")'],
  ])("shows what the %s said when it fails", async (what, build, app) => {
    const output = join(tmpdir(), "never-written");
    const failing = synthesize(project(build, app), output, createShutdown());
    await expect(failing).rejects.toThrow(
      expect.objectContaining({
        name: "StartFailure",
        message: expect.stringMatching(new RegExp(`^The ${what} failed .*no such file`, "s")),
      }),
    );
  });

  it("ends with the stack, without a complaint", async () => {
    const shutdown = createShutdown();
    const output = join(tmpdir(), "never-written");
    const running = synthesize(project("setInterval(() => {}, 1000)", ""), output, shutdown);
    setTimeout(() => void shutdown.run(), 200);
    await running;
  });
});
