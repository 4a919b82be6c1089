import type { ReadConnection, WriteConnection } from "../../ports/connections.ts";
import type { ReadList } from "../../ports/statuses.ts";
import { createChangeConnection } from "../change-connection.ts";
import { createRecordStatuses } from "../record-statuses.ts";
import { createCompareRegistered } from "./compare-registered.ts";
import { createCountRegistered } from "./count-registered.ts";
import {
  createEvaluateConnection,
  type EvaluateConnectionDependencies,
} from "./evaluate-connection.ts";
import { createReadSweepPage } from "./read-sweep-page.ts";
import { createSweep } from "./sweep.ts";
import { createSweepStatuses, type SweepStatusesDependencies } from "./sweep-statuses.ts";
import { createWriteStaleness, type WriteStalenessDependencies } from "./write-staleness.ts";

/** What watching the bridges' connections needs of the outside. */
export type ConnectionEvaluationDependencies = Omit<
  EvaluateConnectionDependencies,
  "changeConnection" | "compareRegistered"
> &
  WriteStalenessDependencies &
  Omit<SweepStatusesDependencies, "recordStatuses" | "writeStaleness"> & {
    readList: ReadList;
    readConnection: ReadConnection;
    writeConnection: WriteConnection;
  };

/** Builds the look at a connection, and the sweep through its registrations. */
export const createConnectionEvaluation = (dependencies: ConnectionEvaluationDependencies) => {
  const changeConnection = createChangeConnection(dependencies);
  const readPage = createReadSweepPage(dependencies.readList);
  const countRegistered = createCountRegistered({ ...dependencies, readPage });
  const compare = { ...dependencies, countRegistered, changeConnection };
  const sweepStatuses = createSweepStatuses({
    ...dependencies,
    recordStatuses: createRecordStatuses(dependencies),
    writeStaleness: createWriteStaleness(dependencies),
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
