import * as v from "valibot";
import { CommandError } from "../../bridge/terminal/command-error.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { type ApiAccess, type ApiCall, ApiRefusal, callApi } from "../api/call-api.ts";
import { readableTime } from "../shell/readable-time.ts";
import { findOpenAlert } from "./find-alert.ts";
import {
  acknowledgerOf,
  type ListedAcknowledgement,
  type ListedAlert,
  ListedAlertSchema,
} from "./listed-alert.ts";

/** What a person says with an acknowledgement. `author`: a name beside that of the token. */
export type AcknowledgementGiven = {
  readonly note: string | undefined;
  readonly author: string | undefined;
};

const options = { "/author": "--author", "/note": "--note" };
const AnswerSchema = v.object({ data: ListedAlertSchema });

const change = async (
  access: ApiAccess,
  { alertId }: ListedAlert,
  call: Omit<ApiCall, "path">,
): Promise<ListedAlert> => {
  const path = `/v1/alerts/${encodeURIComponent(alertId)}/acknowledgement`;
  try {
    return (await callApi(access, { ...call, path }, AnswerSchema)).data;
  } catch (error) {
    // It was resolved, or taken back by another person, since it was looked up.
    if (error instanceof ApiRefusal && error.status === 409)
      throw new CommandError(`${alertId} has changed just now: ${error.message}`, { cause: error });
    throw error;
  }
};

const withNote = (acknowledgement: ListedAcknowledgement): string => {
  const { note } = acknowledgement;
  return `${acknowledgerOf(acknowledgement)}${note === undefined ? "" : ` (${note})`}`;
};

// A colleague may be at work on it already.
const takenFrom = (before: ListedAlert, now: ListedAcknowledgement): string[] => {
  const { acknowledgement, acknowledgedAt = "" } = before;
  if (acknowledgement === undefined) return [];
  if (acknowledgerOf(acknowledgement) === acknowledgerOf(now)) return [];
  const since = readableTime(acknowledgedAt);
  return [
    `  taken over from ${withNote(acknowledgement)}, who has had it since ${since}: let them know`,
  ];
};

/** Acknowledges an open alert, and says from whom it was taken over. Throws CommandError where that is not possible. */
export const acknowledgeAlert = async (
  access: ApiAccess,
  given: string,
  body: AcknowledgementGiven,
): Promise<string[]> => {
  const before = await findOpenAlert(access, given);
  const now = await change(access, before, { method: "POST", body, options });
  const { alertId, title, acknowledgement } = now;
  // Another person may have taken it back at once.
  if (acknowledgement === undefined) throw new CommandError(`${alertId} is not acknowledged`);
  return [
    `${alertId} is acknowledged by ${withNote(acknowledgement)}`,
    `  ${title}`,
    ...takenFrom(before, acknowledgement),
  ].map(printable);
};

/** Takes the acknowledgement of an alert back. Throws CommandError where there is none. */
export const takeBackAcknowledgement = async (
  access: ApiAccess,
  given: string,
): Promise<string[]> => {
  const before = await findOpenAlert(access, given);
  const { acknowledgement } = before;
  if (acknowledgement === undefined)
    throw new CommandError(
      `${before.alertId} is open and not acknowledged: there is nothing to take back`,
    );
  const now = await change(access, before, { method: "DELETE" });
  return [
    `${now.alertId} is open again: the acknowledgement by ${withNote(acknowledgement)} is taken back`,
    `  ${now.title}`,
  ].map(printable);
};
