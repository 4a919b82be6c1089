import * as v from "valibot";
import { AlertRulesSchema } from "../../lambda/domain/rules.ts";

/** The rules by default. */
export const defaultRules = v.parse(AlertRulesSchema, {});
