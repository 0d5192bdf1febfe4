import { Section } from '#components/page-header.tsx'
import { Cell, HeaderCell, RowHeader, Table, TableBody, TableHead, TableRow } from '#components/ui/table.tsx'
import { AwsLink } from './aws-link.tsx'
import { KEY_KINDS, KEY_KINDS_INTRO, KEY_KINDS_PASSAGES, KEY_KINDS_READ, KINDS } from './key-kinds.ts'
import { Prose } from './prose.tsx'

/** The three kinds of keys in a table, then in words. */
export function KeyKindsText() {
  return (
    <>
      <p className="mb-4 max-w-prose">{KEY_KINDS_INTRO}</p>
      <div className="mb-6 max-w-[960px]">
        <KindsTable />
      </div>
      {KEY_KINDS_PASSAGES.map(({ heading, paragraphs }) => (
        <Section key={heading} title={heading}>
          <div className="max-w-prose space-y-3">
            {paragraphs.map((text) => (
              <p key={text}>
                <Prose text={text} />
              </p>
            ))}
          </div>
        </Section>
      ))}
      <p className="text-table">
        <AwsLink page={KEY_KINDS_READ} about="KMS keys" />
      </p>
    </>
  )
}

function KindsTable() {
  return (
    <Table caption="Kinds of keys">
      <TableHead>
        <HeaderCell>Question</HeaderCell>
        {KINDS.map((kind) => (
          <HeaderCell key={kind}>{kind}</HeaderCell>
        ))}
      </TableHead>
      <TableBody>
        {KEY_KINDS.map(({ question, answers }) => (
          <TableRow key={question}>
            <RowHeader className="py-1.5 align-top max-md:col-span-2">{question}</RowHeader>
            {KINDS.map((kind, at) => (
              <Cell key={kind} narrow="whole" className="whitespace-normal py-1.5 align-top max-md:py-0.5">
                {/* On a phone the column heads are gone: each answer says whose it is. */}
                <span aria-hidden="true" className="hidden text-text2 max-md:inline">
                  {kind}:{' '}
                </span>
                <Prose text={answers[at] ?? ''} />
              </Cell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
