import type { Problem } from "../problem.ts";
import type { EventRegistered } from "./event-schema.ts";
import { agentAddressTypes } from "./t-library.ts";

/**
 * Footnote a of the reference: an agent can only be logged in at a DN or a Position. On another address type, the AgentID
 * is dropped with a warning and the event is applied, because losing a true state would be worse.
 */
export const readAgentID = (
  event: EventRegistered,
  pointer: string,
): { agentID: string | undefined; warnings: Problem[] } => {
  const type = event["InfoStatus.AddressType"];
  const allowed = type === undefined || agentAddressTypes.has(type);
  if (event.AgentID === undefined || allowed) return { agentID: event.AgentID, warnings: [] };
  const detail = "AgentID was dropped: only an AddressTypeDN or AddressTypePosition has an agent";
  return { agentID: undefined, warnings: [{ pointer, code: "agent-id-not-allowed", detail }] };
};
