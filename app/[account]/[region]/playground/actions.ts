'use server'

import { z } from 'zod'
import type { Played } from '#components/playground/played.ts'
import type { RunForm } from '#components/playground/playing.tsx'
import { action } from '#lib/console/action.ts'
import type { InputOf } from '#lib/console/operations.ts'

// What the input holds the engine checks, by the operation's own schema; here only its outline is made sure of.
const played = <N extends Played>(name: N) =>
  action<N, RunForm<N>>(name, {
    form: z.object({
      region: z.string(),
      input: z.custom<InputOf<N>>(
        (sent) => typeof sent === 'object' && sent !== null && !Array.isArray(sent),
      ),
    }),
    input: (form) => form.input,
    region: (form) => form.region,
  })

export const encrypt = played('Encrypt')
export const decrypt = played('Decrypt')
export const reEncrypt = played('ReEncrypt')
export const generateDataKey = played('GenerateDataKey')
export const generateDataKeyWithoutPlaintext = played('GenerateDataKeyWithoutPlaintext')
export const generateDataKeyPair = played('GenerateDataKeyPair')
export const generateDataKeyPairWithoutPlaintext = played('GenerateDataKeyPairWithoutPlaintext')
export const sign = played('Sign')
export const verify = played('Verify')
export const generateMac = played('GenerateMac')
export const verifyMac = played('VerifyMac')
export const deriveSharedSecret = played('DeriveSharedSecret')
export const encapsulate = played('Encapsulate')
export const decapsulate = played('Decapsulate')
export const generateRandom = played('GenerateRandom')
