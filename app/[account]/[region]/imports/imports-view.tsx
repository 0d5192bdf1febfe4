'use client'

import Link from 'next/link'
import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { ExpiryTime } from '#components/keys/expiry-time.tsx'
import { keyTitle, specWords } from '#components/keys/key-words.ts'
import { PageHeader } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { StateBadge } from '#components/state-badge.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { Time } from '#components/time.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Cell, RowHeader, TableRow } from '#components/ui/table.tsx'
import { middle } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { paths, type Scope } from '#lib/console/paths.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import type { ListedKey } from '../keys/key-search.ts'
import { ListedRows, type RowPlace } from '../keys/listed-rows.tsx'
import { type FirstPage, useKeyRows } from '../keys/use-key-rows.ts'
import { IMPORTS_INPUT } from './imports-input.ts'

type Props = { scope: Scope; endpoint: string; first: FirstPage }

const EXTERNAL = { preset: 'external' } as const

const COLUMNS = [
  { label: 'Alias' },
  { label: 'Key ID', from: 'lg' },
  { label: 'State' },
  { label: 'Spec', from: 'lg' },
  { label: 'Material expires' },
  { label: 'Last import' },
  { label: 'Open import session', from: 'lg' },
] as const

/** Keys whose material somebody brings: until when it is here, and what is under way. */
export function ImportsView({ scope, endpoint, first }: Props) {
  const rows = useKeyRows(scope, IMPORTS_INPUT, first)
  const { refusal, loading, refining, keys } = rows
  const empty = !loading && !refining && keys.length === 0
  return (
    <>
      <PageHeader
        crumbs={[{ label: scope.region }, { label: 'Imports' }]}
        title="Imports"
        actions={
          !empty && (
            <LinkButton href={paths.newKey(scope, 'configure', EXTERNAL)}>
              Create key with origin External
            </LinkButton>
          )
        }
      />
      {refusal && isDenied(refusal) ? (
        <Denied size="page" refusal={refusal} what="You can’t list the keys of this account." />
      ) : refusal ? (
        <ErrorState what="Keys couldn’t be loaded." refusal={refusal} onRetry={rows.retry} />
      ) : empty ? (
        <EmptyState
          actions={
            <>
              <LinkButton size="form" variant="primary" href={paths.newKey(scope, 'configure', EXTERNAL)}>
                Create key with origin External
              </LinkButton>
              <ShowAsCode
                size="form"
                snippets={snippetsFor([{ name: 'CreateKey', input: { Origin: 'EXTERNAL' } }], {
                  endpoint,
                  region: scope.region,
                })}
              />
            </>
          }
        >
          <p>Bring your own material: create a key with origin External.</p>
          <p>Such a key waits until you have wrapped your bytes and imported them, in four steps.</p>
        </EmptyState>
      ) : (
        <ListedRows
          caption="Keys with imported material"
          columns={COLUMNS}
          rows={rows}
          row={(key, place) => <ImportRow key={key.id} scope={scope} listed={key} place={place} />}
        />
      )}
    </>
  )
}

function ImportRow({ scope, listed, place }: { scope: Scope; listed: ListedKey; place: RowPlace }) {
  const { id, aliases, state, imported, spec } = listed
  const none = <span className="text-text3">—</span>
  return (
    <TableRow ref={place.measure} index={place.index} data-index={place.index}>
      <RowHeader className="md:w-[24%] md:max-w-0">
        <KeyName
          keyId={id}
          alias={aliases[0]}
          more={Math.max(0, aliases.length - 1)}
          href={paths.key(scope, id, 'material')}
        />
      </RowHeader>
      <Cell from="lg" className="text-text2">
        <Identifier value={id} short={middle(id)} name="key ID" copy={false} />
      </Cell>
      <Cell narrow="end">
        <StateBadge state={state} />
      </Cell>
      <Cell from="lg">{specWords(spec)}</Cell>
      <Cell narrow="fact">{imported?.last ? <ExpiryTime at={imported.expires} /> : none}</Cell>
      <Cell>{imported?.last ? <Time at={imported.last} /> : 'Never'}</Cell>
      <Cell from="lg" className={imported?.sessionUntil ? '' : 'text-text3'}>
        {imported?.sessionUntil ? (
          <>
            Ends <Time at={imported.sessionUntil} />
          </>
        ) : (
          'None'
        )}
      </Cell>
      <Cell narrow="fact-end" className="md:text-end">
        <Link className="link" href={paths.importMaterial(scope, id)}>
          Import<span className="sr-only"> material into {keyTitle(id, aliases[0])}</span>
        </Link>
      </Cell>
    </TableRow>
  )
}
