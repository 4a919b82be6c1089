import * as v from "valibot";

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

/** What to do after an answer. `final`: sending the same again would end the same. */
export type InterpretedAnswer =
  | { readonly kind: "results"; readonly results: readonly EventAnswer[] }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unauthorized"; readonly why: string }
  | { readonly kind: "again"; readonly why: string };

const finalStatuses = new Set([400, 413, 415, 422]);

const parseAnswer = (text: string): v.InferOutput<typeof AnswerSchema> => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), AnswerSchema), text);
  return parsed.success ? parsed.output : {};
};

/** The contract's table of answers. */
export const interpretAnswer = (
  { status, text }: HttpAnswer,
  eventCount: number,
): InterpretedAnswer => {
  const { results, title, detail, message } = parseAnswer(text);
  const why = [`answered ${status}`, title ?? message, detail].filter(Boolean).join(": ");
  if (results !== undefined && results.length === eventCount && [200, 207, 422].includes(status))
    return { kind: "results", results };
  if (status === 401) return { kind: "unauthorized", why };
  if (finalStatuses.has(status)) return { kind: "refused", why };
  if (status === 200 || status === 207)
    return {
      kind: "again",
      why: `${why}, but not with a result for each event: is this the adapter?`,
    };
  return { kind: "again", why };
};
