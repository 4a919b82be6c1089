import { type Ledger, type Newest, registrationKey } from "./ledger.ts";

/** A registration as the API shows it. */
export type StoredRegistration = {
  readonly server: string;
  readonly thisDN: string;
  readonly applications: readonly {
    readonly name: string;
    readonly status: string;
    /** ISO 8601 with microseconds. */
    readonly confirmedAt: string;
  }[];
};

/** ISO 8601 with microseconds, which sorts as text. */
const timeText = (micros: number): string => {
  const seconds = new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, "0")}Z`;
};

const isStored = (
  { status, time }: Newest,
  stored: { readonly status: string; readonly confirmedAt: string } | undefined,
): boolean => {
  const expected = timeText(time);
  if (stored === undefined || stored.confirmedAt < expected) return false;
  return stored.confirmedAt > expected || stored.status === status;
};

/** The registrations whose status is neither the newest that was answered nor one that is newer. */
export const wrongStatuses = (
  { newest }: Pick<Ledger, "newest">,
  registrations: readonly StoredRegistration[],
): string[] => {
  const stored = new Map(
    registrations.flatMap(({ server, thisDN, applications }) =>
      applications.map(
        (one) => [registrationKey({ server, thisDN, application: one.name }), one] as const,
      ),
    ),
  );
  return [...newest].filter(([key, one]) => !isStored(one, stored.get(key))).map(([key]) => key);
};

/** What is wrong with the history: answered events that are not there once, and more strangers than are in doubt. */
export const wrongHistory = (
  { ids, inDoubt }: Pick<Ledger, "ids" | "inDoubt">,
  history: readonly string[],
): string[] => {
  const counts = new Map<string, number>();
  for (const id of history) counts.set(id, (counts.get(id) ?? 0) + 1);
  const missing = [...ids].filter((id) => !counts.has(id)).map((id) => `${id} is not there`);
  const twice = [...counts].filter(([, count]) => count > 1).map(([id]) => `${id} is there twice`);
  const strangers = [...counts.keys()].filter((id) => !ids.has(id));
  return [...missing, ...twice, ...strangers.slice(inDoubt()).map((id) => `${id} was never sent`)];
};
