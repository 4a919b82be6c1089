import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type EventAnswer, interpretAnswer } from "../bridge/answer.ts";
import { createPost } from "../bridge/post.ts";
import { sign } from "../bridge/sign.ts";
import { CommandError } from "../bridge/terminal/command-error.ts";
import { parseArguments } from "../bridge/terminal/parse-arguments.ts";
import { type Command, runCommand } from "../bridge/terminal/run-command.ts";
import { sleep } from "../bridge/terminal/sleep.ts";
import { UsageError } from "../bridge/terminal/usage-error.ts";
import { readLocalStack } from "../commands/stacks/local-stack.ts";
import type { LocalStackDetails } from "../commands/stacks/stack.ts";
import { findBroken, readAlertNotification } from "./scenarios/notifications.ts";
import { checkPace, durationText } from "./scenarios/pace.ts";
import { playScenario } from "./scenarios/play-scenario.ts";
import type { Scenario, ScenarioEnvelope } from "./scenarios/scenario.ts";
import { scenarios } from "./scenarios/scenarios.ts";

const described = (scenario: Scenario): string => {
  const { name, about, fastest } = scenario;
  const durations = `takes ${durationText(scenario, 1)}, or ${durationText(scenario, fastest)} at time-lapse ${fastest}, its fastest`;
  return `  ${name}\n    ${about}\n    ${durations}`;
};

const usage = `npm run scenario -- NAME

Plays a story against the local stack and checks that it gives exactly the
promised notifications. The stack sets the pace: start it with a time-lapse, as
in npm start -- --time-lapse 10, to see twenty minutes in two.

  --time-lapse N  plays only if the stack runs at this time-lapse

${scenarios.map(described).join("\n")}`;

const maxAttempts = 10;
const pauseMilliseconds = 2000;
const isStored = ({ outcome }: EventAnswer): boolean => outcome !== "rejected";

const findScenario = (positionals: readonly string[]): Scenario => {
  const [name, ...rest] = positionals;
  const scenario = scenarios.find((one) => one.name === name);
  if (name === undefined || rest.length > 0) throw new UsageError("give the name of one scenario");
  if (scenario === undefined) throw new UsageError(`${name} is no scenario`);
  return scenario;
};

const createSend = (url: string, key: string, signal: AbortSignal) => {
  const post = createPost(url);
  const attempt = (body: string) => {
    const message = { id: `msg_${randomUUID()}`, timestamp: Math.floor(Date.now() / 1000), body };
    return post(body, sign(key, message));
  };
  return async (envelope: ScenarioEnvelope): Promise<void> => {
    const body = JSON.stringify(envelope);
    for (let attempts = 1; ; attempts += 1) {
      const verdict = interpretAnswer(await attempt(body), envelope.events.length);
      if (verdict.kind === "results" && verdict.results.every(isStored)) return;
      // A stack that is out of breath says 503: what was sent is sent again, as a bridge does.
      if (verdict.kind !== "again" || attempts === maxAttempts) {
        throw new CommandError(`the stack did not take it: ${JSON.stringify(verdict)}`);
      }
      await sleep(pauseMilliseconds, signal);
    }
  };
};

const readLines = async ({ alertsFile }: LocalStackDetails): Promise<string[]> => {
  const text = await readFile(alertsFile, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
};

const play: Command = async ({ args, terminal, signal }) => {
  const { positionals, values } = parseArguments(args, { "time-lapse": { type: "string" } });
  const scenario = findScenario(positionals);
  const stack = await readLocalStack();
  if (stack?.local === undefined) {
    throw new CommandError(
      "no local stack is running: npm start -- --time-lapse 10, in another terminal",
    );
  }
  const { local } = stack;
  const before = (await readLines(local)).length;
  checkPace(scenario, values["time-lapse"], local.timeLapse);
  const duration = durationText(scenario, local.timeLapse);
  terminal.printText(`${scenario.about}; takes ${duration} at time-lapse ${local.timeLapse}`);
  await playScenario(scenario, {
    timeLapse: local.timeLapse,
    send: createSend(stack.url, local.bridge.key, signal),
    now: Date.now,
    wait: (milliseconds) => sleep(milliseconds, signal),
    isEnded: () => signal.aborted,
    say: terminal.printText,
  });
  if (signal.aborted) {
    terminal.note("ended early, so there is no verdict");
    return 130;
  }
  const notifications = (await readLines(local)).slice(before).map(readAlertNotification);
  const own = notifications.filter(({ server }) => scenario.servers.includes(server));
  for (const { title } of own) terminal.printText(title);
  const broken = findBroken(scenario, own);
  for (const line of broken) terminal.note(line);
  terminal.print(broken.length === 0 ? "as promised" : "not as promised");
  return broken.length === 0 ? 0 : 1;
};

if (import.meta.main) await runCommand(usage, play, { interruptible: true });
