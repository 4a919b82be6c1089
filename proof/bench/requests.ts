import { inParallel } from "../../lambda/async/in-parallel.ts";
import type { BuiltHandler } from "./built-handler.ts";
import { createNumbers, registeredEvent, signedRequest } from "./sample-events.ts";
import { timeOf } from "./timing.ts";

/** How requests are made. */
export type RequestLoad = {
  readonly requests: number;
  readonly eventsPerRequest: number;
  readonly atOnce: number;
};

const nextNumber = createNumbers();

/** Some DNs that no load of this process had before. */
export const newNumbers = (count: number): string[] => Array.from({ length: count }, nextNumber);

const expectStored = (answer: unknown): void => {
  const isGood = typeof answer === "object" && answer !== null && "statusCode" in answer;
  if (!isGood || answer.statusCode !== 200) throw new Error(`ingest: ${JSON.stringify(answer)}`);
};

/** What Lambda hands to a function beside the event, as far as the bench's functions read it. */
export const invocationContext = {
  functionName: "bench",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:bench",
  memoryLimitInMB: "512",
  awsRequestId: "00000000-0000-4000-8000-000000000000",
  getRemainingTimeInMillis: () => 25_000,
};

/** Makes the requests of a load, signed with a bridge's key, one after another for DNs that are new. */
export const makeRequests = (
  { requests, eventsPerRequest }: RequestLoad,
  key: string,
): object[] => {
  const micros = Date.now() * 1000;
  return Array.from({ length: requests }, () => {
    const events = newNumbers(eventsPerRequest).map((thisDN) => registeredEvent(thisDN, micros));
    return signedRequest(JSON.stringify(events.length === 1 ? events[0] : events), key);
  });
};

/** Sends some load to a handler and gives the milliseconds. The requests are made before. */
export const timeHandler = (
  handler: BuiltHandler,
  key: string,
  load: RequestLoad,
): Promise<number> => {
  const requests = makeRequests(load, key);
  return timeOf(() =>
    inParallel(load.atOnce, requests, async (request) =>
      expectStored(await handler(request, invocationContext)),
    ),
  );
};
