import { selfTest } from '#lib/crypto/self-test.ts'
import { sealBlob, openBlob } from '#lib/crypto/blob.ts'
import { wrapRecord, unwrapRecord } from '#lib/crypto/wrap.ts'
import { kbkdf } from '#lib/crypto/kbkdf.ts'
import { generateSecretKey } from '#lib/crypto/secret-key.ts'
import { encodeEncryptionContext } from '#lib/domain/encryption-context.ts'
import { encodeFields } from '#lib/crypto/tlv.ts'
import { sealGcm } from '#lib/crypto/aead.ts'
import { fillRandom } from '#lib/crypto/random.ts'
import { hash, createHash } from 'node:crypto'
let t = performance.now(); selfTest(); console.log('selfTest ms', performance.now() - t)
const { key } = generateSecretKey()
const m = { id: 'ab'.repeat(32), key }, id = { partition: 'aws', account: '111122223333', keyId: 'x'.repeat(36) }
const ctx = { tenant: '42', purpose: 'nightly backup' }
function bench(name: string, f: () => void, n = 20000) { for (let i = 0; i < n / 4; i++) f(); let best = 1e9; for (let r = 0; r < 5; r++) { const a = performance.now(); for (let i = 0; i < n/5; i++) f(); best = Math.min(best, (performance.now() - a) / (n/5) * 1000) } console.log(name.padEnd(40), best.toFixed(2), 'us') }
for (const size of [32, 1024, 4096]) { const pt = Buffer.alloc(size, 7); const b = sealBlob(m, pt, id, ctx)
  bench(`sealBlob ${size}`, () => { sealBlob(m, pt, id, ctx) }); bench(`openBlob ${size}`, () => { openBlob(m, b, id, ctx) })
  const bad = Buffer.from(b); bad[bad.length - 1]! ^= 1; const badc = Buffer.from(b); badc[70]! ^= 1
  const th = (x: Buffer) => { try { openBlob(m, x, id, ctx) } catch {} }
  bench(`refuse bad tag ${size}`, () => th(bad)); bench(`refuse bad commitment ${size}`, () => th(badc)) }
const dk = { id: '97e38309-fc26-4f3e-94f8-0ea762d9f4e9', key }, ident = { partition: 'aws', account: '1', region: 'eu', table: 'key_material', id: 'x'.repeat(36), part: 'y'.repeat(64), spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS' }
const p32 = Buffer.alloc(32, 1), rec = wrapRecord(dk, p32, ident)
bench('wrapRecord', () => { wrapRecord(dk, p32, ident) }); bench('unwrapRecord', () => { unwrapRecord(() => key, rec, ident) })
bench('kbkdf 64', () => { kbkdf(key, 'blob/v1', p32, 64) }); bench('context', () => { encodeEncryptionContext(ctx) }); bench('fields', () => { encodeFields(['aws', '111122223333', 'x'.repeat(36)]) })
const iv = Buffer.alloc(12); bench('sealGcm 1k', () => { sealGcm(key, { iv, aad: p32 }, Buffer.alloc(1024)) }); bench('fillRandom 28', () => fillRandom(Buffer.alloc(28)))
bench('hash one shot', () => { hash('sha256', p32, 'buffer') }); bench('createHash', () => { createHash('sha256').update(p32).digest() })
