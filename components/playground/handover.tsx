'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { type PlaygroundOperation, paths } from '#lib/console/paths.ts'
import type { MessageType } from '#lib/domain/key-spec.ts'
import type { Pair } from './context-pairs.ts'
import type { Data } from './data.ts'
import { BENCHES } from './played.ts'
import { usePlaying } from './playing.tsx'

/** What one operation gives the next: in this tab's memory only, and once. Bytes in base64. */
export type Handover = {
  readonly key?: string
  readonly algorithm?: string
  readonly ciphertext?: string
  readonly pairs?: readonly Pair[]
  readonly data?: Data
  readonly message?: Data
  readonly messageType?: MessageType
  readonly signature?: string
  readonly mac?: string
}

type Carrier = {
  readonly give: (what: Handover) => void
  readonly look: () => Handover
  readonly drop: () => void
}

const NOTHING: Handover = {}
const Carrying = createContext<Carrier>({ give: () => {}, look: () => NOTHING, drop: () => {} })

export function HandoverProvider({ children }: { children: ReactNode }) {
  const carried = useRef(NOTHING)
  const carrier = useRef<Carrier>({
    give: (what) => {
      carried.current = what
    },
    look: () => carried.current,
    drop: () => {
      carried.current = NOTHING
    },
  })
  return <Carrying value={carrier.current}>{children}</Carrying>
}

/** What was handed over to this operation; afterwards nobody has it. */
export function useHanded(): Handover {
  const carrier = useContext(Carrying)
  const [handed] = useState(carrier.look)
  useEffect(() => carrier.drop(), [carrier])
  return handed
}

export type Sending = { readonly to: PlaygroundOperation; readonly what: Handover; readonly label?: string }

/** Buttons that go on with a result in another operation. */
export function SendTo({ sendings }: { sendings: readonly Sending[] }) {
  const carrier = useContext(Carrying)
  const router = useRouter()
  const { scope } = usePlaying()
  return (
    <div className="flex flex-wrap gap-2">
      {sendings.map(({ to, what, label }) => (
        <Button
          key={to}
          onClick={() => {
            carrier.give(what)
            router.push(paths.playground(scope, to))
          }}
        >
          {label ?? `Send to ${BENCHES[to].label}`}
        </Button>
      ))}
    </div>
  )
}
