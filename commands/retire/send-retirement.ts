import * as v from "valibot";
import { printable } from "../../bridge/terminal/printable.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { type ApiAccess, callApi } from "../api/call-api.ts";

/** What to retire: a DN's registrations, or all of a server or of an application on it. */
export type Retirement = {
  readonly server: string;
  readonly thisDN?: string | undefined;
  readonly application?: string | undefined;
  readonly author?: string | undefined;
  readonly note: string;
};

const DoneSchema = v.object({ retired: v.number() });
const UnderWaySchema = v.object({
  applications: v.array(v.string()),
  // How many there are where not all are listed.
  applicationsCount: v.optional(v.number()),
});
const AnswerSchema = v.union([DoneSchema, UnderWaySchema]);

const options = {
  "/server": "--server",
  "/thisDN": "--dn",
  "/application": "--application",
  "/author": "--author",
  "/note": "--note",
};

const describe = (
  { server, thisDN = "", application }: Retirement,
  answer: v.InferOutput<typeof AnswerSchema>,
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

/** Asks for a retirement and says what was done; doing it again is harmless. Throws as `callApi` does. */
export const sendRetirement = async (
  access: ApiAccess,
  retirement: Retirement,
): Promise<string> => {
  const call = { method: "POST", path: "/v1/retirements", body: retirement, options } as const;
  return printable(describe(retirement, await callApi(access, call, AnswerSchema)));
};
