import { relative } from "node:path";
import type { DynamoDbEngine } from "../emulators/dynamodb-engine.ts";
import type { StackDescription } from "../stack/stack-description.ts";
import type { LocalOptions } from "./local-options.ts";

/** What the user should know about this run. */
export type WelcomeFacts = {
  readonly engine: DynamoDbEngine;
  readonly options: LocalOptions;
  readonly stateDirectory: string;
  /** What the templates have and the local stack does not run, one line each. */
  readonly notRun: readonly string[];
  /** Functions that cannot be loaded, one line each. */
  readonly broken: readonly string[];
  /** What the user should think about, one line each. */
  readonly warnings: readonly string[];
};

const timeLapseLines = ({ timeLapse }: LocalOptions): readonly string[] => {
  if (timeLapse === 1) return [];
  return [`time lapse   every waiting time of the alerts is divided by ${timeLapse}`];
};

const answerLines = ({ answers }: LocalOptions): readonly string[] => {
  if (answers === undefined) return [];
  const shares = answers.shares.map(({ status, share }) => `${share} with ${status}`);
  return [
    `answers      of the requests with events, these shares are answered and not stored: ${shares.join(", ")}`,
  ];
};

const engineText = (engine: DynamoDbEngine): string =>
  engine.kind === "process" ? engine.name : `at ${engine.url} (AWS_ENDPOINT_URL_DYNAMODB)`;

const engineWarnings = (engine: DynamoDbEngine): readonly string[] =>
  engine.kind === "endpoint" || engine.warning === undefined ? [] : [engine.warning];

const dataText = (engine: DynamoDbEngine, { dataDirectory }: LocalOptions): string => {
  if (engine.kind === "endpoint") return "which stores the tables in its own way";
  if (dataDirectory === undefined) return "in memory (--data DIR keeps the tables)";
  return `in ${dataDirectory}, with keys and tokens (queues and topics are new at each start)`;
};

/** The lines above `ready`: where the data and the logs are, and what is missing. */
export const textBeforeReady = ({
  engine,
  options,
  notRun,
  broken,
  warnings,
  stateDirectory,
}: WelcomeFacts): string => {
  const logs = relative(process.cwd(), stateDirectory);
  const lines = [
    `DynamoDB     ${engineText(engine)}, ${dataText(engine, options)}`,
    "SNS SQS S3   fauxqs, in memory",
    `logs         ${logs}/functions.log`,
    ...timeLapseLines(options),
    ...answerLines(options),
    ...notRun.map((line) => `not here     ${line}`),
    ...broken.map((line) => `broken       ${line}`),
    ...[...engineWarnings(engine), ...warnings].map((line) => `warning      ${line}`),
  ];
  return `${lines.join("\n")}\n`;
};

/** The lines below `ready`. */
export const textAfterReady = ({ url, readerToken }: StackDescription): string => `
Try next, in another terminal:
  npm run bridge -- samples/morning.ndjson
  npm run alerts
  curl '${url}/v1/registrations?thisDN=7042' \\
    -H 'Authorization: Bearer ${readerToken}'

Ctrl-C ends everything.`;
