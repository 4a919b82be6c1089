import { createInMemoryAlerting } from "../support/in-memory-alerting.ts";
import { createInMemoryStore } from "../support/in-memory-store.ts";
import { describeStore } from "./contract/store-contract.ts";

describeStore("the in-memory fake", async () => ({
  createStore: async () => createInMemoryStore(),
  createAlerting: async () => createInMemoryAlerting(),
  stop: async () => {},
}));
