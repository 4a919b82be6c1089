import { UsageError } from "../../bridge/terminal/usage-error.ts";

/** The action and its argument, where each action says how many arguments it takes. Throws UsageError otherwise. */
export const requireAction = <Action extends string>(
  positionals: readonly string[],
  counts: Readonly<Record<Action, 0 | 1>>,
): { readonly action: Action; readonly argument: string } => {
  const [word, argument = "", ...rest] = positionals;
  const actions = Object.keys(counts).filter((name): name is Action => name in counts);
  const action = actions.find((name) => name === word);
  const unknown = word === undefined ? "" : `Unknown action "${word}": `;
  if (action === undefined) throw new UsageError(`${unknown}give one of ${actions.join(", ")}`);
  if (counts[action] === 1 && argument === "") throw new UsageError(`${action} needs an id`);
  const extra = counts[action] === 0 ? argument : rest[0];
  if (extra) throw new UsageError(`Unknown argument "${extra}"`);
  return { action, argument };
};
