import { describe, it } from "vitest";
import { preparePackages } from "./python-packages.ts";

/** A describe block for what needs Python and its packages: without them it is skipped, and says why. */
export const describeWithPackages = async (
  name: string,
  tests: (python: string) => void,
): Promise<void> => {
  const packages = await preparePackages();
  if ("python" in packages) {
    describe(name, () => tests(packages.python));
    return;
  }
  const { missing } = packages;
  // Past the reporter, which names no skipped tests.
  process.stderr.write(`${name}: skipped, ${missing}\n`);
  it(name, ({ skip }) => skip(missing));
};
