import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  keptVersions,
  readRelease,
  synthesizeRelease,
  type TemplateJson,
} from "./support/releases.ts";

const StackOutputSchema = v.object({
  "Fn::GetStackOutput": v.object({ StackName: v.string(), OutputName: v.string() }),
});
const ImportSchema = v.object({ "Fn::ImportValue": v.string() });

/** Everything in a value, the value itself first. */
const within = (value: unknown): unknown[] => {
  if (typeof value !== "object" || value === null) return [value];
  return [value, ...Object.values(value).flatMap(within)];
};

const outputsReadBy = (template: TemplateJson): string[] =>
  within(template).flatMap((value) =>
    v.is(StackOutputSchema, value) ? value["Fn::GetStackOutput"].OutputName : [],
  );
const importsOf = (template: TemplateJson): string[] =>
  within(template).flatMap((value) => (v.is(ImportSchema, value) ? value["Fn::ImportValue"] : []));
const exportsOf = ({ Outputs }: TemplateJson): string[] =>
  Object.values(Outputs).flatMap(({ Export }) => Export?.Name ?? []);

/** The names of queues that feed functions: without its queue a mapping cannot be made. */
const queuesFeeding = ({ Resources }: TemplateJson): string[] =>
  Object.values(Resources)
    .filter(({ Type }) => Type === "AWS::Lambda::EventSourceMapping")
    .flatMap(({ Properties }) => within(Properties["EventSourceArn"]))
    .flatMap((value) => /^:(dn-registration-dev-[\w-]+)$/.exec(String(value))?.[1] ?? []);
const namesIn = ({ Resources }: TemplateJson): string[] =>
  Object.values(Resources).flatMap(({ Properties }) =>
    ["TableName", "QueueName", "TopicName"].flatMap((name) => String(Properties[name] ?? "") || []),
  );

/** What CloudFormation would not find if `service` were deployed, or stayed, beside `data`. */
const missing = (service: TemplateJson, data: TemplateJson): string[] => [
  ...outputsReadBy(service).filter((output) => !(output in data.Outputs)),
  ...importsOf(service).filter((name) => !exportsOf(data).includes(name)),
  ...queuesFeeding(service).filter((name) => !namesIn(data).includes(name)),
];

/** What identifies the resources that hold something: if one of these changes, CloudFormation replaces the resource. */
const stateOf = ({ Resources }: TemplateJson): string[] =>
  Object.entries(Resources)
    .filter(([, { Type }]) => /Table$|Topic$|Queue$|Secret$|Bucket$|Key$/.test(Type))
    .map(
      ([
        id,
        {
          Type,
          Properties: { TableName, KeySchema, TopicName, QueueName, Name },
        },
      ]) => JSON.stringify([id, Type, TableName, KeySchema, TopicName, QueueName, Name]),
    );

const today = synthesizeRelease();

describe("the service stack", () => {
  it("finds what it needs in the data stack, and holds on to none of it", () => {
    expect(missing(today.service, today.data)).toEqual([]);
    expect(importsOf(today.service)).toEqual([]);
  });

  it("names only what the data stack makes", () => {
    const named = within(today.service).flatMap(
      (value) => /(?:table\/|^[:/])(dn-registration-dev-[\w-]+)$/.exec(String(value))?.[1] ?? [],
    );
    const own = /-(ingest|fanout|evaluate|query|operate|authorize)$/;
    const used = new Set(named.filter((name) => !own.test(name)));
    expect([...used].filter((name) => !namesIn(today.data).includes(name))).toEqual([]);
    expect(used).toContain("dn-registration-dev-rejected-events");
    expect(used).toContain("dn-registration-dev-status");
  });
});

// Each pair is a state that a stage is in between the deployments of its two stacks, forward or back.
describe.each(keptVersions)("from %s to today, and back", (version) => {
  const before = readRelease(version);

  it("the data stack may be the first forward, and the last back", () => {
    expect(missing(before.service, today.data)).toEqual([]);
  });

  it("the service stack may be the first forward, and the last back", () => {
    expect(missing(today.service, before.data)).toEqual([]);
  });

  it("nothing that holds data is replaced", () => {
    expect(stateOf(today.data)).toEqual(expect.arrayContaining(stateOf(before.data)));
  });
});
