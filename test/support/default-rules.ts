import * as v from "valibot";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";

/** The rules as they are where nobody sets any. */
export const defaultRules = v.parse(AlertRulesSchema, {});
