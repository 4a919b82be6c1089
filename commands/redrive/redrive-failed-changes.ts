import type { SQSClient } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { printable } from "../../bridge/terminal/printable.ts";
import { countMessages } from "../queues/count-messages.ts";
import { deleteMessage, giveBack, type HeldMessage, takeAll } from "../queues/receive-messages.ts";
import type { RedriveContext, Redriven } from "./redrive-context.ts";

const FailedChangeSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ record: v.looseObject({ dynamodb: v.looseObject({ SequenceNumber: v.string() }) }) }),
);

type FailedChange = {
  readonly message: HeldMessage;
  readonly record: unknown;
  readonly sequenceNumber: string;
};

const batchSize = 25;

const read = (message: HeldMessage): FailedChange[] => {
  const parsed = v.safeParse(FailedChangeSchema, message.body);
  if (!parsed.success) return [];
  const { record } = parsed.output;
  return [{ message, record, sequenceNumber: record.dynamodb.SequenceNumber }];
};

// Sequence numbers are decimal and longer than a JavaScript number is exact.
const byPlaceInStream = (a: FailedChange, b: FailedChange): number =>
  a.sequenceNumber.length - b.sequenceNumber.length ||
  (a.sequenceNumber < b.sequenceNumber ? -1 : 1);

// A batch that fails is handed over again one by one, so that one bad change does not keep the others back.
const handOver = async (
  changes: readonly FailedChange[],
  { handToFanout, terminal }: RedriveContext,
): Promise<FailedChange[]> => {
  const outcome = await handToFanout(changes.map(({ record }) => record));
  if (outcome.kind === "taken") return [...changes];
  if (changes.length === 1) {
    terminal.note(printable(`${changes[0]?.sequenceNumber}: ${outcome.why}`));
    return [];
  }
  const taken: FailedChange[] = [];
  for (const change of changes)
    taken.push(...(await handOver([change], { handToFanout, terminal })));
  return taken;
};

/**
 * Hands the changes that SNS refused to fanout again, in the stream's order, and deletes what it took. A change that is
 * refused again comes back into the queue as a new message, which this run leaves alone.
 */
export const redriveFailedChanges = async (
  sqs: SQSClient,
  queueUrl: string,
  context: RedriveContext,
): Promise<Redriven> => {
  const messages = await takeAll(sqs, { queueUrl, holdSeconds: 900, waitSeconds: 1 });
  const changes = messages.flatMap(read).sort(byPlaceInStream);
  const strange = messages.length - changes.length;
  if (strange > 0)
    context.terminal.note(`${strange} messages are not failed changes: check them by hand`);
  const gone = new Set<string>();
  try {
    for (let start = 0; start < changes.length; start += batchSize) {
      for (const { message } of await handOver(changes.slice(start, start + batchSize), context)) {
        await deleteMessage(sqs, queueUrl, message);
        gone.add(message.id);
      }
    }
  } finally {
    await giveBack(
      sqs,
      queueUrl,
      messages.filter(({ id }) => !gone.has(id)),
    );
  }
  const stay = messages.length - gone.size;
  const again = (await countMessages(sqs, queueUrl)) - stay;
  if (again > 0)
    context.terminal.note(`SNS refused about ${again} again: they are back in the queue`);
  return { back: gone.size, stay };
};
