import * as v from "valibot";
import type { ServiceCall } from "./service-call.ts";

/** The half of a batch that goes on, and how its answer names the half that did not. */
export type HalfBatch = {
  readonly body: Buffer;
  readonly complete: (answer: string) => string;
};

const KeysSchema = v.looseObject({ Keys: v.array(v.unknown()) });
const WriteSchema = v.looseObject({ RequestItems: v.record(v.string(), v.array(v.unknown())) });
const GetSchema = v.looseObject({ RequestItems: v.record(v.string(), KeysSchema) });
const EntriesSchema = v.looseObject({ Entries: v.array(v.looseObject({ Id: v.string() })) });
const AnswerSchema = v.record(v.string(), v.unknown());

const split = <T>(items: readonly T[]): [kept: T[], left: T[]] => {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
};

const toHalf = (forwarded: object, more: Readonly<Record<string, unknown>>): HalfBatch => ({
  body: Buffer.from(JSON.stringify(forwarded)),
  complete: (answer) => JSON.stringify({ ...v.parse(AnswerSchema, JSON.parse(answer)), ...more }),
});

const halveWrite = (given: unknown): HalfBatch | undefined => {
  const request = v.parse(WriteSchema, given);
  const [[table = "", items = []] = []] = Object.entries(request.RequestItems);
  const [kept, left] = split(items);
  if (left.length === 0) return undefined;
  return toHalf(
    { ...request, RequestItems: { [table]: kept } },
    { UnprocessedItems: { [table]: left } },
  );
};

const halveGet = (given: unknown): HalfBatch | undefined => {
  const request = v.parse(GetSchema, given);
  const [[table, wanted] = []] = Object.entries(request.RequestItems);
  if (table === undefined || wanted === undefined) return undefined;
  const [kept, left] = split(wanted.Keys);
  if (left.length === 0) return undefined;
  return toHalf(
    { ...request, RequestItems: { [table]: { ...wanted, Keys: kept } } },
    { UnprocessedKeys: { [table]: { ...wanted, Keys: left } } },
  );
};

const halveMessages = (given: unknown): HalfBatch | undefined => {
  const request = v.parse(EntriesSchema, given);
  const [kept, left] = split(request.Entries);
  if (left.length === 0) return undefined;
  const Failed = left.map(({ Id }) => ({ Id, SenderFault: false, Code: "InternalError" }));
  return toHalf({ ...request, Entries: kept }, { Failed });
};

const entryOf = (name: string): number =>
  Number(/^PublishBatchRequestEntries\.member\.(\d+)\./.exec(name)?.[1] ?? 0);

const halvePublications = (text: string): HalfBatch | undefined => {
  const form = [...new URLSearchParams(text)];
  const count = Math.max(...form.map(([name]) => entryOf(name)));
  const middle = Math.ceil(count / 2);
  if (count < 2) return undefined;
  const failed = form
    .filter(([name]) => entryOf(name) > middle && name.endsWith(".Id"))
    .map(
      ([, id]) =>
        `<member><Id>${id}</Id><Code>InternalError</Code><SenderFault>false</SenderFault></member>`,
    );
  const kept = form.filter(([name]) => entryOf(name) <= middle);
  return {
    body: Buffer.from(new URLSearchParams(kept).toString()),
    complete: (answer) =>
      answer.replace(/<Failed>.*<\/Failed>|<Failed\/>/s, `<Failed>${failed.join("")}</Failed>`),
  };
};

/** Halves a batch of one table, queue or topic; undefined for whatever else is called, and for a batch of one. */
export const halveBatch = ({ operation, body }: ServiceCall): HalfBatch | undefined => {
  const text = body.toString();
  const tables = () =>
    Object.keys(
      v.parse(v.looseObject({ RequestItems: AnswerSchema }), JSON.parse(text)).RequestItems,
    );
  if (operation === "PublishBatch") return halvePublications(text);
  if (operation === "SendMessageBatch") return halveMessages(JSON.parse(text));
  if (operation === "BatchWriteItem" && tables().length === 1) return halveWrite(JSON.parse(text));
  if (operation === "BatchGetItem" && tables().length === 1) return halveGet(JSON.parse(text));
  return undefined;
};
