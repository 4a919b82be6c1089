import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest on a quiet machine, the longest first. What comes last, the others would wait for. */
const longest = [
  "samples/scenarios",
  "deployed/deployed",
  "bridge/kill",
  "local/open-alert",
  "bridge/local-stack-kill",
  "local/processes",
  "proof/chaos",
  "bridge/package",
  "local/journey",
  "local/maintenance",
  "deployed/lint",
  "adapters/store-dynamodb-local",
  "use-cases/evaluate/model",
];

const rank = ({ project, moduleId }: TestSpecification): number => {
  const name = relative(project.config.root, moduleId).replace(/^test\/(.+)\.test\.ts$/, "$1");
  const index = longest.indexOf(name);
  return index === -1 ? longest.length : index;
};

/** The order in which vitest starts the files: those known to be long, then the others as it would itself. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
