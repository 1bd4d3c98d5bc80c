import { isSetUp } from '@proviso/store';
import { status } from '../contract/people.ts';
import { type Route, route } from '../http/route.ts';

export const statusRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/status',
    access: { open: 'Says whether there is anything to sign in to.' },
    summary: 'Is the workbench set up, and which version is it?',
    response: status,
    handle: async ({ deps, request }) => {
      const { version, example, signIn } = request.server.proviso;
      return { version, setUp: await isSetUp(deps.store.db), example, signOn: signIn.signOn };
    },
  }),
];
