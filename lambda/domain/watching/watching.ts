import type { ReadList } from "../ports.ts";
import { createRecordStatuses } from "../status/record-statuses.ts";
import { createChangeConnection } from "./change-connection.ts";
import { createCompareRegistered } from "./compare-registered.ts";
import type { ReadConnection, WriteConnection } from "./connection-ports.ts";
import { createCountRegistered } from "./count-registered.ts";
import {
  createEvaluateConnection,
  type EvaluateConnectionDependencies,
} from "./evaluate-connection.ts";
import { createMarkStatuses, type MarkStatusesDependencies } from "./mark-statuses.ts";
import { createReadSweepPage } from "./read-sweep-page.ts";
import { createSweep } from "./sweep.ts";
import { createSweepStatuses, type SweepStatusesDependencies } from "./sweep-statuses.ts";

/** What watching the bridges' connections needs of the outside. */
export type WatchingDependencies = Omit<
  EvaluateConnectionDependencies,
  "changeConnection" | "compareRegistered"
> &
  MarkStatusesDependencies &
  Omit<SweepStatusesDependencies, "recordStatuses" | "markStatuses"> & {
    readList: ReadList;
    readConnection: ReadConnection;
    writeConnection: WriteConnection;
  };

/** Builds the look at a connection, and the sweep through its registrations. */
export const createWatching = (dependencies: WatchingDependencies) => {
  const changeConnection = createChangeConnection(dependencies);
  const readPage = createReadSweepPage(dependencies.readList);
  const countRegistered = createCountRegistered({ ...dependencies, readPage });
  const compare = { ...dependencies, countRegistered, changeConnection };
  const sweepStatuses = createSweepStatuses({
    ...dependencies,
    recordStatuses: createRecordStatuses(dependencies),
    markStatuses: createMarkStatuses(dependencies),
  });
  return {
    evaluateConnection: createEvaluateConnection({
      ...dependencies,
      changeConnection,
      compareRegistered: createCompareRegistered(compare),
    }),
    sweep: createSweep({ ...dependencies, changeConnection, readPage, sweepStatuses }),
  };
};
