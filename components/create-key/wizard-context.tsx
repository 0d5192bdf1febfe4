'use client'

import { createContext, useContext } from 'react'
import type { ActionResult, RefusalView } from '#lib/console/messages.ts'
import type { KeyOutput } from '#lib/console/outputs.ts'
import type { KeyPreset, Scope, WizardStep } from '#lib/console/paths.ts'
import type { Draft } from './draft.ts'
import type { Made } from './made.ts'
import type { Owner } from './policy-people.ts'
import type { createKeyInput } from './requests.ts'
import type { Principals } from './use-principals.ts'
import type { AliasCheck } from './use-taken-alias.ts'

export type CreateKeyForm = {
  readonly region: string
  /** The same submit sent twice makes one key. */
  readonly token: string
  readonly input: ReturnType<typeof createKeyInput>
}
export type CreateAliasForm = { readonly region: string; readonly alias: string; readonly keyId: string }

/** The two calls, as server actions of the page. */
export type Calls = {
  readonly createKey: (form: CreateKeyForm) => Promise<ActionResult<KeyOutput>>
  readonly createAlias: (form: CreateAliasForm) => Promise<ActionResult>
}

/** What the server knows before the first step. */
export type Setting = {
  readonly scope: Scope
  readonly partition: string
  readonly endpoint: string
  /** Who is creating the key. */
  readonly self: string
  /** Whether this installation refuses one person as administrator and user. */
  readonly requireSeparation: boolean
  readonly calls: Calls
}

export type Wizard = {
  readonly setting: Setting
  readonly owner: Owner
  readonly step: WizardStep
  /** False until the tab's storage was read: nothing may be typed before that. */
  readonly ready: boolean
  /** True on the step at which the wizard was opened, until another one was. */
  readonly opened: boolean
  readonly draft: Draft
  /** When the draft was last changed, in milliseconds. */
  readonly savedAt: number | undefined
  readonly update: (change: (draft: Draft) => Draft) => void
  readonly principals: Principals
  readonly alias: AliasCheck
  /** What is wrong with a step. */
  readonly faults: (step: WizardStep) => readonly string[]
  /** True once someone tried to go on from this step: empty fields are told from then on. */
  readonly tried: boolean
  readonly onTried: () => void
  readonly made: Made | undefined
  readonly setMade: (made: Made | undefined) => void
  /** What the engine refused, and at which step it can be put right. */
  readonly refused: { readonly step: WizardStep; readonly refusal: RefusalView } | undefined
  readonly refuse: (refused: Wizard['refused']) => void
  readonly startOver: () => void
  /** What the link to the wizard asked for. */
  readonly asked: KeyPreset | null
}

const Context = createContext<Wizard | undefined>(undefined)

export const WizardContext = Context.Provider

export function useWizard(): Wizard {
  const wizard = useContext(Context)
  if (!wizard) throw new Error('a step of the wizard stands outside of it')
  return wizard
}
