/** The output of an operation, as JSON 1.1 says it (facts §1.1-1.2): bytes in base64, dates in epoch seconds. */

/** JSON text, or '' for an operation without output. Members that are undefined are omitted. */
export function encodeJson(output: unknown): string {
  // JSON.stringify calls toJSON before any replacer, so Dates and Buffers must be replaced beforehand.
  return output === undefined ? '' : JSON.stringify(wireValue(output))
}

export const toBase64 = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

function wireValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return toBase64(value)
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(wireValue)
  if (value instanceof Map) return wireValue(Object.fromEntries(value))
  const out: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) if (member !== undefined) out[name] = wireValue(member)
  return out
}
