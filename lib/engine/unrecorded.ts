/**
 * The operations that leave no event, each with its reason. Everything else that is authenticated is recorded (R55),
 * but for calls over a request quota: of those, one a minute is an event and the others are counted with the refused
 * connections (lib/engine/throttle.ts).
 */
export const UNRECORDED = {
  'Keyhouse.Capabilities': 'facts of the installation, asked for by every page',
  'Keyhouse.WatchConnection': 'a poll that waits for events: recording it would feed the log with itself',
} as const
