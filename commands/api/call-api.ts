import * as v from "valibot";
import { explainNoAnswer } from "../../bridge/post.ts";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { parseJson } from "../../lambda/domain/request/parse-json.ts";
import { eventually, type Patience } from "../smoke/eventually.ts";

/** Where the API is, with which token to ask it, and how long that token may take to be known. */
export type ApiAccess = {
  readonly url: string;
  readonly token: string;
  readonly patience: Patience;
};

/** One request to the API. `options`: the option that gave what stands at a JSON Pointer, for the words of a refusal. */
export type ApiCall = {
  readonly method: "GET" | "POST" | "DELETE";
  /** With its parameters, encoded. */
  readonly path: string;
  readonly body?: object;
  readonly options?: Readonly<Record<string, string>>;
};

/** What is wrong with one member of a body. */
export type BodyProblem = { readonly pointer: string; readonly detail: string };

const ProblemSchema = v.object({
  detail: v.string(),
  problems: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() })), []),
});

type Answer = {
  readonly status: number;
  readonly text: string;
};

/** The API refused a request: the message says why, for people. */
export class ApiRefusal extends CommandError {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const ask = async ({ url, token }: ApiAccess, { method, path, body }: ApiCall): Promise<Answer> => {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new CommandError(`${url}: ${explainNoAnswer(error)}`, { cause: error });
  }
};

const optionAt = (pointer: string, options: Readonly<Record<string, string>>): string =>
  options[pointer.replace(/(?<=.)\/.*/, "")] ?? pointer;

/** What is wrong with a body as a person gave it, by options instead of members. */
export const problemText = (
  { pointer, detail }: BodyProblem,
  options: Readonly<Record<string, string>>,
): string => `${optionAt(pointer, options)} ${detail}`.trim();

const explain = ({ status, text }: Answer, { options = {} }: ApiCall): string => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ProblemSchema), text);
  if (!parsed.success) return `the API answered ${status} ${printable(text.slice(0, 200))}`;
  const { detail, problems } = parsed.output;
  const words = problems.map((problem) => problemText(problem, options));
  return printable([`the API answered ${status}: ${detail}`, ...words].join(" "));
};

/**
 * What the API answers; an answer without a body is undefined. Throws ApiRefusal for an answer that is no success, or of
 * another shape, and CommandError where there is none.
 */
export const callApi = async <T>(
  access: ApiAccess,
  call: ApiCall,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> => {
  const answer = await eventually(async () => {
    const one = await ask(access, call);
    // A token that was just made is not known everywhere yet.
    if (one.status === 401) throw new ApiRefusal(one.status, explain(one, call));
    return one;
  }, access.patience);
  const read = v.safeParse(schema, parseJson(answer.text)?.value);
  if (answer.status >= 300 || !read.success)
    throw new ApiRefusal(answer.status, explain(answer, call));
  return read.output;
};
