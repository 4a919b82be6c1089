/**
 * What AWS asks in us-east-1, in US dollars; a million of it where nothing else is said. docs/cost.md says where each
 * was read, and which were not verified. Free tiers and volume discounts are left out.
 */
export const prices = {
  /** HTTP API, a request of up to 512 KB. */
  apiRequest: 1,
  lambdaRequest: 0.2,
  /** A GB-second on arm64; not a million. */
  lambdaGigabyteSecond: 0.000_013_333_4,
  /** On demand, an item of up to 1 KB. */
  writeUnit: 0.625,
  /** On demand, a consistent read of up to 4 KB. */
  readUnit: 0.125,
  snsPublish: 0.5,
  sqsRequest: 0.4,
  /** A trace of X-Ray that is kept. */
  trace: 5,
  /** A GB of log lines taken in; not a million. */
  logGigabyte: 0.5,
  /** A GB of a table for a month; not a million. */
  tableGigabyteMonth: 0.25,
} as const;

/** What recording one event takes of DynamoDB. */
export type EventUnits = {
  readonly writes: number;
  readonly reads: number;
};

/** Ours: the status is read consistently; status and history are written. A change of state moves it in two indexes: out of one key, into another. */
export const ourEvent = {
  refresh: { writes: 2, reads: 1 },
  change: { writes: 2 + 2 * 2, reads: 1 },
} as const satisfies Record<string, EventUnits>;

/** The common way (proof/bench/peers): an idempotency record put and updated, the status and the history. It has no lists, and sends no messages. */
export const theirEvent: EventUnits = { writes: 4, reads: 0 };

/** Dollars for a million events recorded, at so many a request; without the duration of functions, which only a measurement on AWS can give. */
export const costPerMillion = ({ writes, reads }: EventUnits, eventsPerRequest: number): number =>
  (prices.apiRequest + prices.lambdaRequest) / eventsPerRequest +
  writes * prices.writeUnit +
  reads * prices.readUnit;
