import type { DataStack } from "../data-stack.ts";
import type { Settings } from "../settings/settings.ts";
import type { FunctionCode } from "./function-code.ts";

/** What every capability that is a function is made of. */
export interface CapabilityProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly code: FunctionCode;
}
