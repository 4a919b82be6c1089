import type { AssemblyStack, CloudAssembly } from "./cloud-assembly.ts";
import { createResolver, noValue } from "./intrinsics.ts";
import { type PhysicalId, type Place, physicalId } from "./physical-ids.ts";

/** A resource of the templates with its identifiers. `properties` resolves the intrinsics each time. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly properties: () => unknown;
  readonly setAttribute: (name: string, value: string) => void;
}
/** All stacks of an assembly as one system, references between them included. */
export interface Deployment {
  readonly resources: readonly DeployedResource[];
  readonly ofType: (...types: readonly string[]) => readonly DeployedResource[];
  /** The value of an output of any stack. */
  readonly output: (id: string) => unknown;
  readonly assets: ReadonlyMap<string, string>;
}

interface LiveStack {
  readonly stack: AssemblyStack;
  readonly resolve: (value: unknown) => unknown;
  readonly identify: (logicalId: string) => PhysicalId | undefined;
  readonly extraAttributes: Map<string, string>;
}

/** Gives every resource its local identifiers. Nothing is created here. */
export function createDeployment(assembly: CloudAssembly, place: Place): Deployment {
  const live: LiveStack[] = [];
  const importValue = (name: string) => findExport(live, name);
  for (const stack of assembly.stacks) live.push(enliven(stack, place, importValue));
  const resources = live.flatMap(deployedResources);
  return {
    resources,
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    output: (id) => {
      const owner = live.find(({ stack }) => id in stack.template.Outputs);
      return owner?.resolve(owner.stack.template.Outputs[id]?.Value);
    },
    assets: assembly.assets,
  };
}

function deployedResources({ stack, resolve, identify, extraAttributes }: LiveStack) {
  const unconditional = Object.entries(stack.template.Resources).filter(
    ([, resource]) => resource.Condition === undefined,
  );
  return unconditional.map(
    ([logicalId, resource]): DeployedResource => ({
      logicalId,
      type: resource.Type,
      ref: identify(logicalId)?.ref ?? logicalId,
      properties: () => resolve(resource.Properties),
      setAttribute: (name, value) => extraAttributes.set(`${logicalId}.${name}`, value),
    }),
  );
}

function enliven(
  stack: AssemblyStack,
  place: Place,
  importValue: (name: string) => unknown,
): LiveStack {
  const extraAttributes = new Map<string, string>();
  const pseudo = pseudoParameters(stack, place);
  const identify = (logicalId: string): PhysicalId | undefined => {
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined) return undefined;
    const generatedName = `${stack.name}-${logicalId}`;
    return physicalId(resource.Type, namesOf(resource.Properties, resolve), generatedName, place);
  };
  const resolve = createResolver({
    ref: (name) =>
      pseudo.get(name) ?? stack.template.Parameters[name]?.Default ?? identify(name)?.ref,
    attribute: (logicalId, attribute) =>
      extraAttributes.get(`${logicalId}.${attribute}`) ??
      identify(logicalId)?.attributes[attribute] ??
      placeholder(stack, logicalId, attribute),
    importValue,
    mapping: (map, top, second) => lookUp(stack.template.Mappings, [map, top, second]),
  });
  return { stack, resolve, identify, extraAttributes };
}

/** Only the names: other properties may refer back to the resource that asks. */
function namesOf(properties: Record<string, unknown>, resolve: (value: unknown) => unknown) {
  const names = Object.entries(properties).filter(([key]) => /^(\w+)?Name$/.test(key));
  return resolve(Object.fromEntries(names));
}

/** Keys, roles and the like are not run, but what names them must still resolve. */
function placeholder(stack: AssemblyStack, logicalId: string, attribute: string) {
  const type = stack.template.Resources[logicalId]?.Type;
  if (type === undefined || attribute === "StreamArn") return undefined;
  return `local:${type}:${logicalId}:${attribute}`;
}

function findExport(live: readonly LiveStack[], name: string): unknown {
  for (const { stack, resolve } of live) {
    for (const output of Object.values(stack.template.Outputs)) {
      if (output.Export !== undefined && resolve(output.Export.Name) === name) {
        return resolve(output.Value);
      }
    }
  }
  return undefined;
}

function pseudoParameters(stack: AssemblyStack, place: Place): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ["AWS::Region", place.region],
    ["AWS::AccountId", place.account],
    ["AWS::Partition", "aws"],
    ["AWS::URLSuffix", "amazonaws.com"],
    ["AWS::StackName", stack.name],
    ["AWS::StackId", `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack.name}`],
    ["AWS::NoValue", noValue],
  ]);
}

function lookUp(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}
