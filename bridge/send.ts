import { readBridgeSettings } from "./bridge-settings.ts";
import { dryRun } from "./dry-run.ts";
import { type BridgeOptions, bridgeUsage, readBridgeOptions } from "./options.ts";
import { prepareSources } from "./prepare-sources.ts";
import { checkFollowed } from "./reading/given-source.ts";
import { createReport } from "./report.ts";
import { runBridge } from "./run-bridge.ts";
import { type Command, type CommandInvocation, runCommand } from "./terminal/run-command.ts";

const run = async (options: BridgeOptions, { terminal, signal }: CommandInvocation) => {
  const { urls, keyFile, follow, files } = options;
  if (follow) await checkFollowed(files[0] ?? "");
  if (options.dryRun) return dryRun(options, terminal, signal);
  const settings = await readBridgeSettings({ urls, keyFile, environment: process.env });
  const { note } = createReport(terminal, options);
  const preparation = { options, isLocal: settings.isLocal, note, signal };
  const sources = follow ? [] : await prepareSources(preparation);
  return runBridge({ options, settings, sources, terminal, signal });
};

/** Sends what the files hold; 0 only when everything is stored. */
const send: Command = async (invocation) => {
  const { args, signal } = invocation;
  try {
    return await run(readBridgeOptions(args), invocation);
  } catch (error) {
    // Ctrl-C while the files are still looked at.
    if (signal.aborted && error === signal.reason) return 130;
    throw error;
  }
};

/** Runs the bridge as this process; `calledAs` is what people type before its options. */
export const runAsCommand = (calledAs: string, version: string): Promise<never> =>
  runCommand(bridgeUsage(calledAs), send, { interruptible: true, version });
