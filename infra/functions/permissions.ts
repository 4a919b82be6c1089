import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { NamedTable } from "../data-by-name.ts";

/** Allows exactly these actions on exactly these resources. */
export const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

/** The ARNs of some indexes of a table: a permission on the table's own ARN does not cover them. */
export const indexArns = (
  { tableArn }: NamedTable,
  ...indexes: readonly { readonly indexName: string }[]
): string[] => indexes.map(({ indexName }) => `${tableArn}/index/${indexName}`);
