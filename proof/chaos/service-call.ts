import type { IncomingHttpHeaders } from "node:http";

/** A call to a service as it travels: SNS speaks the query protocol, the others JSON. */
export type ServiceCall = {
  readonly operation: string;
  readonly isQuery: boolean;
  readonly body: Buffer;
  /** The access key that signed it: it names the environment that calls. */
  readonly caller: string;
};

const writes = [
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "TransactWriteItems",
  "SendMessage",
  "SendMessageBatch",
  "PublishBatch",
];

/** Reads what is called, and by whom. */
export const readCall = (headers: IncomingHttpHeaders, body: Buffer): ServiceCall => {
  const target = headers["x-amz-target"];
  const action = /(?:^|&)Action=([A-Za-z]+)/.exec(body.toString("latin1"))?.[1];
  return {
    operation: target === undefined ? (action ?? "") : String(target).replace(/^.*\./, ""),
    isQuery: target === undefined,
    body,
    caller: String(headers["x-amz-security-token"] ?? ""),
  };
};

/** Whether the call leaves something behind that its caller may not hear of. */
export const isWrite = ({ operation }: ServiceCall): boolean => writes.includes(operation);

/** Whether the call is for several items at once. */
export const isBatch = ({ operation }: ServiceCall): boolean => operation.includes("Batch");

/** An answer of a service. */
export type ServiceAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer | string;
};

const failure = (
  { isQuery }: ServiceCall,
  { status, code, type }: { readonly status: number; readonly code: string; readonly type: string },
): ServiceAnswer => {
  const message = "put there by chaos";
  if (!isQuery) {
    const body = JSON.stringify({ __type: code, message });
    return { status, contentType: "application/x-amz-json-1.0", body };
  }
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${error}<RequestId>chaos</RequestId></ErrorResponse>`;
  return { status, contentType: "text/xml", body };
};

/** How the called service says that it is too much, in its own words. */
export const throttledAnswer = (call: ServiceCall, isDynamoDb: boolean): ServiceAnswer => {
  const code = call.isQuery
    ? "Throttled"
    : isDynamoDb
      ? "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"
      : "com.amazonaws.sqs#RequestThrottled";
  return failure(call, { status: call.isQuery ? 429 : 400, code, type: "Sender" });
};

/** How the called service says that it is broken. */
export const brokenAnswer = (call: ServiceCall, isDynamoDb: boolean): ServiceAnswer =>
  failure(call, {
    status: 500,
    code: isDynamoDb ? "com.amazonaws.dynamodb.v20120810#InternalServerError" : "InternalFailure",
    type: "Receiver",
  });
