import { LabChoice } from '#components/labs/lab-choice.tsx'
import { findLab } from '#lib/console/lab.ts'
import { signedInHere } from '#lib/console/session.ts'

/** Where sample data is loaded and an administrator is signed in on this browser: the people of the labs. */
export async function LabIdentities({ next }: { next: string }) {
  const [lab, sessions] = await Promise.all([findLab(), signedInHere()])
  if (!lab?.administrator) return null
  const there = sessions.filter(({ principal }) => principal.account === lab.account)
  const away = lab.people.filter(({ name }) => !there.some(({ principal }) => principal.name === name))
  return away.length > 0 && <LabChoice people={away} next={next} />
}
