/**
 * When the console is asked to end. Next waits for answers that are under way, and a live tail would keep it waiting until
 * it is killed.
 */

// Next evaluates a module once per bundle: one listener for the whole process.
declare global {
  var keyhouseStopping: AbortSignal | undefined
}

function listen(): AbortSignal {
  const asked = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => asked.abort())
  return asked.signal
}

/** Aborted once the process was asked to end. */
export const stopping = (): AbortSignal => (globalThis.keyhouseStopping ??= listen())
