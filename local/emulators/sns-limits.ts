import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { FauxqsApp } from "./fauxqs-app.ts";

const FormSchema = v.record(v.string(), v.string());
type Form = v.InferOutput<typeof FormSchema>;
type Fault = { readonly code: string; readonly message: string };

// A topic's MaximumMessageSize could raise it to 1 MiB; the templates have none.
const maxBytes = 262_144;
const batchKey = /^PublishBatchRequestEntries\.member\.(\d+)\.(.+)$/;
const controlCharacter = /\p{Cc}/u;

/** The entries of a batch, each with the fields that Publish has. */
const readEntries = (form: Form): readonly Form[] => {
  const fields = Object.entries(form).flatMap(([key, value]) => {
    const [, number, name] = batchKey.exec(key) ?? [];
    return number === undefined || name === undefined ? [] : [{ number, name, value }];
  });
  return [...Map.groupBy(fields, ({ number }) => number).values()].map((entry) =>
    Object.fromEntries(entry.map(({ name, value }) => [name, value])),
  );
};

const bytesOf = (entry: Form): number =>
  Object.entries(entry)
    .filter(([name]) => name === "Message" || name.startsWith("MessageAttributes."))
    .reduce((bytes, [, value]) => bytes + Buffer.byteLength(value), 0);

const faultOf = ({ Message = "", Subject }: Form): Fault | undefined => {
  if (Subject !== undefined) {
    const isAllowed = Subject !== "" && Subject.length < 100 && !controlCharacter.test(Subject);
    if (!isAllowed) return { code: "InvalidParameter", message: "Invalid parameter: Subject" };
  }
  if (Message !== "") return undefined;
  return { code: "InvalidParameter", message: "Invalid parameter: Empty message" };
};

/** One message that is wrong fails the whole batch. */
const faultOfBatch = (entries: readonly Form[]): Fault | undefined => {
  const fault = entries.map(faultOf).find((one) => one !== undefined);
  if (fault !== undefined) return fault;
  if (entries.reduce((bytes, entry) => bytes + bytesOf(entry), 0) <= maxBytes) return undefined;
  return {
    code: "BatchRequestTooLong",
    message: "The length of all the messages put together is more than the limit.",
  };
};

const findFault = (form: Form): Fault | undefined => {
  switch (form["Action"]) {
    case "Publish":
      return faultOf(form);
    case "PublishBatch":
      return faultOfBatch(readEntries(form));
    default:
      return undefined;
  }
};

/**
 * Makes SNS refuse what fauxqs takes: subjects, and in a batch empty messages (which fauxqs drops) and too many bytes. The
 * rules: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html and API_PublishBatch.html
 */
export const limitSns = (app: FauxqsApp): void => {
  app.addHook("preHandler", async ({ headers, body }, reply) => {
    if (!headers["content-type"]?.includes("x-www-form-urlencoded")) return undefined;
    const form = v.safeParse(FormSchema, body);
    const fault = form.success ? findFault(form.output) : undefined;
    if (fault === undefined) return undefined;
    return reply
      .code(400)
      .header("content-type", "text/xml")
      .send(`<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
  <Error><Type>Sender</Type><Code>${fault.code}</Code><Message>${fault.message}</Message></Error>
  <RequestId>${randomUUID()}</RequestId>
</ErrorResponse>`);
  });
};
