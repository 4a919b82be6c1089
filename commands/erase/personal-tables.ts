import type { ScanCommandInput } from "@aws-sdk/client-dynamodb";
import {
  alertsTableKeys,
  historyTableKeys,
  lossesTableKeys,
  statusTableKeys,
} from "../../lambda/adapters/table-keys.ts";
import type { Stack } from "../stacks/stack.ts";
import type { KeyNames } from "../tables/table-key.ts";
import type { Person } from "./person.ts";

type Tables = {
  readonly tables: Pick<Stack["tables"], "status" | "history" | "losses" | "alerts">;
};
type Filter = Pick<
  ScanCommandInput,
  "FilterExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

/** A table that may hold a person's data. */
export type PersonalTable = {
  readonly name: string;
  readonly tableName: string;
  readonly keys: KeyNames;
  /** What a write must set besides, so that no message is sent about it; undefined removes an attribute. */
  readonly quiet: Readonly<Record<string, unknown>>;
  /** What alone has to leave the table; the rest cannot hold the person. */
  readonly filter: Filter;
};

const historyFilter = ({ id, attribute }: Person): Filter => ({
  FilterExpression: "#attribute = :id OR contains(#extensions, :text) OR contains(#other, :text)",
  ExpressionAttributeNames: {
    "#attribute": attribute,
    "#extensions": "extensions",
    "#other": "other",
  },
  // As it stands in JSON.
  ExpressionAttributeValues: { ":id": { S: id }, ":text": { S: JSON.stringify(id) } },
});

const filter = (FilterExpression: string, id: string): Filter => ({
  FilterExpression,
  ExpressionAttributeValues: { ":id": { S: id } },
});

const registrationTables = ({ tables }: Tables, person: Person): PersonalTable[] => [
  {
    name: "status",
    tableName: tables.status,
    keys: statusTableKeys,
    quiet: { [statusTableKeys.changed]: false },
    filter: {},
  },
  {
    name: "history",
    tableName: tables.history,
    keys: historyTableKeys,
    quiet: {},
    filter: historyFilter(person),
  },
];

// They hold customers, and no agents.
const alertingTables = ({ tables }: Tables, { id }: Person): PersonalTable[] => [
  {
    name: "losses",
    tableName: tables.losses,
    keys: lossesTableKeys,
    quiet: {},
    filter: filter("customerID = :id", id),
  },
  {
    name: "alerts",
    tableName: tables.alerts,
    keys: alertsTableKeys,
    quiet: { [alertsTableKeys.notice]: undefined },
    filter: filter("contains(customers, :id)", id),
  },
];

/** The tables that may hold a person's data, in the order in which data goes from one to the next. */
export const personalTables = (stack: Tables, person: Person): PersonalTable[] => [
  ...registrationTables(stack, person),
  ...(person.kind === "customer" ? alertingTables(stack, person) : []),
];
