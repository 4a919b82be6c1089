/** The rates that the plan is made for, in events a second. */
export const rates = [100, 1_000, 10_000, 100_000] as const;

/** What the plan supposes, as the tables of docs/cost.md do; the durations are guesses until a stage is measured. */
export const assumptions = {
  eventsPerRequest: 100,
  changedShare: 0.1,
  lossShare: 0.01,
  ingestSeconds: 0.15,
  ingestGigabytes: 1,
  // The stream waits for nothing, so its batches are small until they queue up.
  changesPerBatch: 10,
  fanoutSeconds: 0.03,
  fanoutGigabytes: 0.5,
  fullBatch: 100,
  fullFanoutSeconds: 0.15,
  // A lone loss: it is lost, is back, and is looked at while it is open; its alert opens and resolves.
  messagesPerLoss: 3,
  publishesPerLoss: 2,
  fullEvaluateSeconds: 0.5,
  indexShards: 8,
  // Ingest's line (830), Lambda's two (680) and that of the access log (400); a line and Lambda's two of a batch.
  logBytesPerRequest: 1_910,
  logBytesPerBatch: 980,
  historyBytes: 500,
  historyRetentionDays: 400,
} as const;
const a = assumptions;

/** Requests of bridges a second at a rate. */
export const ingestCalls = (rate: number): number => rate / a.eventsPerRequest;

/** Batches of changes a second at a rate. */
export const fanoutCalls = (rate: number): number => (rate * a.changedShare) / a.changesPerBatch;

/** Batches of the evaluation queue a second. Its window of 2 seconds gathers: a batch each two seconds at least. */
export const evaluateCalls = (rate: number): number =>
  Math.max(0.5, (rate * a.lossShare * a.messagesPerLoss) / a.fullBatch);

/** Calls of one function that X-Ray keeps a trace of, of so many a second: Lambda's rule, which cannot be set. */
export const tracedCalls = (calls: number): number =>
  Math.min(calls, 1) + 0.05 * Math.max(calls - 1, 0);
