import { type AttributeValue, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as v from "valibot";
import type { LocalClients } from "../../local/emulators/local-clients.ts";
import { dynamoDbStreamSource } from "../../local/event-sources/streams/dynamodb-stream-source.ts";

const isItem = (value: unknown): boolean => typeof value === "object" && value !== null;
const ItemSchema = v.pipe(
  v.custom<Record<string, AttributeValue>>(isItem),
  v.transform((item) => unmarshall(item)),
);
const RecordSchema = v.object({ NewImage: v.optional(ItemSchema) });
const ImageSchema = v.object({
  ThisDN: v.string(),
  server: v.string(),
  revision: v.number(),
  changed: v.boolean(),
  alertId: v.optional(v.string()),
  changedKey: v.string(),
});
/** A write of a status, as its stream has it. */
export type StatusImage = v.InferOutput<typeof ImageSchema>;

const toImages = (record: unknown): StatusImage[] => {
  const { NewImage } = v.parse(RecordSchema, record);
  // An item that the adapter did not write has a case of its own.
  const image = v.safeParse(ImageSchema, NewImage);
  return image.success ? [image.output] : [];
};

/** When a write was published, by our clock in microseconds. */
export const publishedAtOf = ({ changedKey }: StatusImage): number => {
  const [seconds = "", micros = ""] = changedKey
    .slice(0, "2026-01-01T00:00:00.000000".length)
    .split(".");
  return Date.parse(`${seconds}Z`) * 1000 + Number(micros);
};

/** Makes a function that reads on in a table's stream and answers every write from its beginning, in order. */
export const createReadImages = (
  { dynamodb, ...clients }: LocalClients,
  { TableName, region }: { readonly TableName: string; readonly region: string },
) => {
  const images: StatusImage[] = [];
  const places = new Map<string, string | undefined>();
  return async (): Promise<readonly StatusImage[]> => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const source = dynamoDbStreamSource(clients, Table?.LatestStreamArn ?? "", region);
    for (const { id } of await source.listShards()) {
      if (!places.has(id)) places.set(id, await source.openShard(id, { kind: "oldest" }));
      for (let next = places.get(id); next !== undefined; next = places.get(id)) {
        const read = await source.read(next);
        images.push(...read.records.flatMap(({ dynamodb: record }) => toImages(record)));
        places.set(id, read.next);
        if (read.records.length === 0) break;
      }
    }
    return images;
  };
};
