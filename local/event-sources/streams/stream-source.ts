/** A record of a DynamoDB stream as Lambda passes it to a function. */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
};
/** A shard as DescribeStream lists it. */
export type StreamShard = {
  readonly id: string;
  readonly parentId: string | undefined;
};
/** Where to start reading a shard: at one of its ends, or after a sequence number. */
export type ShardPosition =
  | { readonly kind: "oldest" }
  | { readonly kind: "newest" }
  | { readonly kind: "after"; readonly sequenceNumber: string };
/** A stream that can be read shard by shard. An iterator that is no longer valid rejects with ExpiredIteratorException. */
export type StreamSource = {
  readonly arn: string;
  readonly listShards: () => Promise<readonly StreamShard[]>;
  readonly openShard: (shardId: string, from: ShardPosition) => Promise<string>;
  /** `next` is undefined at the end of a shard that is closed. */
  readonly read: (
    iterator: string,
  ) => Promise<{ readonly records: readonly StreamRecord[]; readonly next: string | undefined }>;
};
