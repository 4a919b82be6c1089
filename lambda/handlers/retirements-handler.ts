import { boundApplications } from "../domain/alerting/bound-loss.ts";
import type { RetireApplications } from "../use-cases/operate/retire-applications.ts";
import type { RetireDn } from "../use-cases/operate/retire-dn.ts";
import { notFound } from "./not-found.ts";
import { maxBodyBytes, RetirementSchema } from "./operate-bodies.ts";
import { readBody } from "./read-body.ts";
import { actorOf, type ReaderRequest } from "./reader.ts";
import { json, type Response } from "./response.ts";

/** What `POST /v1/retirements` needs. */
export type RetirementsDependencies = {
  retireDn: RetireDn;
  retireApplications: RetireApplications;
};

/** Builds `POST /v1/retirements`: one DN at once, a whole server or application step by step. */
export const createRetirementsHandler =
  ({ retireDn, retireApplications }: RetirementsDependencies) =>
  async (request: ReaderRequest): Promise<Response> => {
    const { requestId } = request.requestContext;
    const read = readBody(request, RetirementSchema, maxBodyBytes);
    if (read.kind === "refused") return read.response;
    const { thisDN, author, note, ...place } = read.body;
    const retirement = { ...place, remark: { ...actorOf(request, author), note } };
    if (thisDN === undefined) {
      const applications = await retireApplications(retirement);
      return applications === undefined
        ? notFound(requestId, "Nothing is known of this server, or of this application on it.")
        : json(202, { status: "under way", ...boundApplications({ applications }) });
    }
    const retired = await retireDn({ ...retirement, thisDN });
    return retired === undefined
      ? notFound(requestId, "Nothing is known of this DN on this server, or by this application.")
      : json(200, { retired });
  };
