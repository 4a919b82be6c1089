import { type BridgeContext, type BridgeRun, createBridgeContext } from "./bridge-context.ts";
import { createSender, type ReadingState } from "./create-sender.ts";
import { createFollowSource } from "./follow-source.ts";
import { identity } from "./identity.ts";
import { createLearn, type Learn } from "./learn.ts";
import { createReadSources } from "./read-sources.ts";
import type { Spool } from "./spool/spool.ts";
import { openSpoolOf } from "./spool/spool-of.ts";
import { isComplete } from "./tally.ts";

const createReader = (context: BridgeContext, run: BridgeRun, state: ReadingState) => {
  const { files, follow } = run.options;
  const onLog = (): void => {
    state.hasLog = true;
  };
  return follow
    ? createFollowSource(context, files[0] ?? "")
    : createReadSources(context, run.sources, onLog);
};

const begin = ({ spool, report }: BridgeContext, { options, settings }: BridgeRun): void => {
  report.note(identity(settings, options.serverName));
  const waiting = spool.size();
  if (waiting > 0) report.note(`kept from an earlier run, these go first: ${waiting} events`);
};

const finish = (context: BridgeContext, run: BridgeRun, state: ReadingState, learn: Learn) => {
  const { progress, report, rejects, tally, spool } = context;
  progress.end();
  if (state.hasLog) report.losses(learn.losses());
  if (rejects.count() > 0) report.note(`rejected, with the reasons: ${rejects.file}`);
  const total = tally.total(spool.size());
  // A file that is followed has no end.
  report.summary(total, run.signal.aborted && !run.options.follow);
  return isComplete(total) ? 0 : 1;
};

const runOn = async (run: BridgeRun, spool: Spool): Promise<number> => {
  const { follow, files } = run.options;
  const context = createBridgeContext(run, spool);
  const state: ReadingState = {
    isReading: true,
    isLive: follow || files.includes("-"),
    hasLog: false,
  };
  const learn = createLearn({ wantsLosses: () => state.hasLog, wantsHeld: () => state.isLive });
  begin(context, run);
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const reading = createReader(
    context,
    run,
    state,
  )(signal).finally(() => {
    state.isReading = false;
  });
  const sending = createSender(
    context,
    state,
    learn,
  )(signal).catch((error: unknown) => {
    failed.abort();
    throw error;
  });
  // What was read is sent even where reading has failed; then the failure is told.
  const [read] = await Promise.allSettled([reading, sending]);
  await sending;
  const code = finish(context, run, state, learn);
  if (read.status === "rejected") throw read.reason;
  return code;
};

/** Reads the sources into the spool and sends what is in it, side by side; 0 only when everything is stored. */
export const runBridge = async (run: BridgeRun): Promise<number> => {
  const spool = openSpoolOf(run.settings.url, run.options.spool);
  try {
    return await runOn(run, spool);
  } finally {
    spool.close();
  }
};
