/**
 * The operations that leave no event, each with its reason. Everything else that is authenticated is recorded (R55).
 */
export const UNRECORDED = {
  'Keyhouse.Capabilities': 'facts of the installation, asked for by every page',
  'Keyhouse.WatchConnection': 'a poll that waits for events: recording it would feed the log with itself',
} as const
