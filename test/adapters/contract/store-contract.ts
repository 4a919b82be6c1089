import { afterAll, beforeAll, describe } from "vitest";
import type { StoreEngine } from "../../support/store-engine.ts";
import type { StorePorts } from "../../support/store-ports.ts";
import { describeHistory } from "./history-contract.ts";
import { describeHistoryReading } from "./history-reading-contract.ts";
import { describeLists } from "./lists-contract.ts";
import { describeStatuses } from "./statuses-contract.ts";

/** Gives an empty store. */
export type CreateStore = () => Promise<StorePorts>;

/** What every store must do, run on one engine: the in-memory fake and the real ones must not differ. */
export const describeStore = (name: string, start: () => Promise<StoreEngine>): void => {
  describe(`the store on ${name}`, () => {
    let engine: StoreEngine | undefined;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine?.stop());
    const createStore: CreateStore = () => {
      if (engine === undefined) throw new Error("the engine has not started");
      return engine.createStore();
    };
    describeStatuses(createStore);
    describeLists(createStore);
    describeHistory(createStore);
    describeHistoryReading(createStore);
  });
};

/** Says in the report that the suite did not run on an engine, and why. */
export const skipStore = (name: string, reason: string): void => {
  // Past the reporter, which names no skipped tests.
  process.stderr.write(`The store's contract does not run on ${name}: ${reason}\n`);
  describe.skip(`the store on ${name}: skipped, ${reason}`, () => {
    describeStatuses(() => Promise.reject(new Error(reason)));
  });
};
