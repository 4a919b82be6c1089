import type { AssemblyStack, CloudAssembly } from "./cloud-assembly.ts";
import { createResolver, type References } from "./intrinsics.ts";
import { type PhysicalId, physicalId, type StackLocation } from "./physical-ids.ts";
import { pseudoParameters } from "./pseudo-parameters.ts";

/** A resource of the templates with its local identifiers. `properties` resolves the intrinsics at each call. */
export type ResolvedResource = {
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly properties: () => unknown;
  readonly setAttribute: (name: string, value: string) => void;
};
/** The templates of all stacks of an assembly, with the references between them resolved. */
export type ResolvedTemplates = {
  readonly resources: readonly ResolvedResource[];
  readonly ofType: (...types: readonly string[]) => readonly ResolvedResource[];
  /** The value of an output of any stack. */
  readonly output: (id: string) => unknown;
  readonly assets: ReadonlyMap<string, string>;
};

type ResolvedStack = {
  readonly stack: AssemblyStack;
  readonly resolve: (value: unknown) => unknown;
  readonly identify: (logicalId: string) => PhysicalId | undefined;
  readonly extraAttributes: Map<string, string>;
};

const resolvedResources = ({ stack, resolve, identify, extraAttributes }: ResolvedStack) => {
  const unconditional = Object.entries(stack.template.Resources).filter(
    ([, resource]) => resource.Condition === undefined,
  );
  return unconditional.map(
    ([logicalId, resource]): ResolvedResource => ({
      logicalId,
      type: resource.Type,
      ref: identify(logicalId)?.ref ?? logicalId,
      properties: () => resolve(resource.Properties),
      setAttribute: (name, value) => extraAttributes.set(`${logicalId}.${name}`, value),
    }),
  );
};

/** Resolves the names only, because other properties may refer back to the resource itself. */
const namesOf = (properties: Record<string, unknown>, resolve: (value: unknown) => unknown) => {
  const names = Object.entries(properties).filter(([key]) => /^(\w+)?Name$/.test(key));
  return resolve(Object.fromEntries(names));
};

/** Keys, roles and the like are not run, but references to them must still resolve. */
const placeholder = (stack: AssemblyStack, logicalId: string, attribute: string) => {
  const type = stack.template.Resources[logicalId]?.Type;
  if (type === undefined || attribute === "StreamArn") return undefined;
  return `local:${type}:${logicalId}:${attribute}`;
};

const lookUp = (value: unknown, path: readonly string[]): unknown => {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
};

const resolveStack = (
  stack: AssemblyStack,
  location: StackLocation,
  others: Pick<References, "importValue" | "stackOutput">,
): ResolvedStack => {
  const extraAttributes = new Map<string, string>();
  const pseudo = pseudoParameters(stack, location);
  const identify = (logicalId: string): PhysicalId | undefined => {
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined) return undefined;
    const generatedName = `${stack.name}-${logicalId}`;
    return physicalId(
      resource.Type,
      namesOf(resource.Properties, resolve),
      generatedName,
      location,
    );
  };
  const resolve = createResolver({
    ref: (name) =>
      pseudo.get(name) ?? stack.template.Parameters[name]?.Default ?? identify(name)?.ref,
    attribute: (logicalId, attribute) =>
      extraAttributes.get(`${logicalId}.${attribute}`) ??
      identify(logicalId)?.attributes[attribute] ??
      placeholder(stack, logicalId, attribute),
    ...others,
    mapping: (map, top, second) => lookUp(stack.template.Mappings, [map, top, second]),
  });
  return { stack, resolve, identify, extraAttributes };
};

const findExport = (live: readonly ResolvedStack[], name: string): unknown => {
  for (const { stack, resolve } of live) {
    for (const output of Object.values(stack.template.Outputs)) {
      if (output.Export !== undefined && resolve(output.Export.Name) === name) {
        return resolve(output.Value);
      }
    }
  }
  return undefined;
};

const outputOf = (owner: ResolvedStack | undefined, id: string): unknown =>
  owner?.resolve(owner.stack.template.Outputs[id]?.Value);

/** Resolves the templates with local identifiers. Creates nothing. */
export const resolveTemplates = (
  assembly: CloudAssembly,
  location: StackLocation,
): ResolvedTemplates => {
  const live: ResolvedStack[] = [];
  const others = {
    importValue: (name: string) => findExport(live, name),
    stackOutput: (stackName: string, outputName: string) =>
      outputOf(
        live.find(({ stack }) => stack.name === stackName),
        outputName,
      ),
  };
  for (const stack of assembly.stacks) live.push(resolveStack(stack, location, others));
  const resources = live.flatMap(resolvedResources);
  return {
    resources,
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    output: (id) =>
      outputOf(
        live.find(({ stack }) => id in stack.template.Outputs),
        id,
      ),
    assets: assembly.assets,
  };
};
