import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { interpretAnswer } from "../../bridge/answer.ts";
import { createPost } from "../../bridge/post.ts";
import { sign } from "../../bridge/sign.ts";
import { CommandError } from "../../bridge/terminal/command-error.ts";

const RegistrationSchema = v.object({
  server: v.string(),
  status: v.string(),
  verdict: v.optional(v.string()),
});
/** A DN's registration, as far as the smoke test looks at it. */
export type SeenRegistration = v.InferOutput<typeof RegistrationSchema>;

/** The API as the smoke test uses it; everything throws CommandError where the answer is not the good one. */
export type SmokeApi = {
  readonly health: () => Promise<void>;
  /** Sends events signed; without any it is a heartbeat. Every event must be applied. */
  readonly send: (events: readonly unknown[]) => Promise<void>;
  readonly registrations: (thisDN: string) => Promise<SeenRegistration[]>;
  /** How many events the history holds of the DN. */
  readonly historyCount: (thisDN: string) => Promise<number>;
};

/** Where, and as whom. */
export type SmokeAccess = {
  readonly url: string;
  readonly key: string;
  readonly token: string;
};

const get = async <T>(
  address: string,
  headers: Readonly<Record<string, string>>,
  schema: v.GenericSchema<unknown, T>,
): Promise<T> => {
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (response.status !== 200)
    throw new CommandError(
      `GET ${new URL(address).pathname} answered ${response.status} ${text.slice(0, 200)}`,
    );
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  throw new CommandError(`GET ${new URL(address).pathname} answered something unknown`);
};

const createSend = (url: string, key: string): SmokeApi["send"] => {
  const post = createPost(url);
  return async (events) => {
    const body = JSON.stringify(events);
    const message = { id: `msg_${randomUUID()}`, timestamp: Math.floor(Date.now() / 1000), body };
    const verdict = interpretAnswer(await post(body, sign(key, message)), events.length);
    if (verdict.kind !== "results") throw new CommandError(verdict.why);
    const bad = verdict.results.find(({ outcome }) => outcome !== "applied");
    if (bad !== undefined)
      throw new CommandError(
        `${bad.outcome} ${bad.problems.map(({ detail }) => detail).join("; ")}`,
      );
  };
};

/** The API of a stack over HTTP. */
export const createSmokeApi = ({ url, key, token }: SmokeAccess): SmokeApi => {
  const headers = { authorization: `Bearer ${token}` };
  const list = <T extends v.GenericSchema>(item: T) => v.object({ data: v.array(item) });
  return {
    health: async () => {
      await get(`${url}/v1/health`, {}, v.object({ status: v.literal("ok") }));
    },
    send: createSend(url, key),
    registrations: async (thisDN) => {
      const address = `${url}/v1/registrations?thisDN=${encodeURIComponent(thisDN)}`;
      return (await get(address, headers, list(RegistrationSchema))).data;
    },
    historyCount: async (thisDN) => {
      const address = `${url}/v1/history?thisDN=${encodeURIComponent(thisDN)}`;
      return (await get(address, headers, list(v.unknown()))).data.length;
    },
  };
};
