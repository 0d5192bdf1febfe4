import { Hint } from '#components/ui/hint.tsx'

/** Of another account's key nobody here may see who else can use it. */
export const ForeignAccess = ({ owner }: { owner: string }) => (
  <Hint>
    Who has access to this key is for its own account, <code className="text-mono">{owner}</code>, to see.
    What you may do with it shows when you do it: a refusal says why.
  </Hint>
)
