'use client'

import { useState } from 'react'
import { useBench } from './bench.ts'
import { BytesView } from './bytes-view.tsx'
import { byteCount, NumberField } from './number-field.tsx'
import { Workbench } from './workbench.tsx'

/** Random bytes from KMS. They need no key. */
export function Random() {
  const [typed, setTyped] = useState('32')
  const bench = useBench('GenerateRandom', () => setTyped('32'))
  const { value, fault } = byteCount(typed)
  return (
    <Workbench
      bench={bench}
      action="Generate random"
      acting="Generating…"
      ready={fault ? { reason: fault } : { input: { NumberOfBytes: value } }}
      asCode={{ NumberOfBytes: fault ? 32 : value }}
      fields={
        <NumberField
          label="Number of bytes"
          help="From 1 to 1,024."
          value={typed}
          onChange={setTyped}
          error={fault}
        />
      }
      result={(output) => (
        <BytesView label="Random bytes" base64={output.Plaintext} encodings={['hex', 'base64']} />
      )}
    />
  )
}
