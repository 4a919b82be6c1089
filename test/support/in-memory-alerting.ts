import type { LiveKeys } from "../../lambda/domain/access/live-keys.ts";
import type { EvaluationRequest } from "../../lambda/domain/alerting/evaluation-message.ts";
import type { MaintenanceWindow } from "../../lambda/domain/alerting/maintenance-window.ts";
import type { Connection, ConnectionKey } from "../../lambda/domain/connection/connection.ts";
import { compareText } from "../../lambda/domain/text.ts";
import type {
  ReadAllConnections,
  ReadConnection,
  ReadConnectionsOfServer,
  WriteConnection,
} from "../../lambda/ports/connections.ts";
import type { RequestEvaluation } from "../../lambda/ports/evaluation.ts";
import type { ReadLiveKeys } from "../../lambda/ports/live-keys.ts";
import type { ClaimName, FreeNames, ReadNames } from "../../lambda/ports/name-lists.ts";
import type { DeleteWindow, PutWindow, ReadWindows } from "../../lambda/ports/windows.ts";
import { createInMemoryAlerts, type InMemoryAlerts } from "./in-memory-alerts.ts";
import { createInMemoryLosses, type InMemoryLosses } from "./in-memory-losses.ts";
import { writeInto } from "./in-memory-revisions.ts";

type InMemoryConnections = {
  connections: Map<string, Connection>;
  readConnection: ReadConnection;
  readConnectionsOfServer: ReadConnectionsOfServer;
  readAllConnections: ReadAllConnections;
  writeConnection: WriteConnection;
};

type InMemoryNameLists = {
  names: Map<string, Set<string>>;
  readNames: ReadNames;
  claimName: ClaimName;
  freeNames: FreeNames;
};

type InMemoryWindows = {
  windows: Map<string, MaintenanceWindow>;
  readWindows: ReadWindows;
  putWindow: PutWindow;
  deleteWindow: DeleteWindow;
};

/**
 * `requests`: what was sent to the evaluator, in order, each with the delay that SQS uses (whole seconds, at most 900).
 */
type InMemoryQueue = { requests: EvaluationRequest[]; requestEvaluation: RequestEvaluation };

/** `liveKeys.now`: which keys are live; not known by default. Who asks without `reload` hears what was read last. */
type InMemoryLiveKeys = { liveKeys: { now: LiveKeys | undefined }; readLiveKeys: ReadLiveKeys };

/** The ports of alerting and connections over plain maps, open to inspection. */
export type InMemoryAlerting = InMemoryLosses &
  InMemoryAlerts &
  InMemoryConnections &
  InMemoryNameLists &
  InMemoryWindows &
  InMemoryLiveKeys &
  InMemoryQueue;

/** The key of a connection in the map. */
export const connectionMapKey = ({ server, application }: ConnectionKey): string =>
  JSON.stringify([server, application]);

const createConnections = (): InMemoryConnections => {
  const connections: InMemoryConnections["connections"] = new Map();
  const inOrder = () =>
    [...connections.values()].sort(
      (a, b) => compareText(a.server, b.server) || compareText(a.application, b.application),
    );
  return {
    connections,
    readConnection: async (key) => structuredClone(connections.get(connectionMapKey(key))),
    readConnectionsOfServer: async (server) =>
      structuredClone(inOrder().filter((connection) => connection.server === server)),
    readAllConnections: async () => structuredClone(inOrder()),
    writeConnection: writeInto(connections, connectionMapKey),
  };
};

const createNameLists = (): InMemoryNameLists => {
  const names: InMemoryNameLists["names"] = new Map();
  return {
    names,
    readNames: async (list) => new Set(names.get(list)),
    claimName: async (list, name, limit) => {
      const listed = names.get(list) ?? new Set();
      if (!listed.has(name) && listed.size >= limit) return false;
      names.set(list, listed.add(name));
      return true;
    },
    freeNames: async (list, gone) => {
      const kept = [...(names.get(list) ?? [])].filter((name) => !gone.includes(name));
      names.set(list, new Set(kept));
    },
  };
};

const createWindows = (): InMemoryWindows => {
  const windows: InMemoryWindows["windows"] = new Map();
  return {
    windows,
    readWindows: async (endsAfter) =>
      structuredClone(
        [...windows.values()]
          .filter(({ end }) => end >= endsAfter)
          .sort((a, b) => a.end - b.end || compareText(a.id, b.id)),
      ),
    putWindow: async (window) => {
      windows.set(window.id, structuredClone(window));
    },
    deleteWindow: async (id) => windows.delete(id),
  };
};

const createQueue = (): InMemoryQueue => {
  const requests: EvaluationRequest[] = [];
  return {
    requests,
    requestEvaluation: async (more) => {
      for (const { message, delaySeconds } of more)
        requests.push({
          message: structuredClone(message),
          delaySeconds: Math.min(Math.max(Math.ceil(delaySeconds), 0), 900),
        });
    },
  };
};

const createLiveKeys = (): InMemoryLiveKeys => {
  const liveKeys: InMemoryLiveKeys["liveKeys"] = { now: undefined };
  let known: LiveKeys | undefined;
  return {
    liveKeys,
    readLiveKeys: async ({ reload }) => {
      known = reload ? liveKeys.now : (known ?? liveKeys.now);
      return known;
    },
  };
};

/** Makes empty tables and an empty queue that behave like the real ones. */
export const createInMemoryAlerting = (): InMemoryAlerting => ({
  ...createInMemoryLosses(),
  ...createInMemoryAlerts(),
  ...createConnections(),
  ...createNameLists(),
  ...createWindows(),
  ...createLiveKeys(),
  ...createQueue(),
});
