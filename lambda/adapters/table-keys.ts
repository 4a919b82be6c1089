/**
 * Key and index names of the tables: the only names on which the stack and the adapters must agree. They are permanent:
 * changing one replaces the table (docs/adr/0002).
 */
export const statusTableKeys = {
  partitionKey: "ThisDN",
  sortKey: "server",
  /** Lists of one server: `<server>#<state>#<shard>`. */
  byServerState: { indexName: "byServerState", partitionKey: "serverState", sortKey: "changedKey" },
  /** Lists over all servers: `<state>#<shard>`. */
  byState: { indexName: "byState", partitionKey: "state", sortKey: "changedKey" },
  /** Boolean that `ingest` sets on a write that must be published; the stream is filtered by it. */
  changed: "changed",
} as const;

/** Keys of the history: one item an accepted event, removed `expiresAt` (unix seconds) by DynamoDB. */
export const historyTableKeys = {
  partitionKey: "ThisDN",
  sortKey: "eventKey",
  timeToLive: "expiresAt",
} as const;

/** Losses: one item a loss (`<server>#<loss id>`), removed `expiresAt` (unix seconds) by DynamoDB. */
export const lossesTableKeys = {
  partitionKey: "ThisDN",
  sortKey: "lossKey",
  timeToLive: "expiresAt",
  /** Members of an alert: `<alert id>#<shard>`, then `lost#<ThisDN>` while missing, `back#<ThisDN>` afterwards. */
  byAlert: { indexName: "byAlert", partitionKey: "memberOf", sortKey: "memberKey" },
  /** Held losses, only on items that are held: `held#<shard>`, then `<server>#<ThisDN>#<loss id>`. */
  byHeld: { indexName: "byHeld", partitionKey: "held", sortKey: "heldKey" },
} as const;

/**
 * Alerts: the subject, and the number of the alert about it (zero-padded). A write with `notice` is published: the
 * stream is filtered by it.
 */
export const alertsTableKeys = {
  partitionKey: "subject",
  sortKey: "numberKey",
  timeToLive: "expiresAt",
  /**
   * By the id that messages carry. Not sorted by the subject: with a long DN, that is longer than an index sort key may
   * be.
   */
  byId: { indexName: "byId", partitionKey: "alertId", sortKey: "numberKey" },
  /** Lists: `<status>`, newest first by `<openedAt>#<alert id>`. */
  byStatus: { indexName: "byStatus", partitionKey: "status", sortKey: "openedKey" },
  /** Lists of one server: `<server>#<status>`. */
  byServerStatus: {
    indexName: "byServerStatus",
    partitionKey: "serverStatus",
    sortKey: "openedKey",
  },
  /** Due alerts, only on alerts that have something due: `due`, by ISO time. */
  byDue: { indexName: "byDue", partitionKey: "due", sortKey: "dueKey" },
  notice: "notice",
} as const;

/** Connections of bridges to T-Servers. */
export const connectionsTableKeys = {
  partitionKey: "server",
  sortKey: "application",
  /** All of them: `all`. A heartbeat moves no key, so it writes no index. */
  byAll: { indexName: "byAll", partitionKey: "all", sortKey: "connectionKey" },
} as const;

/** Maintenance windows: all under one key (`window`), by their end (`<ISO time>#<id>`). */
export const windowsTableKeys = {
  partitionKey: "kind",
  sortKey: "windowKey",
  timeToLive: "expiresAt",
} as const;
