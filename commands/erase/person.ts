import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** Whose data is erased: the id, and under which names our tables hold it. */
export type Person = {
  readonly kind: "agent" | "customer";
  readonly id: string;
  /** The attribute of the history and of losses. */
  readonly attribute: string;
  /** All names of members that hold it: in full, and as a status is packed. */
  readonly names: readonly string[];
  /** Names of lists that it stands in. */
  readonly lists: readonly string[];
};

const agent = {
  kind: "agent",
  attribute: "agentID",
  names: ["agentID", "agent"],
  lists: [],
} as const;
const customer = {
  kind: "customer",
  attribute: "customerID",
  names: ["customerID", "cust"],
  lists: ["customers"],
} as const;

/** The person that the options name. Throws UsageError unless they name exactly one. */
export const readPerson = (agentID: string | undefined, customerID: string | undefined): Person => {
  if ((agentID === undefined) === (customerID === undefined))
    throw new UsageError("give the person: --agent ID or --customer ID");
  const id = agentID ?? customerID ?? "";
  if (id === "") throw new UsageError(`--${agentID === undefined ? "customer" : "agent"} is empty`);
  return { ...(agentID === undefined ? customer : agent), id };
};
