import { afterAll, beforeAll, describe } from "vitest";
import type { AlertingPorts } from "../../support/alerting-ports.ts";
import type { StoreEngine } from "../../support/store-engine.ts";
import type { StorePorts } from "../../support/store-ports.ts";
import { describeAlertLists } from "./alert-lists-contract.ts";
import { describeAlerts } from "./alerts-contract.ts";
import { describeConnections } from "./connections-contract.ts";
import { describeHeld } from "./held-contract.ts";
import { describeHistory } from "./history-contract.ts";
import { describeHistoryReading } from "./history-reading-contract.ts";
import { describeLists } from "./lists-contract.ts";
import { describeLosses } from "./losses-contract.ts";
import { describeMembers } from "./members-contract.ts";
import { describeNames } from "./names-contract.ts";
import { describeRevisions } from "./revisions-contract.ts";
import { describeStatuses } from "./statuses-contract.ts";
import { describeWindows } from "./windows-contract.ts";

/** Returns an empty store. */
export type CreateStore = () => Promise<StorePorts>;

/** Returns empty tables of losses, alerts, connections and windows. */
export type CreateAlerting = () => Promise<AlertingPorts>;

const describeAlerting = (createAlerting: CreateAlerting): void => {
  describeRevisions(createAlerting);
  describeLosses(createAlerting);
  describeMembers(createAlerting);
  describeHeld(createAlerting);
  describeAlerts(createAlerting);
  describeAlertLists(createAlerting);
  describeConnections(createAlerting);
  describeNames(createAlerting);
  describeWindows(createAlerting);
};

/** What every store must do, run on one engine: the in-memory fake and the real ones must not differ. */
export const describeStore = (name: string, start: () => Promise<StoreEngine>): void => {
  describe(`the store on ${name}`, () => {
    let engine: StoreEngine | undefined;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());
    const started = (): StoreEngine => {
      if (engine === undefined) throw new Error("the engine has not started");
      return engine;
    };
    const createStore: CreateStore = () => started().createStore();
    describeStatuses(createStore);
    describeLists(createStore);
    describeHistory(createStore);
    describeHistoryReading(createStore);
    describeAlerting(() => started().createAlerting());
  });
};

/** Says in the report that the suite did not run on an engine, and why. */
export const skipStore = (name: string, reason: string): void => {
  // Not through the reporter, which names no skipped tests.
  process.stderr.write(`The store's contract does not run on ${name}: ${reason}\n`);
  // Skipped, not left out, so that the report counts it: the engine cannot run on this machine.
  describe.skip(`the store on ${name}: skipped, ${reason}`, () => {
    describeStatuses(() => Promise.reject(new Error(reason)));
  });
};
