import * as v from "valibot";
import { explainNoAnswer } from "../../bridge/post.ts";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { eventually, type Patience } from "../smoke/eventually.ts";

/** What to retire: a DN's registrations, or all of a server or of an application on it. */
export type Retirement = {
  readonly server: string;
  readonly thisDN?: string | undefined;
  readonly application?: string | undefined;
  readonly author?: string | undefined;
  readonly note: string;
};

/** Where, with which token, and how long that may take to hold. */
export type RetireAccess = {
  readonly url: string;
  readonly token: string;
  readonly patience: Patience;
};

const DoneSchema = v.object({ retired: v.number() });
const UnderWaySchema = v.object({
  applications: v.array(v.string()),
  // How many there are where not all are listed.
  applicationsCount: v.optional(v.number()),
});
const ProblemSchema = v.object({
  detail: v.string(),
  problems: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() })), []),
});

type Answer = {
  readonly status: number;
  readonly text: string;
};

const post = async ({ url, token }: RetireAccess, retirement: Retirement): Promise<Answer> => {
  try {
    const response = await fetch(`${url}/v1/retirements`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(retirement),
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new CommandError(`${url}: ${explainNoAnswer(error)}`, { cause: error });
  }
};

const explain = ({ status, text }: Answer): string => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ProblemSchema), text);
  if (!parsed.success) return `the API answered ${status} ${printable(text.slice(0, 200))}`;
  const { detail, problems } = parsed.output;
  const words = problems.map((problem) => `${problem.pointer} ${problem.detail}`);
  return printable([`the API answered ${status}: ${detail}`, ...words].join(" "));
};

const describe = (
  { server, thisDN = "", application }: Retirement,
  answer: v.InferOutput<typeof DoneSchema> | v.InferOutput<typeof UnderWaySchema>,
): string => {
  if ("applications" in answer) {
    const { applications, applicationsCount } = answer;
    const names = joinNames(applications, applications.length, applicationsCount);
    return `under way: all registrations of ${names} on ${server} are being retired`;
  }
  const whose = application === undefined ? "" : ` of ${application}`;
  const what = `DN ${thisDN} on ${server}`;
  if (answer.retired === 0) return `nothing to do: ${what} was retired${whose} before`;
  const noun = answer.retired === 1 ? "registration" : "registrations";
  return `retired: ${answer.retired} ${noun}${whose} for ${what}`;
};

/** Asks for a retirement and says what was done; doing it again is harmless. Throws CommandError where it was refused. */
export const sendRetirement = async (
  access: RetireAccess,
  retirement: Retirement,
): Promise<string> => {
  const answer = await eventually(async () => {
    const one = await post(access, retirement);
    // A token that was just made is not known everywhere yet.
    if (one.status === 401) throw new CommandError(explain(one));
    return one;
  }, access.patience);
  const schema = v.pipe(v.string(), v.parseJson(), v.union([DoneSchema, UnderWaySchema]));
  const done = v.safeParse(schema, answer.text);
  if (answer.status >= 300 || !done.success) throw new CommandError(explain(answer));
  return printable(describe(retirement, done.output));
};
