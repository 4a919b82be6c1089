import { rmSync } from "node:fs";
import type { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Code } from "aws-cdk-lib/aws-lambda";
import { afterAll, vi } from "vitest";
import { createApp } from "../../../infra/app.ts";
import { type ResourceFact, stackFacts } from "./stack-facts.ts";

/** A synthesized stage, and questions to it. */
export type SynthesizedStage = {
  readonly app: App;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** All resources of a type. */
  all(type: string): readonly ResourceFact[];
  /** The one resource of a type with this name; without a name, the only one of its type. Throws otherwise. */
  one(type: string, name?: string): ResourceFact;
};

/**
 * Synthesizes a stage with the given settings, for a test file or a describe; the functions get a placeholder for code.
 * To validate the templates takes two seconds a file: validation.test.ts does it for all.
 */
export const synthesize = (
  context: Readonly<Record<string, unknown>> = {},
  { validates } = { validates: false },
): SynthesizedStage => {
  vi.stubEnv("CDK_VALIDATION", String(validates));
  const { app, data, service } = createApp({
    context,
    code: (name) => Code.fromInline(`// ${name}`),
  });
  afterAll(() => rmSync(app.outdir, { recursive: true, force: true }));
  const { resources, outputs } = stackFacts(Template.fromStack(data), Template.fromStack(service));
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  const one = (type: string, name?: string) => {
    const [found, ...more] = all(type).filter((fact) => name === undefined || fact.name === name);
    if (found === undefined || more.length > 0)
      throw new Error(`there is not exactly one ${type} ${name ?? ""}`);
    return found;
  };
  return { app, outputs, all, one };
};
