import { createInMemoryStore } from "../support/in-memory-store.ts";
import { describeStore } from "./contract/store-contract.ts";

describeStore("the in-memory fake", async () => ({
  createStore: async () => createInMemoryStore(),
  stop: async () => {},
}));
