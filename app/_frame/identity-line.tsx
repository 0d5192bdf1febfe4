/** Colours that are told apart in both themes; which one means nothing but that it is another person's. */
const COLOURS = ['--ink', '--brass-mark', '--verdigris', '--vermilion'] as const

function indexOf(text: string): number {
  let sum = 0
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return sum % COLOURS.length
}

/** In lab accounts, where one is several people in turn: a line in the colour of who one is now. */
export function IdentityLine({ arn }: { arn: string }) {
  return (
    <div
      aria-hidden="true"
      className="no-print sticky top-bar z-30 -mb-0.5 h-0.5"
      style={{ backgroundColor: `var(${COLOURS[indexOf(arn)]})` }}
    />
  )
}
