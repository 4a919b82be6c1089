import type { AttributeValue } from "@aws-sdk/client-dynamodb";

const textBytes = (text: string): number => Buffer.byteLength(text);

// Two digits a byte, one byte beside, one for a sign. (DynamoDB does not count zeros at the ends; we do.)
const numberBytes = (text: string): number =>
  Math.ceil(text.replace(/\D/g, "").length / 2) + 1 + Number(text.startsWith("-"));

const valueBytes = (value: AttributeValue): number => {
  if (value.S !== undefined) return textBytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.BOOL !== undefined) return 1;
  if (value.M !== undefined) {
    const members = Object.entries(value.M);
    return 3 + members.length + itemBytes(value.M);
  }
  if (value.L !== undefined) {
    return value.L.reduce((sum, one) => sum + 1 + valueBytes(one), 3);
  }
  throw new Error("our items never have such a value");
};

/** How many bytes DynamoDB counts for an item: names and values in UTF-8, three bytes a map or list and one a member. */
export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);
