/**
 * Envelope encryption in the browser: data under a data key, by AES-GCM of WebCrypto. What is stored is
 *
 *   byte 0      12             n-16     n
 *   ┌──────────┬──────────────┬────────┐
 *   │ iv       │ ciphertext   │ tag    │     and, beside it, the data key as KMS encrypted it
 *   └──────────┴──────────────┴────────┘
 */

const IV_BYTES = 12

/** Encrypts under a data key of 16 or 32 bytes. The key's copy here is as short-lived as the call. */
export async function sealEnvelope(
  dataKey: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const key = await crypto.subtle.importKey('raw', dataKey, 'AES-GCM', false, ['encrypt'])
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, data))
  const out = new Uint8Array(IV_BYTES + sealed.length)
  out.set(iv)
  out.set(sealed, IV_BYTES)
  return out
}
