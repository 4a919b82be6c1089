import * as v from "valibot";
import { printable } from "./terminal/printable.ts";

const ProblemsSchema = v.optional(
  v.array(
    v.object({
      pointer: v.optional(v.string(), ""),
      code: v.optional(v.string(), ""),
      detail: v.optional(v.string(), ""),
    }),
  ),
  [],
);

/** What the API says about one event of a request. An outcome that we do not know is shown as it is. */
export const EventAnswerSchema = v.object({
  index: v.number(),
  id: v.nullish(v.string()),
  outcome: v.string(),
  problems: ProblemsSchema,
  warnings: ProblemsSchema,
});
/** What the API says about one event of a request. */
export type EventAnswer = v.InferOutput<typeof EventAnswerSchema>;

/** What is wrong with an event, or remarkable about it. */
export type EventProblem = EventAnswer["problems"][number];

const AnswerSchema = v.object({
  title: v.optional(v.string()),
  detail: v.optional(v.string()),
  message: v.optional(v.string()),
  results: v.optional(v.array(EventAnswerSchema)),
});

/** An HTTP answer of the API, or of something in front of it. */
export type HttpAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

/**
 * What to do after an answer. Sending the same again would end the same where it is `refused`. `again`: another address may
 * do better, if `elsewhere`.
 */
export type InterpretedAnswer =
  | { readonly kind: "results"; readonly results: readonly EventAnswer[] }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unauthorized"; readonly why: string }
  | { readonly kind: "again"; readonly why: string; readonly elsewhere: boolean };

const tooManyRequests = 429;
const finalStatuses = new Set([400, 413, 415, 422]);

const parseAnswer = (text: string): v.InferOutput<typeof AnswerSchema> => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), AnswerSchema), text);
  return parsed.success ? parsed.output : {};
};

const shownCharacters = 300;

/** What an answer says, for people: it may come from anything on the way. */
const describe = ({ status, headers }: HttpAnswer, said: readonly (string | undefined)[]) => {
  const location = headers.get("location");
  const redirect =
    status >= 300 && status <= 399 && location !== null
      ? `a redirect to ${location}, which a signed request does not follow: if that is the API, give it with --url`
      : undefined;
  const text = [`answered ${status}`, redirect, ...said].filter(Boolean).join(": ");
  return printable(text.slice(0, shownCharacters));
};

/** Whether each event of a request has exactly one result. */
const isComplete = (results: readonly EventAnswer[], eventCount: number): boolean =>
  results.length === eventCount &&
  new Set(results.map(({ index }) => index)).size === eventCount &&
  results.every(({ index }) => Number.isInteger(index) && index >= 0 && index < eventCount);

/** The contract's table of answers. */
export const interpretAnswer = (answer: HttpAnswer, eventCount: number): InterpretedAnswer => {
  const { status } = answer;
  const { results, title, detail, message } = parseAnswer(answer.text);
  const why = describe(answer, [title ?? message, detail]);
  if (results !== undefined && isComplete(results, eventCount) && [200, 207, 422].includes(status))
    return { kind: "results", results };
  if (status === 401) return { kind: "unauthorized", why };
  if (finalStatuses.has(status)) return { kind: "refused", why };
  if (status === 200 || status === 207)
    return {
      kind: "again",
      why: `${why}, but not with a result for each event: is this the adapter?`,
      elsewhere: true,
    };
  // Who sends too much waits where it is: at another address it would be too much as well.
  return { kind: "again", why, elsewhere: status !== tooManyRequests };
};
