/**
 * Key and index names of the two tables: the one thing that the stack and the adapters must agree on.
 * They are permanent: changing one replaces the table. (docs/adr/0002)
 */
export const statusTableKeys = {
  partitionKey: "ThisDN",
  sortKey: "server",
  /** Lists of one server: `<server>#<state>#<shard>`. */
  byServerState: { indexName: "byServerState", partitionKey: "serverState", sortKey: "changedKey" },
  /** Lists over all servers: `<state>#<shard>`. */
  byState: { indexName: "byState", partitionKey: "state", sortKey: "changedKey" },
  /** Boolean that `ingest` sets on a write that subscribers must hear of; the stream is filtered by it. */
  changed: "changed",
} as const;

/** Keys of the history: one item an accepted event, removed `expiresAt` (unix seconds) by DynamoDB. */
export const historyTableKeys = {
  partitionKey: "ThisDN",
  sortKey: "eventKey",
  timeToLive: "expiresAt",
} as const;
