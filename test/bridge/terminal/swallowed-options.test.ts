import { describe, expect, it } from "vitest";
import { refuseSwallowedOptions } from "../../../bridge/terminal/swallowed-options.ts";
import { runScript } from "../../support/run-script.ts";

const swallowed = (script: string, options: Readonly<Record<string, string>>) => ({
  npm_lifecycle_event: script,
  npm_config_user_agent: "npm",
  ...options,
});

describe("an option that npm took for itself", () => {
  const known = ["time-lapse", "dry-run", "server-name", "prefix"];

  it.each([
    ["start", { npm_config_time_lapse: "true" }, ["60"], "npm start -- --time-lapse 60"],
    ["start", { npm_config_time_lapse: "60" }, [], "npm start -- --time-lapse 60"],
    ["bridge", { npm_config_dry_run: "true" }, ["a.log"], "npm run bridge -- --dry-run a.log"],
    [
      "bridge",
      { npm_config_dry_run: "true", npm_config_server_name: "true" },
      ["S", "a.log"],
      "npm run bridge -- --dry-run …",
    ],
    [
      "windows",
      { npm_config_server_name: "true" },
      ["end", "S"],
      "npm run windows -- --server-name …",
    ],
  ])("of npm %s is named, with the call that was meant", (script, options, args, call) => {
    const environment = swallowed(script, options);
    expect(() => refuseSwallowedOptions(known, args, environment)).toThrow(call);
  });

  it.each([
    ["one that the command does not have", swallowed("start", { npm_config_json: "true" })],
    ["npm's own prefix, which every script gets", swallowed("x", { npm_config_prefix: "/usr" })],
    ["one that is off", swallowed("start", { npm_config_dry_run: "" })],
    ["npm's settings where npm runs no script", { npm_config_dry_run: "true" }],
  ])("is not %s", (_, environment) => {
    expect(() => refuseSwallowedOptions(known, [], environment)).not.toThrow();
  });

  it.each([
    ["local/start.ts", "start", "time_lapse", "npm start -- --time-lapse 60"],
    ["commands/retire.ts", "retire", "server", "npm run retire -- --server 60"],
  ])("stops %s", async (file, script, option, call) => {
    const environment = swallowed(script, { [`npm_config_${option}`]: "60" });
    const { code, stderr } = await runScript(file, [], { environment });
    expect(stderr).toContain("-- is missing before the options");
    expect(stderr).toContain(call);
    expect(code).not.toBe(0);
  });
});
