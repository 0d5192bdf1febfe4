'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useNow } from '#components/clock.tsx'
import type { Material } from '#components/keys/materials.ts'
import type { ActionResult } from '#lib/console/messages.ts'
import type {
  GetParametersForImportOutput,
  ImportedMaterialOutput,
  KeyMetadata,
} from '#lib/console/outputs.ts'
import type { Scope } from '#lib/console/paths.ts'
import { loadFlow, type Stored, saveFlow, storageKey } from './flow-storage.ts'
import type { Wrapping } from './wrapping-choice.ts'

export type ParametersForm = { region: string; key: string } & Wrapping
export type ImportForm = {
  region: string
  key: string
  token: string
  wrapped: string
  validTo?: number
  type?: 'NEW_KEY_MATERIAL' | 'EXISTING_KEY_MATERIAL'
  material?: string
  description?: string
}

/** The server's part of the flow: the key, what it has, and the two calls. */
export type FlowSetting = {
  readonly scope: Scope
  /** Its id, or its ARN where it is another account's. */
  readonly reference: string
  readonly name: string
  readonly described: KeyMetadata
  /** Of symmetric keys; undefined where they may not be read. */
  readonly materials: readonly Material[] | undefined
  readonly partition: string
  readonly endpoint: string
  /** Epoch seconds of the installation's clock when this was sent. */
  readonly engineNow: number
  readonly calls: {
    readonly getParameters: (form: ParametersForm) => Promise<ActionResult<GetParametersForImportOutput>>
    readonly importMaterial: (form: ImportForm) => Promise<ActionResult<ImportedMaterialOutput>>
  }
}

type Flow = {
  readonly setting: FlowSetting
  /** Milliseconds by which the installation's clock is ahead of this browser's. */
  readonly ahead: number
  /** False until this tab's storage was read. */
  readonly ready: boolean
  readonly stored: Stored
  readonly store: (change: Partial<Stored>) => void
  /** Wrapped in this browser, for learning. Never stored. */
  readonly made: Uint8Array | undefined
  readonly setMade: (wrapped: Uint8Array | undefined) => void
}

const FlowContext = createContext<Flow | null>(null)

export function useFlow(): Flow {
  const flow = useContext(FlowContext)
  if (!flow) throw new Error('a step stands in the flow of an import')
  return flow
}

/** The installation's own time, which a test may have moved, as it goes on since the page came. */
export function useEngineNow(): Date {
  const { ahead } = useFlow()
  const now = useNow()
  return new Date(now.getTime() + ahead)
}

export function FlowProvider({ setting, children }: { setting: FlowSetting; children: ReactNode }) {
  const key = storageKey(setting.described.Arn)
  const [stored, setStored] = useState<Stored>()
  const [made, setMade] = useState<Uint8Array>()
  const [ahead, setAhead] = useState(0)
  useEffect(() => setStored(loadFlow(key)), [key])
  useEffect(() => setAhead(setting.engineNow * 1000 - Date.now()), [setting.engineNow])
  const store = useCallback(
    (change: Partial<Stored>) => {
      setStored((before) => {
        const after = { ...before, ...change }
        saveFlow(key, after)
        return after
      })
    },
    [key],
  )
  const flow = useMemo(
    () => ({ setting, ahead, ready: stored !== undefined, stored: stored ?? {}, store, made, setMade }),
    [setting, ahead, stored, store, made],
  )
  return <FlowContext value={flow}>{children}</FlowContext>
}
