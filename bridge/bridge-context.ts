import { join } from "node:path";
import type { BridgeSettings } from "./bridge-settings.ts";
import type { DeliverDependencies } from "./deliver.ts";
import { createDestinations } from "./destinations.ts";
import { flushOutput } from "./flush-output.ts";
import type { BridgeOptions } from "./options.ts";
import type { OpenPrepared } from "./prepare-sources.ts";
import { createProgress } from "./progress.ts";
import { createRejects } from "./rejects.ts";
import { createReport } from "./report.ts";
import type { Spool } from "./spool/spool.ts";
import { createTallyCounter } from "./tally.ts";
import { givenPath } from "./terminal/given-path.ts";
import { sleep } from "./terminal/sleep.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { createWithSpace } from "./with-space.ts";

/** A run of the bridge: what a person asked for, where it goes, and what it reads. */
export type BridgeRun = {
  readonly options: BridgeOptions;
  readonly settings: BridgeSettings;
  readonly sources: readonly OpenPrepared[];
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** What reading and sending share during a run. */
export const createBridgeContext = (
  { options, settings, terminal }: BridgeRun,
  spool: Spool,
  requests: AbortSignal,
) => {
  const progress = createProgress(terminal, process.stderr, Date.now);
  const report = createReport(progress.terminal, options);
  const { destinations, readKey } = settings;
  const connection: DeliverDependencies = {
    readKey,
    destinations: createDestinations(destinations, Date.now),
    nowMs: Date.now,
    random: Math.random,
    sleep,
    requests,
    onRetry: report.retry,
  };
  const tally = createTallyCounter();
  /** How much of the files is read; stays nothing where there is no end to be near to. */
  const reading = { readBytes: 0, totalBytes: 0 };
  const rejectsFile = options.rejects ?? join(spool.directory, "rejected.ndjson");
  return {
    options,
    spool,
    progress,
    report,
    connection,
    sleep,
    rejects: createRejects(givenPath(rejectsFile), () => new Date()),
    tally,
    reading,
    showProgress: (): void => {
      if (reading.totalBytes > 0)
        progress.update({ ...reading, done: tally.done(), waiting: spool.size() });
    },
    flush: flushOutput,
    withSpace: createWithSpace({
      sleep,
      onFull: (why) =>
        report.note(`no space on the disk of ${spool.directory} (${why}): waiting until there is`),
    }),
  };
};

/** What reading and sending share during a run. */
export type BridgeContext = ReturnType<typeof createBridgeContext>;
