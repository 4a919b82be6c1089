import { attributes } from "../../lambda/domain/event/event-schema.ts";
import { pointerStep } from "../../lambda/domain/problem.ts";

/** What to do about a kind of problem. `set`: the attribute that a retry may give another value. */
export type ProblemAdvice = {
  readonly words: string;
  readonly action: "retry" | "drop";
  readonly set: string | undefined;
};

type Rule = Omit<ProblemAdvice, "set"> & { readonly set?: string };

const attributeAtPlace = "(the attribute that the problem is about)";
const correctAndRetry: Rule = {
  words: "correct the bridge; then retry, with the right value",
  action: "retry",
  set: attributeAtPlace,
};
const hopeless: Rule = { words: "correct the bridge: no retry mends this", action: "drop" };

const byCode: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    "server-name-missing",
    {
      words: "bind a T-Server's name to the bridge's key, or have it sent; then retry with it",
      action: "retry",
      set: "Server",
    },
  ],
  [
    "server-not-allowed",
    {
      words: "make a key that may name this T-Server (npm run keys -- add); then retry",
      action: "retry",
    },
  ],
  [
    "too-many-servers",
    {
      words: "npm run retire those that are gone, or raise serversPerKey; then retry",
      action: "retry",
    },
  ],
  [
    "time-in-future",
    {
      words: "set the clock of the T-Server's host; then retry with the right time",
      action: "retry",
      set: "time",
    },
  ],
  [
    "cloudevent-invalid",
    {
      words: "correct the bridge; retry sends the event in the CloudEvent alone",
      action: "retry",
    },
  ],
  ["not-json", hopeless],
  ["too-long", hopeless],
  ["too-deep", hopeless],
  ["store-refused", { words: "the store will never take this", action: "drop" }],
]);

const attributeAt = (place: string): string | undefined =>
  Object.values(attributes)
    .flatMap(({ spellings }) => [...spellings])
    .find((name) => place === pointerStep(name) || place.startsWith(`${pointerStep(name)}/`));

/** What to do about the problems of a code at a place (a JSON Pointer) in their events. */
export const adviceOn = (code: string, place: string): ProblemAdvice => {
  // What is wrong with the whole event is no attribute's value.
  const { words, action, set } = byCode.get(code) ?? (place === "" ? hopeless : correctAndRetry);
  return { words, action, set: set === attributeAtPlace ? attributeAt(place) : set };
};
