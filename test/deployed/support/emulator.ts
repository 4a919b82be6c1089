import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { env } from "node:process";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { pathToFileURL } from "node:url";
import { compileCache } from "../../support/compile-cache.ts";
import type { ScriptRun } from "../../support/run-script.ts";
import { runGuarded, startGuarded } from "./run-guarded.ts";
import "./loopback.mjs";

/** The account and the region of the emulator. The account is its root user's key, too. */
export const account = "111122223333";
export const region = "eu-central-1";

/** A running emulator, and what runs against it. */
export type Emulator = {
  readonly url: string;
  /** Everything the test writes is in here, and goes with the emulator. */
  readonly directory: string;
  /** Runs a program in the project's directory, with nothing in its environment but the emulator. */
  readonly run: (...command: readonly string[]) => Promise<ScriptRun>;
  /** Makes one call with botocore; `operation` is in snake case. Resolves with the answer, read as JSON. */
  readonly aws: (service: string, operation: string, parameters?: object) => Promise<unknown>;
  /** While `during` runs, CloudFormation cannot create resources whose logical ids begin so. */
  readonly refuse: <T>(logicalId: string, during: () => Promise<T>) => Promise<T>;
  /** Ends the emulator with all its functions, and removes the directory. */
  readonly stop: () => Promise<void>;
};

const { PATH = "" } = env;
const deployed = join(import.meta.dirname, "..");

/** What every program gets: no settings of the user's, and a home that is not theirs. */
const environmentIn = (directory: string) => ({
  ...compileCache,
  PATH: [dirname(process.execPath), PATH].join(delimiter),
  HOME: directory,
  TMPDIR: directory,
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_EC2_METADATA_DISABLED: "true",
});

const clientEnvironment = (url: string, directory: string) => ({
  ...environmentIn(directory),
  AWS_ENDPOINT_URL: url,
  // A bucket's name comes before it.
  AWS_ENDPOINT_URL_S3: url.replace("localhost", "s3.localhost"),
  AWS_CA_BUNDLE: join(directory, "certificate.pem"),
  NODE_EXTRA_CA_CERTS: join(directory, "certificate.pem"),
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "loopback.mjs"))}`,
  CDK_DISABLE_CLI_TELEMETRY: "true",
  CDK_DISABLE_VERSION_CHECK: "true",
  npm_config_update_notifier: "false",
});

/** Starts the emulator; resolves when it answers, and this process trusts its certificate. */
export const startEmulator = async (python: string): Promise<Emulator> => {
  const directory = mkdtempSync(join(tmpdir(), "deployed-"));
  const refused = join(directory, "refused");
  const child = startGuarded([python, join(deployed, "emulator.py"), directory], {
    environment: {
      ...environmentIn(directory),
      PYTHONDONTWRITEBYTECODE: "1",
      REFUSED_RESOURCES: refused,
    },
    removes: directory,
  });
  const chunks: string[] = [];
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      chunks.push(chunk.toString());
      const ready = /^ready (\S+)$/m.exec(chunks.join(""))?.[1];
      if (ready !== undefined) resolve(ready);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    void ended.then(() => reject(new Error(`The emulator did not start:\n${chunks.join("")}`)));
  });
  const certificate = readFileSync(join(directory, "certificate.pem"), "utf8");
  setDefaultCACertificates([...getCACertificates("default"), certificate]);
  const environment = clientEnvironment(url, directory);
  const run = (...command: readonly string[]) => runGuarded(command, { environment });
  // Python finds no names in localhost, and can do without.
  const forPython = { ...environment, AWS_ENDPOINT_URL_S3: url };
  return {
    url,
    directory,
    run,
    aws: async (service, operation, parameters = {}) => {
      const call = [join(deployed, "aws.py"), service, operation, JSON.stringify(parameters)];
      const answer = await runGuarded([python, ...call], { environment: forPython });
      if (answer.code !== 0) throw new Error(`${service} ${operation}: ${answer.stderr}`);
      return JSON.parse(answer.stdout);
    },
    refuse: async (logicalId, during) => {
      writeFileSync(refused, logicalId);
      try {
        return await during();
      } finally {
        rmSync(refused);
      }
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
