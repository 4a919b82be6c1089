import {
  type DynamoDBClient,
  ResourceNotFoundException,
  ScanCommand,
  type ScanCommandInput,
} from "@aws-sdk/client-dynamodb";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { sleep } from "../../bridge/terminal/sleep.ts";
import type { Item } from "../../lambda/adapters/status-item.ts";
import { inParallel } from "../../lambda/async/in-parallel.ts";

/** What is read, and how fast: read units a second, of all segments together. `Limit` is for tests. */
export type TableScan = Pick<
  ScanCommandInput,
  | "TableName"
  | "FilterExpression"
  | "ExpressionAttributeNames"
  | "ExpressionAttributeValues"
  | "Limit"
> & {
  readonly unitsPerSecond: number;
};

/** Takes what a page has; `read` counts what was looked at, what the filter left out too. */
export type TakeScannedItems = (items: readonly Item[], read: number) => Promise<void>;

const segments = [0, 1, 2, 3];
const never = new AbortController().signal;

const readPage = async (client: DynamoDBClient, scan: ScanCommandInput) => {
  try {
    return await client.send(new ScanCommand(scan));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new CommandError(`there is no table ${scan.TableName} in this account and region`, {
      cause: error,
    });
  }
};

/** Reads a whole table consistently, segment beside segment and page by page, no faster than asked. */
export const scanTable = async (
  client: DynamoDBClient,
  { unitsPerSecond, ...scan }: TableScan,
  take: TakeScannedItems,
): Promise<void> => {
  const toPause = (units = 0): number => (1000 * segments.length * units) / unitsPerSecond;
  const settings = {
    TotalSegments: segments.length,
    ConsistentRead: true,
    ReturnConsumedCapacity: "TOTAL",
  } as const;

  const scanSegment = async (Segment: number): Promise<void> => {
    let start: Item | undefined;
    do {
      const from = start && { ExclusiveStartKey: start };
      const page = await readPage(client, { ...scan, ...settings, Segment, ...from });
      await take(page.Items ?? [], page.ScannedCount ?? 0);
      start = page.LastEvaluatedKey;
      if (start) await sleep(toPause(page.ConsumedCapacity?.CapacityUnits), never);
    } while (start !== undefined);
  };
  await inParallel(segments.length, segments, scanSegment);
};
