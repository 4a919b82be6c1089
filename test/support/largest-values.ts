import fc from "fast-check";
import type { Alert, AlertMember } from "../../lambda/domain/alerting/alert.ts";
import type { Loss } from "../../lambda/domain/alerting/loss.ts";
import type { Mark } from "../../lambda/domain/status/mark.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { buildAlert, buildMember } from "./build-alert.ts";
import { baseTime, registered, unregistered } from "./build-event.ts";
import { buildFormerMember, buildHeld, buildMissing } from "./build-loss.ts";
import { statusAfter } from "./status-after.ts";

// One byte, three bytes, four bytes, escaped by JSON, a space: each is the longest in some count.
const characters = ["7", "語", "𝄞", '"', "\\", "\u2028"];
const charactersOfMessages = [...characters, "\u0001"];

const repeated = (character: string, length: number): string =>
  character.repeat(Math.max(Math.floor(length / character.length), 0));

/** A name that an event may have, of about so many UTF-16 units; the index makes it distinct. */
export const longName = (character: string, index: number, length: number): string =>
  `${index}`.padEnd(8, "x") + repeated(character, length - 8);

/** Names of about so many UTF-16 units, up to thousands of them. */
const namesOf = (character: string, count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => longName(character, index, length));

/** How long the lists and texts of something stored are, and what character they consist of. */
const sizes = fc.record({
  character: fc.constantFrom(...characters),
  text: fc.constantFrom(...charactersOfMessages),
  length: fc.constantFrom(0, 200, 1_000, 20_000),
  count: fc.constantFrom(0, 1, 30, 400, 3_000),
});
type Sizes = typeof sizes extends fc.Arbitrary<infer Value> ? Value : never;

const reasonOf = ({ text, length }: Sizes) => ({
  ...buildMember().reason,
  evidence: repeated(text, length),
  errorMessage: repeated(text, length),
});

const memberOf = (size: Sizes, index: number): AlertMember => ({
  ...buildMember(),
  thisDN: longName(size.character, index, 255),
  applications: namesOf("b", size.count, 64),
  registeredOn: namesOf(size.character, size.count, 128),
  reason: reasonOf(size),
});

const alertOf = (size: Sizes, others: Sizes): Alert => {
  const { character, text, length, count } = size;
  const words = repeated(text, length);
  const entry = { at: baseTime, what: words, author: words, note: words };
  return buildAlert({
    server: longName(character, 0, 128),
    thisDN: longName(character, 0, 255),
    application: longName("b", 0, 64),
    title: words,
    endTitle: words,
    acknowledgement: { author: words, note: words },
    dns: Array.from({ length: Math.min(count, 400) }, (_, index) => memberOf(others, index)),
    causes: namesOf(text, count, length).map((cause) => ({ cause, count: 1 })),
    customers: namesOf(character, count, 128),
    timeline: Array(50).fill(entry),
  });
};

const lossOf = (size: Sizes, make: (changes: object) => Loss): Loss =>
  make({
    thisDN: longName(size.character, 0, 255),
    server: longName(size.character, 0, 128),
    applications: namesOf("b", size.count, 64),
    reason: reasonOf(size),
    cause: repeated(size.text, size.length),
    customerID: longName(size.character, 0, 128),
    trail: Array(20).fill({ at: baseTime, words: repeated(size.text, size.length) }),
  });

const applicationOf = (size: Sizes, isLost: boolean) => {
  const { character } = size;
  const attributes = {
    customerID: longName(character, 0, 128),
    agentID: longName(character, 0, 128),
  };
  const errorMessage = repeated(size.text, Math.max(size.length, 200));
  const status = isLost
    ? statusAfter(registered(attributes), unregistered({ time: baseTime + 1, errorCode: 59 }))
    : statusAfter(registered(attributes));
  const [application] = Object.values(status.applications);
  const withMessage = (mark: Mark | undefined) => mark && { ...mark, errorMessage };
  return application && { ...application, lost: withMessage(application.lost) };
};

const largestStatusOf = (size: Sizes, isLost: boolean): RegistrationStatus => {
  const application = applicationOf(size, isLost);
  const names = namesOf("b", Math.max(size.count, 1), 64);
  return {
    ...statusAfter(registered()),
    thisDN: longName(size.character, 0, 255),
    server: longName(size.character, 0, 128),
    alertId: "alert-1",
    applications: Object.fromEntries(
      names.flatMap((name) => (application === undefined ? [] : [[name, application]])),
    ),
  };
};

/** Alerts, losses and statuses with lists and texts far beyond what they may have. */
export const largestAlert = fc.tuple(sizes, sizes).map(([own, others]) => alertOf(own, others));
export const largestLoss = fc
  .tuple(
    sizes,
    fc.constantFrom<(changes: object) => Loss>(
      (changes) => buildMissing("alert-1", changes),
      (changes) => buildFormerMember("alert-1", changes),
      (changes) => buildHeld(`bridge/${longName("b", 0, 64)}`, changes),
    ),
  )
  .map(([size, make]) => lossOf(size, make));
export const largestStatus = fc
  .tuple(sizes, fc.boolean())
  .map(([size, isLost]) => largestStatusOf(size, isLost));
