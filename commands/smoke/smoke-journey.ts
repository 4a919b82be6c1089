import { CommandError } from "../../bridge/terminal/command-error.ts";
import { eventually, type Patience } from "./eventually.ts";
import type { RunStep } from "./run-steps.ts";
import type { SmokeApi } from "./smoke-api.ts";
import { smokeGivenUp, smokeLost, smokeRegistered } from "./smoke-events.ts";
import type { AwaitMessage } from "./smoke-inbox.ts";

/** What the journey goes through. */
export type Journey = {
  readonly api: SmokeApi;
  readonly awaitMessage: AwaitMessage;
  readonly step: RunStep;
  readonly thisDN: string;
  /** How long a key and a token that were just made may take to hold. */
  readonly credentialsPatience: Patience;
};

const expectSeen = async ({ api, thisDN }: Journey, expected: string): Promise<void> => {
  const [seen] = await api.registrations(thisDN);
  const shown = [seen?.status ?? "not there", seen?.verdict].filter(Boolean).join(", ");
  if (shown !== expected) throw new CommandError(`it reads "${shown}"`);
};

const expectMessages = async (
  { step, awaitMessage }: Journey,
  types: readonly string[],
): Promise<void> => {
  for (const type of types) await step(`the message ${type} arrives`, () => awaitMessage(type));
};

const register = async (journey: Journey, name: string): Promise<void> => {
  const { step, api, thisDN } = journey;
  await step(`${name} is stored`, () => api.send([smokeRegistered(thisDN, Date.now())]));
  await step("reads: registered", () => expectSeen(journey, "registered"));
  await expectMessages(journey, ["registration.registered"]);
};

const lose = async (journey: Journey): Promise<void> => {
  const { step, api, thisDN } = journey;
  await step("an unexpected EventUnregistered is stored", () =>
    api.send([smokeLost(thisDN, Date.now())]),
  );
  await step("reads: unregistered, unexpected", () =>
    expectSeen(journey, "unregistered, unexpected"),
  );
  await expectMessages(journey, ["registration.unregistered", "alert.opened"]);
};

const giveUp = async (journey: Journey): Promise<void> => {
  const { step, api, thisDN } = journey;
  await step("an EventUnregistered by request is stored", () =>
    api.send([smokeGivenUp(thisDN, Date.now())]),
  );
  await step("reads: unregistered, expected", () => expectSeen(journey, "unregistered, expected"));
  await expectMessages(journey, ["registration.unregistered"]);
};

const expectHistory = ({ step, api, thisDN }: Journey): Promise<void> =>
  step("reads: a history of 4 events", async () => {
    const count = await api.historyCount(thisDN);
    if (count !== 4) throw new CommandError(`it has ${count}`);
  });

/** A DN's whole life: registered, lost, back, given up; stored, readable, published. Throws at the first step that fails. */
export const travel = async (journey: Journey): Promise<void> => {
  const { step, api, credentialsPatience: patience } = journey;
  await step("the API is there", api.health);
  await step("the bridge key is taken", () => eventually(() => api.send([]), patience));
  await step("the reader token is taken", () =>
    eventually(() => api.registrations(journey.thisDN), patience),
  );
  await register(journey, "an EventRegistered");
  await lose(journey);
  await register(journey, "another EventRegistered");
  await expectMessages(journey, ["alert.resolved"]);
  await giveUp(journey);
  await expectHistory(journey);
};
