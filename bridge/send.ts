import { readBridgeSettings } from "./bridge-settings.ts";
import { dryRun } from "./dry-run.ts";
import { bridgeUsage, readBridgeOptions } from "./options.ts";
import { prepareSources } from "./prepare-sources.ts";
import { runBridge } from "./run-bridge.ts";
import { type Command, runCommand } from "./terminal/run-command.ts";

/** Sends what the files hold; 0 only when everything is stored. */
const send: Command = async ({ args, terminal, signal }) => {
  const options = readBridgeOptions(args);
  if (options.dryRun) return dryRun(options, terminal, signal);
  const { urls, keyFile, follow } = options;
  const settings = await readBridgeSettings({ urls, keyFile, environment: process.env });
  const sources = follow ? [] : await prepareSources(options, settings.isLocal);
  return runBridge({ options, settings, sources, terminal, signal });
};

/** Runs the bridge as this process; `calledAs` is what people type before its options. */
export const runAsCommand = (calledAs: string, version: string): Promise<never> =>
  runCommand(bridgeUsage(calledAs), send, { interruptible: true, version });
