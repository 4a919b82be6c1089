import { parseArguments } from "../../bridge/terminal/parse-arguments.ts";
import { UsageError } from "../../bridge/terminal/usage-error.ts";
import { type AnswerOptions, readAnswerOptions } from "./answer-options.ts";
import { readPathOption } from "./path-option.ts";
import { StartFailure } from "./start-failure.ts";

/** The DynamoDB emulators that `--engine` accepts. */
export const engineNames = ["dynoxide", "dynamodb-local"] as const;
export type EngineName = (typeof engineNames)[number];

/** What the user asked for. Port 0 is any free port. */
export type LocalOptions = {
  readonly port: number;
  readonly dataDirectory: string | undefined;
  readonly engine: EngineName | undefined;
  readonly assembly: string | undefined;
  /** The divisor of all waiting times of the alerts. */
  readonly timeLapse: number;
  /** Undefined when every request gets its own answer. */
  readonly answers: AnswerOptions | undefined;
};

/** The help text that `npm start -- --help` prints. */
export const localUsage = `npm start -- [--data DIR] [--engine NAME] [--time-lapse N]

  --data DIR      keep the tables, keys and tokens in DIR across restarts
                  (queues and topics are always new)
  --engine NAME   dynoxide or dynamodb-local; by default the first one that runs
                  on this machine
  --time-lapse N  divide every waiting time of the alerts by N: at 60, half an
                  hour passes in half a minute
  --answer STATUS:SHARE,…
                  to test a bridge: answer this share of the requests with
                  events so, and store nothing of them: 503:0.1,429:0.05
  --retry-after N
                  with --answer: the header Retry-After of these answers
  --assembly DIR  run this synthesized cloud assembly instead of making one

  PORT=N npm start takes another port of 127.0.0.1 than 3000; 0 any free one.`;

const known = {
  data: { type: "string" },
  engine: { type: "string" },
  assembly: { type: "string" },
  "time-lapse": { type: "string" },
  answer: { type: "string", multiple: true },
  "retry-after": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const parse = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArguments(args, known);
    if (positionals.length > 0) throw new UsageError(`Unknown argument "${positionals[0]}"`);
    return values;
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    throw new StartFailure(`${localUsage}\n\n${cause.message}`, { cause });
  }
};

const readEngine = (name: string | undefined): EngineName | undefined => {
  const engine = engineNames.find((known) => known === name);
  if (name !== undefined && engine === undefined) {
    throw new StartFailure(`--engine ${name}: must be one of ${engineNames.join(", ")}.`);
  }
  return engine;
};

const readTimeLapse = (text = "1"): number => {
  const timeLapse = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || timeLapse < 1) {
    throw new StartFailure(`--time-lapse ${text}: must be a number, 1 (no time lapse) or greater.`);
  }
  return timeLapse;
};

const readPort = (text: string | undefined): number => {
  if (text === undefined || text === "") return 3000;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new StartFailure(`PORT=${text}: must be a number from 0 (any free port) to 65535.`);
  }
  return port;
};

/** Reads the arguments and PORT, or "help" when the user asked for it. Throws StartFailure on an unknown or invalid option. */
export const readLocalOptions = (
  args: readonly string[],
  port: string | undefined,
): LocalOptions | { readonly kind: "help" } => {
  const values = parse(args);
  if (values.help === true) return { kind: "help" };
  if (values.assembly !== undefined && values["time-lapse"] !== undefined) {
    throw new StartFailure("--time-lapse requires its own synthesis: leave out --assembly.");
  }
  return {
    port: readPort(port),
    dataDirectory: readPathOption("--data", values.data),
    engine: readEngine(values.engine),
    assembly: readPathOption("--assembly", values.assembly),
    timeLapse: readTimeLapse(values["time-lapse"]),
    answers: readAnswerOptions(values.answer?.join(","), values["retry-after"]),
  };
};
