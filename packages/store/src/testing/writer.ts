// A program that opens a data folder and inserts settings one by one, and says each that the database acknowledged: `ack N`.
// It is killed by the crash test. Arguments: data folder, first number.
import { connect } from '../connect/connect.ts';
import { withTenant } from '../connect/tenant.ts';
import { appendLog } from '../log/log.ts';
import { insertTenant } from '../queries/people.ts';

const [dataDir = '', first = '1'] = process.argv.slice(2);
/** The tenant of the crash test. */
const TENANT = '00000000-0000-4000-8000-00000000c4a5';

const store = await connect({ database: { dataDir } });
// The real thing would stop what it does; here the test decides when it ends.
process.on('SIGTERM', () => store.close().then(() => process.exit(0)));
if (first === '1') await withTenant(store.db, TENANT, (trx) => insertTenant(trx, 'Crash'));
process.stdout.write('ready\n');
for (let n = Number(first); ; n++) {
  await withTenant(store.db, TENANT, async (trx) => {
    await trx
      .insertInto('setting')
      .values({ tenant: TENANT, name: String(n), value: JSON.stringify(n) })
      .execute();
    await appendLog(trx, { actor: 'system', action: 'setting.set', subject: { type: 'setting', id: String(n) } });
  });
  process.stdout.write(`ack ${n}\n`);
}
