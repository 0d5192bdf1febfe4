/** Under which name the log is signed now, and with which key: derived from that name and the installation's domain key. */
import type { LogName } from '#lib/audit/tree/notary.ts'
import { type LogSigner, logSigner } from '#lib/crypto/log-signer.ts'
import type { Sql } from '#lib/store/database.ts'
import { addLogKey, readInstallationId, readLogKeys } from '#lib/store/log-keys.ts'
import type { DomainKeys } from './domain-keys.ts'

/** The signer of a name: the same for ever. */
export const signerOf = (domainKeys: DomainKeys, origin: string): LogSigner =>
  logSigner(domainKeys.derive('checkpoint/v1', origin))

/** The first name of an installation's log. */
const firstName = (installation: string) => `keyhouse/${installation}`

/**
 * The name in use; the first start gives the log its name. @throws Error where the public key in the database is not
 * the one that our root key gives: somebody else's checkpoints would be taken for ours.
 */
export async function nameOfLog(sql: Sql, domainKeys: DomainKeys): Promise<LogName> {
  const inUse = async () => (await readLogKeys(sql)).find(({ retiredAt }) => retiredAt === null)
  let row = await inUse()
  if (!row) {
    const origin = firstName((await readInstallationId(sql)) ?? 'unnamed')
    await addLogKey(sql, { origin, publicKey: signerOf(domainKeys, origin).publicKey })
    row = await inUse()
  }
  if (!row) throw new Error('the log has no name')
  const signer = signerOf(domainKeys, row.origin)
  if (!signer.publicKey.equals(row.publicKey))
    throw new Error(`the key of ${row.origin} is not this installation's`)
  return { origin: row.origin, signer }
}
