import { call } from '#lib/console/engine.ts'
import { requireLab, sessionOf } from '#lib/console/lab.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'

/** What the log has of a lab so far: read as carol, or as alice, whoever is looked at. */
export const GET = (request: Request): Promise<Response> =>
  answer(async () => {
    const lab = await requireLab()
    const reader = (await sessionOf(lab, 'carol')) ?? (await sessionOf(lab, 'alice'))
    if (!reader) {
      const message = 'The log is read as carol: sign her in.'
      throw new EngineRefusal({ code: 'NotFoundException', message, requestId: null, eventId: null })
    }
    const { searchParams } = new URL(request.url)
    const input = {
      AliasName: searchParams.get('alias') ?? '',
      Since: Number(searchParams.get('since') ?? Number.NaN),
    }
    const region = searchParams.get('region')
    const options = { as: reader.id, reading: true, ...(region && { region }) }
    return (await call('LabProgress', input, options)).output
  })
