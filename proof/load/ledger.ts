import type { SentEvent } from "./traffic.ts";

/** The newest answered event of an application's registration. */
export type Newest = Pick<SentEvent, "status" | "time">;

/** What the stack has answered to be stored. */
export type Ledger = {
  /** Notes events that were answered, each with the id it was given. */
  readonly note: (events: readonly SentEvent[], ids: readonly string[]) => void;
  /** Notes events whose request has no final answer: they may be stored or not. */
  readonly doubt: (events: readonly SentEvent[]) => void;
  readonly ids: ReadonlySet<string>;
  readonly newest: ReadonlyMap<string, Newest>;
  readonly inDoubt: () => number;
};

/** Names an application's registration for a DN. */
export const registrationKey = ({
  server,
  thisDN,
  application,
}: Pick<SentEvent, "server" | "thisDN" | "application">): string =>
  `${server} ${thisDN} ${application}`;

/** Opens an empty ledger. It keeps ids and the newest events only: a run of minutes has hundreds of thousands. */
export const createLedger = (): Ledger => {
  const ids = new Set<string>();
  const newest = new Map<string, Newest>();
  let inDoubt = 0;
  const noteEvent = (event: SentEvent): void => {
    const key = registrationKey(event);
    const known = newest.get(key);
    if (known !== undefined && known.time >= event.time) return;
    newest.set(key, { status: event.status, time: event.time });
  };
  return {
    note: (events, given) => {
      events.forEach(noteEvent);
      for (const id of given) ids.add(id);
    },
    doubt: (events) => {
      inDoubt += events.length;
    },
    ids,
    newest,
    inDoubt: () => inDoubt,
  };
};
