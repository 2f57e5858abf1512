// Items to DynamoDB attribute values and back.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, ItemValue } from '../ports/item-store.ts';

/** DynamoDB's form of named values; undefined ones are left out. */
export function toAttributes(
  values: Readonly<Record<string, ItemValue | undefined>>,
): Record<string, AttributeValue> {
  return marshall(values, { removeUndefinedValues: true });
}

/** The item of DynamoDB's form. */
export function fromAttributes(attributes: Record<string, AttributeValue>): Item {
  return unmarshall(attributes) as Item;
}
