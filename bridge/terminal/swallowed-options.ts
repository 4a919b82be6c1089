import { UsageError } from "./usage-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** npm takes options that stand before `--` for itself, and hands them on as variables, of its own options too. */
const variableOf = (option: string): string => `npm_config_${option.replaceAll("-", "_")}`;

// npm sets this one for every script; where a person gave it, npm looks for the script elsewhere and finds none.
const alwaysSet = "prefix";

const scriptCall = (script: string): string =>
  script === "start" ? "npm start" : `npm run ${script}`;

/**
 * Throws UsageError where a person gave one of these options without the `--` before it: the command would run without it
 * (`npm run bridge --dry-run FILE` would send).
 */
export const refuseSwallowedOptions = (
  options: readonly string[],
  args: readonly string[],
  environment: Environment,
): void => {
  const script = environment["npm_lifecycle_event"];
  const swallowed = options.filter(
    (option) => option !== alwaysSet && Boolean(environment[variableOf(option)]),
  );
  const [first] = swallowed;
  if (script === undefined || first === undefined) return;
  const value = environment[variableOf(first)];
  // Which of the arguments belongs to which option, npm does not say.
  const isUnclear = swallowed.length > 1 || (value === "true" && args.length > 1);
  const rest = isUnclear ? ["…"] : [...(value === "true" ? [] : [value]), ...args];
  const names = swallowed.map((option) => `--${option}`).join(", ");
  const call = [scriptCall(script), "--", `--${first}`, ...rest].join(" ");
  throw new UsageError(
    `npm took ${names} for itself: -- is missing before the options. Write\n  ${call}`,
  );
};
