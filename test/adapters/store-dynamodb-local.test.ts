import { findDynamoDbLocal } from "../../local/emulators/dynamodb-local.ts";
import { startStoreEngine } from "../support/store-engine.ts";
import { describeStore, skipStore } from "./contract/store-contract.ts";

const engine = findDynamoDbLocal();
if (engine.kind === "missing") skipStore("DynamoDB Local", engine.reason);
else describeStore("DynamoDB Local", () => startStoreEngine(engine));
