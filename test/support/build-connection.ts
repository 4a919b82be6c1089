import type { Connection } from "../../lambda/domain/connection/connection.ts";
import { baseTime } from "./build-event.ts";

/** A connection of bridge-a to SIPTS750 that was heard of once, with what the test changes. */
export const buildConnection = (changes: Partial<Connection> = {}): Connection => ({
  server: "SIPTS750",
  application: "bridge-a",
  revision: 1,
  seenAt: baseTime,
  watched: false,
  sweeps: [],
  ...changes,
});
