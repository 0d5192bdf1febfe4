import { Glyph, type GlyphName } from '#components/glyphs/glyph.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import type { PrincipalRow } from './matrix-words.ts'
import { principalName } from './trace-words.ts'

const GLYPHS: Readonly<Record<PrincipalRow['Kind'], GlyphName>> = {
  root: 'account',
  account: 'account',
  user: 'user',
  role: 'role',
  service: 'material',
}

/** Who a row is about; the whole ARN on hover and on focus. */
export function PrincipalHeader({
  row,
  account,
  self,
}: {
  row: PrincipalRow
  account: string
  self: string
}) {
  const { PrincipalArn: arn, Kind } = row
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Glyph name={GLYPHS[Kind]} className="shrink-0 text-text3 max-sm:hidden" />
      <Identifier
        value={arn}
        short={principalName(arn, account)}
        name="ARN"
        copy={false}
        className="[&_.font-mono]:break-normal [&_.font-mono]:font-sans [&_.font-mono]:[overflow-wrap:anywhere] [&_.font-mono]:text-table"
      />
      {arn === self && <span className="font-normal text-text2">(you)</span>}
    </span>
  )
}
