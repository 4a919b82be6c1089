import { nameServer } from "./name-server.ts";
import type { Rejects } from "./rejects.ts";
import type { Report } from "./report.ts";
import type { SourceEvent, SourceItem } from "./source-event.ts";
import type { FollowedProgress } from "./spool/followed-files.ts";
import type { Spool } from "./spool/spool.ts";
import type { TallyCounter } from "./tally.ts";
import type { WithSpace } from "./with-space.ts";

/** What taking over needs. `mostWaiting`: more events than that do not wait in the spool, the reader waits instead. */
export type TakeItemsDependencies = {
  readonly spool: Pick<Spool, "append" | "size">;
  readonly rejects: Rejects;
  readonly report: Pick<Report, "unreadable">;
  readonly tally: Pick<TallyCounter, "countUnreadable">;
  readonly withSpace: WithSpace;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly mostWaiting: number;
  readonly onWait?: () => void;
  /** `serverName`: the name for events that do not say their server's. */
  readonly options: { readonly serverName: string | undefined };
};

/** Takes over pieces of a source; false when it was ended before. */
export type TakeItems = (
  items: readonly SourceItem[],
  signal: AbortSignal,
  followed?: FollowedProgress,
) => Promise<boolean>;

const pollMs = 10;

/** Makes a `TakeItems` that puts events into the spool, and what is unreadable into the rejects file: on disk, both. */
export const createTakeItems = (deps: TakeItemsDependencies): TakeItems => {
  const { spool, rejects, withSpace } = deps;
  const name = (event: SourceEvent): SourceEvent => nameServer(event, deps.options.serverName);
  return async (items, signal, followed) => {
    for (const item of items) {
      if (item.kind !== "unreadable") continue;
      const { where, why, text } = item.unreadable;
      const keep = (): void => rejects.keep({ where, why, problems: [], unreadable: text });
      if (!(await withSpace(keep, signal))) return false;
      deps.report.unreadable(item.unreadable);
      deps.tally.countUnreadable();
    }
    const events = items.flatMap((item) => (item.kind === "event" ? [name(item.event)] : []));
    if (events.length === 0 && followed === undefined) return !signal.aborted;
    if (!(await withSpace(() => spool.append(events, followed), signal))) return false;
    while (spool.size() > deps.mostWaiting && !signal.aborted) {
      deps.onWait?.();
      await deps.sleep(pollMs, signal);
    }
    return !signal.aborted;
  };
};
