// A personal data server of Bluesky's own code, on loopback, with a register of identities beside it. It says where it
// listens on standard output, as one line of JSON, and ends when its standard input does.
import { TestPds, TestPlc } from '@atproto/dev-env'

const plc = await TestPlc.create({})
const pds = await TestPds.create({ didPlcUrl: plc.url })
console.log(JSON.stringify({ address: `http://127.0.0.1:${new URL(pds.url).port}` }))
process.stdin.resume()
process.stdin.on('end', async () => {
  await pds.close()
  await plc.close()
  process.exit(0)
})
