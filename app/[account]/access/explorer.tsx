'use client'

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { ChoiceField } from '#components/access/choice-field.tsx'
import { KeyAccess } from '#components/access/key-access.tsx'
import { PrincipalKeys } from '#components/access/principal-keys.tsx'
import { type Asked, KEY_ACTIONS, modeOf } from '#components/access/question.ts'
import { principalName } from '#components/access/trace-words.ts'
import { usePrincipals } from '#components/create-key/use-principals.ts'
import { EmptyState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { shortId } from '#lib/console/format.ts'
import { type AccessQuery, paths, type Scope } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { Question } from './question.tsx'

type ExplorerProps = {
  account: string
  regions: readonly string[]
  /** The last Region that this browser looked at. */
  region: string
  self: string
}

/** The question in the address, and how it is put there. */
function useAsked(account: string, fallback: string) {
  const search = useSearchParams()
  const of = (name: keyof AccessQuery) => search.get(name) ?? ''
  const asked: Asked = { key: of('key'), principal: of('principal'), action: of('action') }
  const region = of('region') || fallback
  const change = (part: Partial<AccessQuery>) => {
    // The address itself: of two quick choices the second comes before the first is drawn.
    const now = Object.fromEntries(new URLSearchParams(window.location.search))
    window.history.replaceState(null, '', paths.access(account, { ...now, ...part }))
  }
  return { asked, region, names: namesIn(of('ctx')), change }
}

/** Names of an encryption context; none where the address says something else. */
function namesIn(text: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(text)
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}

/** Who can do what, which keys somebody can use, or whether one request would be allowed: by what is filled in. */
export function Explorer({ account, regions, region: last, self }: ExplorerProps) {
  const { asked, region, names, change } = useAsked(account, last)
  const scope = { account, region }
  const keys = useQuery(read(account, region, 'SearchKeys', {})).data?.Keys
  const people = usePrincipals(account)
  const key = keys?.find(({ id, arn, aliases }) => [id, arn, ...aliases].includes(asked.key))
  const keyName = key?.aliases[0] ?? (key ? `key ${shortId(key.id)}` : asked.key)
  return (
    <>
      <div className="mb-6 grid max-w-5xl grid-cols-2 gap-x-4 gap-y-3 xl:grid-cols-[9rem_1fr_1fr_1fr]">
        <ChoiceField
          label="Region"
          none={last}
          choices={regions.filter((name) => name !== last).map((name) => ({ value: name, label: name }))}
          value={region === last ? '' : region}
          onChange={(value) => change({ region: value, key: '' })}
        />
        <ChoiceField
          label="Key"
          none="Any key"
          choices={(keys ?? []).map(({ id, aliases }) => ({
            value: id,
            label: `${aliases[0] ?? 'No alias'} · ${shortId(id)}`,
          }))}
          other={{ option: 'Another key, by ID, ARN or alias…', label: 'Key: ID, ARN or alias' }}
          value={key?.id ?? asked.key}
          onChange={(value) => change({ key: value })}
        />
        <ChoiceField
          label="Principal"
          none="Anyone"
          choices={(people.list ?? []).map(({ arn }) => ({ value: arn, label: principalName(arn, account) }))}
          other={{ option: 'Another principal, by ARN…', label: 'Principal: ARN' }}
          value={asked.principal}
          onChange={(value) => change({ principal: value })}
        />
        <ChoiceField
          label="Action"
          none="Any action"
          choices={KEY_ACTIONS.map((name) => ({ value: name, label: name }))}
          value={asked.action}
          onChange={(value) => change({ action: value })}
        />
      </div>
      <Answer
        scope={scope}
        asked={asked}
        names={names}
        keyName={keyName}
        keyArn={key?.arn ?? (/^arn:[^/]*:key\//.test(asked.key) ? asked.key : undefined)}
        self={self}
      />
    </>
  )
}

type AnswerProps = {
  scope: Scope
  asked: Asked
  /** Of the encryption context that is asked about. */
  names: readonly string[]
  keyName: string
  keyArn: string | undefined
  self: string
}

function Answer({ scope, asked, names, keyName, keyArn, self }: AnswerProps) {
  const { key, principal, action } = asked
  switch (modeOf(asked)) {
    case 'nothing':
      return (
        <EmptyState>
          <p>Choose a key to see who can do what with it, or a principal to see which keys they can use.</p>
          <p>Choose both and an action to ask whether one request would be allowed, and why.</p>
        </EmptyState>
      )
    case 'key':
      return <KeyAccess key={key} scope={scope} keyId={key} keyName={keyName} self={self} />
    case 'principal':
      return <PrincipalKeys key={`${scope.region} ${principal}`} scope={scope} principal={principal} />
    case 'one-row':
      return (
        <>
          <Hint className="mb-3">Choose an action to ask whether one request would be allowed.</Hint>
          <KeyAccess key={key} scope={scope} keyId={key} keyName={keyName} self={self} only={principal} />
        </>
      )
    case 'question':
      return <Question key={`${key} ${principal} ${action}`} {...{ scope, asked, names, keyArn }} />
  }
}
