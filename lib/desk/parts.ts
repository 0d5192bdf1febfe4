/** What the desk works with: the engine, and the list of operations by name. */
import type { Engine, Log } from '#lib/engine/engine.ts'
import type { AnyOperation, Service } from '#lib/engine/operation.ts'

export type DeskParts = Pick<Engine, 'services' | 'writer' | 'invoke'> & {
  readonly operation: (service: Service, name: string) => AnyOperation | undefined
  readonly log: Log
}
