import { codeOf, importsOf, type Sources } from "./source-files.ts";

/** What breaks the layers of `lambda/`, one line each. */
export type Violations = string[];

const isIn = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));

const importsFrom = (sources: Sources, folder: string): { file: string; path: string }[] =>
  [...sources]
    .filter(([file]) => isIn(file, folder))
    .flatMap(([file, text]) => importsOf(file, text).map((path) => ({ file, path })));

const forbidden = (
  sources: Sources,
  folder: string,
  isAllowed: (path: string) => boolean,
): Violations =>
  importsFrom(sources, folder)
    .filter(({ path }) => !isAllowed(path))
    .map(({ file, path }) => `${file} imports ${path}`);

const isPackage = (path: string): boolean =>
  !/^(lambda|infra|local|commands|bridge|proof|samples|test)\//.test(path);
const isSdk = (path: string): boolean => path.startsWith("@aws") || path.startsWith("@smithy");

/** The domain imports valibot and itself. */
export const findDomainImports = (sources: Sources): Violations =>
  forbidden(sources, "lambda/domain", (path) => path === "valibot" || isIn(path, "lambda/domain"));

/** The domain is synchronous: nothing in it is async, awaits, or uses promises. */
export const findAsynchronousDomain = (sources: Sources): Violations =>
  [...sources]
    .filter(([file]) => isIn(file, "lambda/domain"))
    .filter(([, text]) => /\basync\b|\bawait\b|\bPromise\b|\.then\(/.test(codeOf(text)))
    .map(([file]) => `${file} is asynchronous`);

// The folder of the domain that a file is in; undefined for the files that all folders are based on.
const domainFolderOf = (path: string): string | undefined =>
  /^lambda\/domain\/([^/]+)\//.exec(path)?.[1];

/** No two folders of the domain import each other both ways, and the files that all are based on import no folder. */
export const findMutualFolders = (sources: Sources): Violations => {
  const arrows = new Set<string>();
  const upwards: Violations = [];
  for (const { file, path } of importsFrom(sources, "lambda/domain")) {
    const [from, to] = [domainFolderOf(file), domainFolderOf(path)];
    if (to === undefined || from === to) continue;
    if (from === undefined) upwards.push(`${file} imports ${path}`);
    else arrows.add(`${from} -> ${to}`);
  }
  const mutual = [...arrows].filter((arrow) =>
    arrows.has(arrow.split(" -> ").toReversed().join(" -> ")),
  );
  return [...upwards, ...mutual];
};

const functionFolderOf = (path: string): string | undefined =>
  /^lambda\/use-cases\/([^/]+)\//.exec(path)?.[1];

/** A use case imports the domain, ports, asynchronous control flow and what use cases share; no other use case, no SDK, no HTTP. */
export const findUseCaseImports = (sources: Sources): Violations =>
  importsFrom(sources, "lambda/use-cases")
    .filter(({ file, path }) => {
      if (isIn(path, "lambda/domain", "lambda/ports", "lambda/async")) return false;
      if (!isIn(path, "lambda/use-cases")) return path !== "valibot";
      const to = functionFolderOf(path);
      return to !== undefined && to !== functionFolderOf(file);
    })
    .map(({ file, path }) => `${file} imports ${path}`);

/** A folder of use cases has the name of a deployed function: of a file of `lambda/`. */
export const findNamelessUseCases = (sources: Sources): Violations => {
  const folders = new Set([...sources.keys()].flatMap((file) => functionFolderOf(file) ?? []));
  return [...folders]
    .filter((folder) => !sources.has(`lambda/${folder}.ts`))
    .map((folder) => `lambda/use-cases/${folder} is no function`);
};

/** Ports are types over the domain. */
export const findPortImports = (sources: Sources): Violations => [
  ...forbidden(sources, "lambda/ports", (path) => isIn(path, "lambda/domain", "lambda/ports")),
  ...[...sources]
    .filter(([file, text]) => isIn(file, "lambda/ports") && /^export const\b/m.test(text))
    .map(([file]) => `${file} exports more than types`),
];

/** Control flow knows nothing of the project. */
export const findAsyncImports = (sources: Sources): Violations =>
  forbidden(sources, "lambda/async", (path) => isIn(path, "lambda/async"));

/** Adapters implement ports; handlers call use cases; they never import each other, and no handler imports the SDK. */
export const findEdgeImports = (sources: Sources): Violations => {
  const inner = ["lambda/domain", "lambda/ports", "lambda/async"];
  return [
    ...forbidden(
      sources,
      "lambda/adapters",
      (path) => isPackage(path) || isIn(path, "lambda/adapters", ...inner),
    ),
    ...forbidden(
      sources,
      "lambda/handlers",
      (path) =>
        (isPackage(path) && !isSdk(path)) ||
        path === "lambda/routes.ts" ||
        isIn(path, "lambda/handlers", "lambda/use-cases", ...inner),
    ),
  ];
};

/** The routes, which infra and handlers share, are plain data: they import types of the domain alone. */
export const findRouteImports = (sources: Sources): Violations =>
  importsOf("lambda/routes.ts", sources.get("lambda/routes.ts") ?? "")
    .filter((path) => !isIn(path, "lambda/domain"))
    .map((path) => `lambda/routes.ts imports ${path}`);

/** Only the entries read the environment and the clock. */
export const findClockReaders = (sources: Sources): Violations =>
  [...sources]
    .filter(([file]) => /^lambda\/[^/]+\//.test(file))
    .filter(([, text]) => /process\.env|from "node:process"|Date\.now\(|new Date\(\)/.test(text))
    .map(([file]) => `${file} reads the environment or the clock`);
