/** What operations run on: handed to every call, so that nothing reaches for a global. */

import type { EventExports } from '#lib/audit/export/export-rows.ts'
import type { BuiltEvent } from '#lib/audit/record/event.ts'
import type { AuditSearch } from '#lib/audit/search/search.ts'
import type { Tail } from '#lib/audit/search/tail.ts'
import type { Sequencer } from '#lib/audit/sequence/sequencer.ts'
import type { Notary } from '#lib/audit/tree/notary.ts'
import type { LogWatch } from '#lib/audit/watch/watch.ts'
import type { RefusedConnections } from '#lib/audit/write/refused.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import type { Database, Sql, Transaction } from '#lib/store/database.ts'
import type { Clock } from './clock.ts'
import type { DomainKeys } from './domain-keys.ts'
import type { Identities } from './identities.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import type { Keys } from './keys.ts'

/** Facts of this installation that its console and its tools need. */
export type InstallationFacts = {
  readonly version: string
  /** The endpoint programs are pointed at: http://127.0.0.1:4566. */
  readonly endpoint: string
  readonly consoleUrl: string
  /** Whether the database keeps engine, sequencer and reader apart by role (architecture §5). */
  readonly rolesSeparated: boolean
}

export type DueWorkBell = {
  /** Asks for a sweep soon, without waiting. */
  readonly ring: () => void
  /** Runs a sweep now and waits for it. */
  readonly sweep: () => Promise<void>
  /** Called by whoever does the work. */
  readonly answer: (sweep: () => Promise<void>) => void
}

export type Services = {
  readonly database: Database
  /** Reads for lists and search, by the reader role: never for decisions or cryptography (R74). */
  readonly reader: Sql
  readonly clock: Clock
  readonly domainKeys: DomainKeys
  readonly identities: Identities
  readonly keys: Keys
  readonly rowMacKey: KeyObject
  readonly markerKey: KeyObject
  readonly grantTokenKey: KeyObject
  readonly importTokenKey: KeyObject
  /** Published keys of issuers of web identity tokens. */
  readonly issuerKeys: IssuerKeys
  /** PEM of the root that Nitro attestation documents must lead to; none means that Recipient is refused. */
  readonly nitroRoot: string | undefined
  /** Writes rows and their events in one transaction, for what Keyhouse makes by itself; false if it was there already. */
  readonly internally: (
    events: readonly BuiltEvent[],
    rows: (transaction: Transaction) => Promise<void>,
  ) => Promise<boolean>
  /** Due work, set going early: after a change that it must finish, or a step of the clock. */
  readonly dueWork: DueWorkBell
  readonly search: AuditSearch
  /** Events for files. */
  readonly exports: EventExports
  /** The log as it grows. */
  readonly tail: Tail
  readonly sequencer: Sequencer
  /** Signs the log's head. */
  readonly notary: Notary
  /** Whether the log can be trusted, and whether anything may be changed. */
  readonly logWatch: LogWatch
  readonly refused: RefusedConnections
  readonly installation: InstallationFacts
  /** Asks whoever watches over this engine to empty the database and begin anew; undefined where that cannot be done. */
  readonly startOver: (() => void) | undefined
}
