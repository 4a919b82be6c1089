import { describe, expect, it } from "vitest";
import {
  findAsynchronousDomain,
  findAsyncImports,
  findClockReaders,
  findDomainImports,
  findEdgeImports,
  findMutualFolders,
  findNamelessUseCases,
  findPortImports,
  findRouteImports,
  findUseCaseImports,
  type Violations,
} from "./support/layers.ts";
import { importsOf, readSources, type Sources } from "./support/source-files.ts";

const lambda = readSources("lambda/**/*.ts");

/** A rule, and for each way to break it a file that would, with its text. */
type Rule = {
  name: string;
  find: (sources: Sources) => Violations;
  planted: readonly [file: string, text: string][];
};

const rules: readonly Rule[] = [
  {
    name: "the domain imports valibot and itself",
    find: findDomainImports,
    planted: [
      ["lambda/domain/status/planted.ts", 'import { createHash } from "node:crypto";'],
      ["lambda/domain/status/planted.ts", 'import type { Log } from "../../ports/telemetry.ts";'],
      ["lambda/domain/planted.ts", 'import { inParallel } from "../async/in-parallel.ts";'],
    ],
  },
  {
    name: "the domain is synchronous",
    find: findAsynchronousDomain,
    planted: [
      ["lambda/domain/event/planted.ts", "export const read = async (): unknown => undefined;"],
      ["lambda/domain/event/planted.ts", "export type Read = () => Promise<string>;"],
      ["lambda/domain/event/planted.ts", "export const then = (a: Later) => a.then(String);"],
    ],
  },
  {
    name: "no two folders of the domain import each other both ways",
    find: findMutualFolders,
    planted: [
      ["lambda/domain/status/planted.ts", 'import type { Loss } from "../alerting/loss.ts";'],
      ["lambda/domain/connection/planted.ts", 'import type { Loss } from "../alerting/loss.ts";'],
      ["lambda/domain/planted.ts", 'import type { Loss } from "./alerting/loss.ts";'],
    ],
  },
  {
    name: "a use case imports no other one, no SDK and no HTTP",
    find: findUseCaseImports,
    planted: [
      ["lambda/use-cases/query/planted.ts", 'import type { Ingest } from "../ingest/ingest.ts";'],
      ["lambda/use-cases/planted.ts", 'import type { Ingest } from "./ingest/ingest.ts";'],
      ["lambda/use-cases/ingest/planted.ts", 'import { SQSClient } from "@aws-sdk/client-sqs";'],
      ["lambda/use-cases/query/planted.ts", 'import { json } from "../../handlers/response.ts";'],
    ],
  },
  {
    name: "a folder of use cases bears the name of the function that it serves",
    find: findNamelessUseCases,
    planted: [["lambda/use-cases/watching/planted.ts", ""]],
  },
  {
    name: "ports are types over the domain",
    find: findPortImports,
    planted: [
      ["lambda/ports/planted.ts", 'import type { Item } from "../adapters/status-item.ts";'],
      ["lambda/ports/planted.ts", "export const width = 50;"],
    ],
  },
  {
    name: "asynchronous control flow knows nothing of the project",
    find: findAsyncImports,
    planted: [["lambda/async/planted.ts", 'import { compareText } from "../domain/text.ts";']],
  },
  {
    name: "adapters and handlers never meet, and handlers know nothing of the SDK",
    find: findEdgeImports,
    planted: [
      ["lambda/adapters/planted.ts", 'import { json } from "../handlers/response.ts";'],
      ["lambda/adapters/planted.ts", 'import { x } from "../use-cases/record-events.ts";'],
      ["lambda/handlers/planted.ts", 'import { chunks } from "../adapters/chunks.ts";'],
      ["lambda/handlers/planted.ts", 'import { SQSClient } from "@aws-sdk/client-sqs";'],
    ],
  },
  {
    name: "the routes are plain data over the domain",
    find: findRouteImports,
    planted: [["lambda/routes.ts", 'import { planted } from "./handlers/planted.ts";']],
  },
  {
    name: "only the entries read the environment and the clock",
    find: findClockReaders,
    planted: [["lambda/handlers/planted.ts", "export const now = Date.now();"]],
  },
];

describe.each(rules)("in lambda, $name", ({ find, planted }) => {
  it("holds", () => {
    expect(find(lambda)).toEqual([]);
  });

  it.each(planted)("and a violation is caught: %s with %s", (file, text) => {
    const violations = find(new Map([...lambda, [file, text]]));
    expect(violations).not.toEqual([]);
    expect(violations.join()).toMatch(/planted|->|watching/);
  });
});

const folders = /^(lambda|infra|local|commands|bridge|proof|samples|test)\//;

/** The imports of the project's own files that are not allowed in a folder. */
const violations = (pattern: string, isAllowed: (path: string) => boolean): string[] =>
  [...readSources(pattern)].flatMap(([file, text]) =>
    importsOf(file, text)
      .filter((path) => folders.test(path) && !isAllowed(path))
      .map((path) => `${file} imports ${path}`),
  );
const isIn =
  (...names: string[]) =>
  (path: string) =>
    names.some((name) => path.startsWith(`${name}/`));

describe("beside lambda", () => {
  it("infra takes from lambda the environments, the routes, the table keys and the rules alone", () => {
    const shared = [
      "lambda/environment.ts",
      "lambda/routes.ts",
      "lambda/adapters/table-keys.ts",
      "lambda/domain/rules.ts",
    ];
    const isAllowed = (path: string) => isIn("infra")(path) || shared.includes(path);
    expect(violations("infra/**/*.ts", isAllowed)).toEqual([]);
  });

  it.each([
    ["bridge", ["lambda/domain"]],
    ["bridge/terminal", []],
    ["commands", ["lambda", "bridge", "infra/settings"]],
    ["samples", ["bridge", "commands/stacks"]],
  ])("%s imports, of the project, only itself and %j", (folder, others) => {
    expect(violations(`${folder}/**/*.ts`, isIn(folder, ...others))).toEqual([]);
  });

  it("proof imports everything but the tests, and its oracle nothing that it judges", () => {
    expect(violations("proof/**/*.ts", (path) => !isIn("test")(path))).toEqual([]);
    expect(violations("proof/chaos/oracle.ts", isIn("proof/chaos"))).toEqual([]);
  });

  it.each([
    ["results", ["bench", "load", "chaos"]],
    ["stack", ["bench", "load", "chaos"]],
    ["bench", ["load", "chaos"]],
    ["load", ["chaos"]],
    ["chaos", ["bench", "load"]],
  ])("proof/%s keeps apart from %j", (room, others) => {
    const isAllowed = (path: string) => !isIn(...others.map((one) => `proof/${one}`))(path);
    expect(violations(`proof/${room}/**/*.ts`, isAllowed)).toEqual([]);
  });
});
