import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLocalClients, type LocalClients } from "../../local/emulators/local-clients.ts";
import { type LocalStack, startLocalStack } from "../support/local-stack.ts";
import { writeLoopAssembly } from "../support/loop-assembly.ts";

let stack: LocalStack;
let clients: LocalClients;

beforeAll(async () => {
  stack = await startLocalStack({ args: ["--assembly", writeLoopAssembly()] });
  clients = createLocalClients(stack.description.endpoints, "us-east-1");
});
afterAll(() => stack.stop());

const urlOf = async (QueueName: string) =>
  (await clients.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
const start = async (name: string) => {
  const MessageBody = JSON.stringify({ number: 1, until: 40 });
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: await urlOf(name), MessageBody }));
};
/** The numbers that a function has received, from the lowest: several environments write to the log. */
const numbersOf = (name: string) => {
  const log = readFileSync(join(stack.directory, ".local/functions.log"), "utf8");
  return [...log.matchAll(new RegExp(`^loop-${name}  number (\\d+)$`, "gm"))]
    .map(([, number]) => Number(number))
    .toSorted((a, b) => a - b);
};
const countTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const deadLettersOf = async (name: string) => {
  const request = { QueueUrl: await urlOf(`${name}-dead`), WaitTimeSeconds: 1 };
  const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand(request));
  return Messages.map(({ Body }) => Body);
};
const linesAbout = (name: string) =>
  stack.output().match(new RegExp(`${name}Mapping: .*RecursiveLoop.*`, "g")) ?? [];

describe("a function that sends to its own queue", () => {
  it("is stopped after 16 rounds, said once, and the message goes to the dead letters", async () => {
    await start("stopped");
    await expect.poll(() => deadLettersOf("stopped")).toEqual(['{"number":17,"until":40}']);
    expect(numbersOf("stopped")).toEqual(countTo(16));
    expect(linesAbout("stopped")).toHaveLength(1);
  });

  it("begins a new chain with each message from outside", async () => {
    await start("stopped");
    await expect.poll(() => deadLettersOf("stopped")).toEqual(['{"number":17,"until":40}']);
    expect(numbersOf("stopped")).toEqual(countTo(16).flatMap((number) => [number, number]));
  });

  it("goes on when its template allows that", async () => {
    await start("allowed");
    await expect.poll(() => numbersOf("allowed")).toEqual(countTo(40));
    expect(linesAbout("allowed")).toEqual([]);
  });
});
