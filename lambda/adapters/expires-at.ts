const dayMicros = 24 * 60 * 60 * 1_000_000;

/** When DynamoDB may remove an item, in unix seconds: so many days after a time in microseconds. */
export const toExpiresAt = (at: number, retentionDays: number): number =>
  Math.ceil((at + retentionDays * dayMicros) / 1_000_000);
