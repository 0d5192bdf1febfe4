/** Overwrites every byte array of an answer that will not be given. */
export function wipe(output: unknown): void {
  if (typeof output !== 'object' || output === null) return
  for (const value of Object.values(output)) if (value instanceof Uint8Array) value.fill(0)
}
