/** The key's id in what operations are told: an id, or an ARN that ends in one. */
export const keyIdIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)
