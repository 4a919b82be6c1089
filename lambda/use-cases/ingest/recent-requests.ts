import type { SignedRequest } from "../../domain/access/signature.ts";
import {
  addEvidence,
  mergeRequests,
  noRequests,
  type RequestMark,
  type RequestMemory,
  shortRequestId,
} from "../../domain/connection/request-memory.ts";
import type { IngestPorts } from "./ingest-ports.ts";

/**
 * The verified requests of each bridge that this execution environment has not written yet: they are written with the
 * next connection of the bridge that is written anyway.
 */
export type RecentRequests = {
  markOf: (request: SignedRequest) => RequestMark;
  note: (application: string, request: SignedRequest) => void;
  of: (application: string) => RequestMemory | undefined;
  /** Adds a request that shows a wrong clock to those since the last one that was verified; gives their short ids. */
  suspect: (application: string, mark: RequestMark) => string;
  /** Drops what was written, unless more has come meanwhile. */
  written: (application: string, requests: RequestMemory | undefined) => void;
};

/** Makes an empty memory. */
export const createRecentRequests = ({ hash }: Pick<IngestPorts, "hash">): RecentRequests => {
  const recent = new Map<string, RequestMemory>();
  const evidence = new Map<string, string>();
  const markOf = ({ id, timestamp }: SignedRequest): RequestMark => ({
    id: shortRequestId(hash, id),
    timestamp,
  });
  return {
    markOf,
    note: (application, request) => {
      const { id, timestamp } = markOf(request);
      const before = recent.get(application) ?? noRequests;
      recent.set(application, mergeRequests(before, { ids: id, newestAt: timestamp }));
      evidence.delete(application);
    },
    suspect: (application, { id }) => {
      const ids = addEvidence(evidence.get(application) ?? "", id);
      evidence.set(application, ids);
      return ids;
    },
    of: (application) => recent.get(application),
    written: (application, requests) => {
      if (recent.get(application) === requests) recent.delete(application);
    },
  };
};
