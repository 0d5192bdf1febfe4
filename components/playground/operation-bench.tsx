'use client'

import type { ComponentType } from 'react'
import type { PlaygroundOperation } from '#lib/console/paths.ts'
import { DataKey } from './data-key.tsx'
import { DataKeyPair } from './data-key-pair.tsx'
import { Decrypt } from './decrypt.tsx'
import { Decapsulate, Encapsulate } from './encapsulation.tsx'
import { Encrypt } from './encrypt.tsx'
import { Mac, VerifyMac } from './mac.tsx'
import { Random } from './random.tsx'
import { ReEncrypt } from './re-encrypt.tsx'
import { SharedSecret } from './shared-secret.tsx'
import { Sign } from './sign.tsx'
import { Verify } from './verify.tsx'

const COMPONENTS: Readonly<Record<PlaygroundOperation, ComponentType<{ named: string }>>> = {
  encrypt: Encrypt,
  decrypt: Decrypt,
  're-encrypt': ReEncrypt,
  'data-key': DataKey,
  'data-key-pair': DataKeyPair,
  sign: Sign,
  verify: Verify,
  mac: Mac,
  'verify-mac': VerifyMac,
  'shared-secret': SharedSecret,
  encapsulate: Encapsulate,
  decapsulate: Decapsulate,
  random: Random,
}

/** The operation that the address names, with the key that it names. */
export function OperationBench({ operation, named }: { operation: PlaygroundOperation; named: string }) {
  const Bench = COMPONENTS[operation]
  return <Bench key={operation} named={named} />
}
