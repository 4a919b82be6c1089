import { chunks } from "../../async/chunks.ts";
import { inParallel } from "../../async/in-parallel.ts";
import { takeFitting } from "../../domain/page.ts";
import {
  type EarlierRegistration,
  type EarlierStatus,
  toEarlierRegistration,
} from "../../domain/status/registration.ts";
import type { RegistrationStatus, StatusKey } from "../../domain/status/registration-status.ts";
import { compareText } from "../../domain/text.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";
import { createRowCount, type RegistrationsAt } from "./registrations-at.ts";
import type { ShowRegistrations } from "./show-registrations.ts";

/**
 * Distinct DNs whose registrations to read; `at`: as they were at this T-Server time (microseconds); `after`: the
 * registration, of one of the DNs, with which the page before ended.
 */
export type DnsQuery = {
  dns: readonly string[];
  at?: number | undefined;
  after?: StatusKey | undefined;
};

/** A page of registrations, by DN in the order of the query, then by server; `next` is absent on the last. */
export type DnsPage = {
  registrations: readonly EarlierRegistration[];
  next: StatusKey | undefined;
};

/** A DN whose past costs too much to read; from `from` on (T-Server time, microseconds) it costs nothing. */
export type TooCostly = { tooCostly: { thisDN: string; from: number } };

const maxRegistrations = 500;
const width = 20;
// Of the histories of all DNs together: an answer must be there within seconds.
const maxRows = 100_000;

type ReadOne<Status> = (thisDN: string, after: string) => Promise<Status[] | TooCostly>;
const isCostly = (read: readonly unknown[] | TooCostly): read is TooCostly => "tooCostly" in read;

/** Builds the reader of the registrations of some DNs, as many as one answer holds. */
export const createReadDnsPage = (dependencies: {
  readStatusesOfDn: ReadStatusesOfDn;
  registrationsAt: RegistrationsAt;
  showRegistrations: ShowRegistrations;
}) => {
  const { readStatusesOfDn, registrationsAt, showRegistrations } = dependencies;

  // One more than a page holds shows that there is a next one.
  const readNow: ReadOne<RegistrationStatus> = (thisDN, after) =>
    readStatusesOfDn(thisDN, { after, limit: maxRegistrations + 1 });

  const createReadThen = (at: number): ReadOne<EarlierStatus> => {
    const countRow = createRowCount(maxRows);
    return async (thisDN, after) => {
      const past = await registrationsAt(thisDN, at, countRow);
      if (past.kind === "too-costly") return { tooCostly: { thisDN, from: past.from } };
      return past.statuses
        .filter(({ server }) => compareText(server, after) > 0)
        .sort((a, b) => compareText(a.server, b.server));
    };
  };

  const readStatuses = async <Status>(
    { dns, after }: DnsQuery,
    readOne: ReadOne<Status>,
  ): Promise<Status[] | TooCostly> => {
    const statuses: Status[] = [];
    const left = after === undefined ? dns : dns.slice(dns.indexOf(after.thisDN));
    for (const some of chunks(left, width)) {
      const found = await inParallel(width, some, (thisDN) =>
        readOne(thisDN, thisDN === after?.thisDN ? after.server : ""),
      );
      for (const read of found) {
        if (isCostly(read)) return read;
        statuses.push(...read);
      }
      if (statuses.length > maxRegistrations) break;
    }
    return statuses.slice(0, maxRegistrations + 1);
  };

  const readShown = async <Status>(
    query: DnsQuery,
    readOne: ReadOne<Status>,
    show: (statuses: readonly Status[]) => Promise<EarlierRegistration[]>,
  ): Promise<EarlierRegistration[] | TooCostly> => {
    const statuses = await readStatuses(query, readOne);
    return isCostly(statuses) ? statuses : show(statuses);
  };

  const showThen = async (statuses: readonly EarlierStatus[]): Promise<EarlierRegistration[]> =>
    statuses.map((status) => toEarlierRegistration(status));

  return async (query: DnsQuery): Promise<DnsPage | TooCostly> => {
    const shown = await (query.at === undefined
      ? readShown(query, readNow, showRegistrations)
      : readShown(query, createReadThen(query.at), showThen));
    if (isCostly(shown)) return shown;
    const registrations = takeFitting(shown.slice(0, maxRegistrations), (one) => one);
    const isLast = registrations.length === shown.length;
    return { registrations, next: isLast ? undefined : registrations.at(-1) };
  };
};

/** Reads registrations of some DNs (see `createReadDnsPage`). */
export type ReadDnsPage = ReturnType<typeof createReadDnsPage>;
