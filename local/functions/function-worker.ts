import { inspect } from "node:util";
import { parentPort, workerData } from "node:worker_threads";

// Runs one deployed function as Lambda's Node runtime does: one invocation at a time, JSON in, JSON out.

/** The request to an execution environment to run the handler once. */
export type WorkerRequest = {
  readonly payload: string;
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly traceHeader: string;
};
/** What an execution environment is started with. */
export type WorkerSettings = {
  readonly entry: string;
  readonly exportName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
};
/** The reply of an execution environment. Payloads are JSON text. */
export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "answered"; readonly payload: string }
  | { readonly kind: "failed"; readonly payload: string };

type Handler = (event: unknown, context: unknown) => unknown;

// No check is needed: the host of this project made these values.
const settings: WorkerSettings = workerData;

const isHandler = (value: unknown): value is Handler => typeof value === "function";

const loadHandler = async (): Promise<Handler> => {
  const loaded: unknown = await import(settings.entry);
  const found: unknown =
    typeof loaded === "object" && loaded !== null
      ? Object.entries(loaded).find(([name]) => name === settings.exportName)?.[1]
      : undefined;
  if (!isHandler(found)) {
    throw new Error(`${settings.exportName} is not a function exported by ${settings.entry}`);
  }
  return found;
};

const handler = await loadHandler();

const createContext = (awsRequestId: string, deadline: number) => ({
  awsRequestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: settings.functionName,
  functionVersion: "$LATEST",
  invokedFunctionArn: settings.functionArn,
  memoryLimitInMB: String(settings.memoryMegabytes),
  logGroupName: `/aws/lambda/${settings.functionName}`,
  logStreamName: "local",
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const describe = (error: unknown) => {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: error.stack?.split("\n") ?? [],
  };
};

const reply = (message: WorkerReply): void => {
  parentPort?.postMessage(message);
};

const run = async ({ payload, requestId, deadline, traceHeader }: WorkerRequest): Promise<void> => {
  process.env["_X_AMZN_TRACE_ID"] = traceHeader;
  try {
    const event: unknown = JSON.parse(payload);
    const result = await handler(event, createContext(requestId, deadline));
    reply({ kind: "answered", payload: result === undefined ? "null" : JSON.stringify(result) });
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    reply({ kind: "failed", payload: JSON.stringify(describe(error)) });
  }
};

parentPort?.on("message", (request: WorkerRequest) => void run(request));
reply({ kind: "ready" });
