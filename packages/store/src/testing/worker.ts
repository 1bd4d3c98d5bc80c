// A worker in a process of its own: reads "mail" jobs and notes them as settings of the tenant. Ends when its input does.
// Argument: the URL of the database.
import { connect } from '../connect/connect.ts';
import { withTenant } from '../connect/tenant.ts';
import { openJobs } from '../jobs/jobs.ts';
import { putSetting } from '../queries/settings.ts';

const store = await connect({ database: { url: process.argv[2] ?? '' }, poolSize: 2 });
const jobs = await openJobs(store);
await jobs.startWorkers({
  handlers: {
    mail: async ({ tenant }, { id }) => {
      await withTenant(store.db, tenant, (trx) => putSetting(trx, `mail ${id}`, 0, process.pid));
    },
  },
});
process.stdout.write('ready\n');
process.stdin.resume().on('end', async () => {
  await jobs.close();
  await store.close();
});
