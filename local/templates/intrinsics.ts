import { StartFailure } from "../command/start-failure.ts";

/** How intrinsic functions look up values outside of their argument; each gives undefined when there is none. */
export type References = {
  readonly ref: (name: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string) => unknown;
  readonly importValue: (exportName: string) => unknown;
  readonly stackOutput: (stackName: string, outputName: string) => unknown;
  readonly mapping: (map: string, top: string, second: string) => unknown;
};
type Resolve = (value: unknown) => unknown;
type Intrinsic = (argument: unknown, references: References, resolve: Resolve) => unknown;

/** Marks a property that `AWS::NoValue` removes. */
export const noValue = Symbol("AWS::NoValue");

const known = <T>(value: T, what: string): NonNullable<T> => {
  if (value === undefined || value === null) {
    throw new StartFailure(`The template's ${what} has no value in the local stack.`);
  }
  return value;
};

const text = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new StartFailure(`The template has ${JSON.stringify(value)} where text is expected.`);
};

const list = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.map((item: unknown) => item);
  throw new StartFailure(`The template has ${JSON.stringify(value)} where a list is expected.`);
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const record = (value: unknown): Record<string, unknown> => {
  if (isRecord(value)) return value;
  throw new StartFailure(`The template has ${JSON.stringify(value)} where an object is expected.`);
};

const substitute = (argument: unknown, references: References, resolve: Resolve): string => {
  const [pattern, variables] = typeof argument === "string" ? [argument, {}] : list(argument);
  const own = isRecord(variables) ? variables : {};
  return text(pattern).replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
    if (literal !== "") return whole.replace("!", "");
    if (name in own) return text(resolve(own[name]));
    const [logicalId = "", ...rest] = name.split(".");
    const value =
      rest.length === 0 ? references.ref(name) : references.attribute(logicalId, rest.join("."));
    return text(known(value, `Sub \${${name}}`));
  });
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, { ref }) => known(ref(text(argument)), `Ref ${text(argument)}`),
  "Fn::GetAtt": (argument, { attribute }, resolve) => {
    const path = typeof argument === "string" ? argument.split(".") : list(argument);
    const [logicalId, ...rest] = path.map((part) => text(resolve(part)));
    return known(attribute(logicalId ?? "", rest.join(".")), `GetAtt ${path.join(".")}`);
  },
  "Fn::ImportValue": (argument, { importValue }, resolve) => {
    const name = text(resolve(argument));
    return known(importValue(name), `ImportValue ${name}`);
  },
  "Fn::GetStackOutput": (argument, { stackOutput }, resolve) => {
    const { StackName, OutputName } = record(resolve(argument));
    const [stack, output] = [text(StackName), text(OutputName)];
    return known(stackOutput(stack, output), `GetStackOutput ${stack} ${output}`);
  },
  "Fn::Join": (argument, _references, resolve) => {
    const [separator, parts] = list(argument);
    return list(resolve(parts)).map(text).join(text(separator));
  },
  "Fn::Sub": substitute,
  "Fn::Select": (argument, _references, resolve) => {
    const [index, items] = list(resolve(argument));
    return known(list(items)[Number(index)], `Select ${String(index)}`);
  },
  "Fn::Split": (argument, _references, resolve) => {
    const [separator, joined] = list(resolve(argument));
    return text(joined).split(text(separator));
  },
  "Fn::FindInMap": (argument, { mapping }, resolve) => {
    const [map, top, second] = list(resolve(argument)).map(text);
    return known(mapping(map ?? "", top ?? "", second ?? ""), `FindInMap ${map ?? ""}`);
  },
};

const runIntrinsic = (
  name: string,
  argument: unknown,
  references: References,
  resolve: Resolve,
) => {
  const intrinsic = intrinsics[name];
  if (intrinsic === undefined) {
    throw new StartFailure(`The template uses ${name}, which the local stack does not support.`);
  }
  return intrinsic(argument, references, resolve);
};

/** Makes the function that replaces every CloudFormation intrinsic in a value. Throws StartFailure on an unsupported one. */
export const createResolver = (references: References): Resolve => {
  const resolve: Resolve = (value) => {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== noValue);
    if (!isRecord(value)) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only !== undefined && entries.length === 1) {
      const [name, argument] = only;
      if (name === "Ref" || name.startsWith("Fn::")) {
        return runIntrinsic(name, argument, references, resolve);
      }
    }
    const resolved = entries.map(([key, item]) => [key, resolve(item)] as const);
    return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
  };
  return resolve;
};
