import { type BridgeContext, type BridgeRun, createBridgeContext } from "./bridge-context.ts";
import { createSender, type SendingWishes } from "./create-sender.ts";
import { createEndOfRun, type EndOfRun } from "./end-of-run.ts";
import { createFollowSource, reportGaps } from "./follow-source.ts";
import { identity } from "./identity.ts";
import { createLearnLosses } from "./learn-losses.ts";
import { createLiveness } from "./liveness.ts";
import { createLogReading, type LogReading } from "./log-reading.ts";
import type { LoggedLoss } from "./losses.ts";
import { createReadSources } from "./read-sources.ts";
import type { Spool } from "./spool/spool.ts";
import { openSpoolOf } from "./spool/spool-of.ts";
import { isComplete } from "./tally.ts";
import { givenPath } from "./terminal/given-path.ts";

/** Where the reading of a run stands. `hasLog`: a log has been read; `isCut`: not all was read that could be. */
type ReadingState = {
  isReading: boolean;
  isCut: boolean;
  hasLog: boolean;
};

/** The exit code of programs that Ctrl-C ended. */
const endedByPerson = 130;

/** What the logs of a run say, and how well they were understood. */
type FoundInLogs = { readonly losses: readonly LoggedLoss[]; readonly log: LogReading };

const createReader = (
  context: BridgeContext,
  run: BridgeRun,
  state: ReadingState,
  log: LogReading,
) => {
  const { files, follow } = run.options;
  const onLog = (): void => {
    state.hasLog = true;
  };
  return follow
    ? createFollowSource(context, files[0] ?? "")
    : createReadSources(context, run.sources, onLog, log);
};

/** Events of a followed file may be missing, which no later run can mend. */
const gapExitCode = 3;

const begin = ({ spool, report }: BridgeContext, { options, settings }: BridgeRun): void => {
  report.note(identity(settings, options.serverName));
  const waiting = spool.size();
  if (waiting > 0) report.note(`${waiting} events are left from an earlier run and go first`);
};

const finish = (context: BridgeContext, run: BridgeRun, found: FoundInLogs | undefined) => {
  const { progress, report, rejects, tally, spool } = context;
  progress.end();
  const total = tally.total(spool.size());
  if (found !== undefined && (total.kept > 0 || run.signal.aborted)) found.log.breakOff();
  const doubts = found?.log.doubts() ?? [];
  if (found !== undefined) report.losses(found.losses, doubts);
  if (rejects.count() > 0) report.note(`rejected, with the reasons: ${rejects.file}`);
  // A file that is followed has no end.
  report.summary(total, run.signal.aborted && !run.options.follow);
  return isComplete(total) && doubts.length === 0 ? 0 : 1;
};

const startSending = (context: BridgeContext, wishes: SendingWishes, end: EndOfRun) =>
  createSender(
    context,
    wishes,
  )(end.sending).catch((error: unknown) => {
    end.fail();
    throw error;
  });

const runOn = async (run: BridgeRun, spool: Spool): Promise<number> => {
  const { follow, files } = run.options;
  const end = createEndOfRun(run.signal, follow);
  const context = createBridgeContext(run, spool, end.requests);
  const state: ReadingState = { isReading: true, isCut: false, hasLog: false };
  const log = createLogReading(context.report.notUnderstood);
  const losses = createLearnLosses(() => state.hasLog, log);
  const liveness = follow ? createLiveness(context, givenPath(files[0] ?? "")) : undefined;
  begin(context, run);
  const read = createReader(context, run, state, log);
  const reading = read(end.reading).finally(() => {
    state.isReading = false;
    // A file that is followed has no end.
    state.isCut = run.signal.aborted && !follow;
  });
  const wishes = { isReading: () => state.isReading, learn: losses.see, liveness };
  const sending = startSending(context, wishes, end);
  // What was read is sent even where reading has failed; then the failure is reported.
  const [ended] = await Promise.allSettled([reading, sending]);
  await sending;
  if (ended.status === "fulfilled") await liveness?.close(end.last);
  if (ended.status === "rejected") log.breakOff();
  const code = finish(context, run, state.hasLog ? { losses: losses.list(), log } : undefined);
  if (ended.status === "rejected") throw ended.reason;
  if (state.isCut) return endedByPerson;
  return follow && reportGaps(context, files[0] ?? "") > 0 ? gapExitCode : code;
};

/**
 * Reads the sources into the spool and sends what is in it, side by side; 0 only when everything is stored, 3 where a
 * followed file was removed before it was read.
 */
export const runBridge = async (run: BridgeRun): Promise<number> => {
  const urls = run.settings.destinations.map(({ url }) => url);
  const spool = openSpoolOf(urls, run.options.spool);
  try {
    return await runOn(run, spool);
  } finally {
    spool.close();
  }
};
