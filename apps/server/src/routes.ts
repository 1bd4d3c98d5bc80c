import { routes as admin } from './admin/routes.ts';
import { demandRoutes } from './demand/routes.ts';
import { routes as evaluation } from './evaluation/routes.ts';
import { routes as example } from './example/routes.ts';
import type { Route } from './http/route.ts';
import { reportRoutes } from './library/report-routes.ts';
import { routes as library } from './library/routes.ts';
import { notify } from './messages/notify.ts';
import { routes as messages } from './messages/routes.ts';
import { keepForms } from './offers/kept-forms.ts';
import { routes as offers } from './offers/routes.ts';
import { checkPublishedKeys, forgetPassedShares } from './opening/keys.ts';
import { routes as opening } from './opening/routes.ts';
import { editionRoutes } from './own-catalogue/edition-routes.ts';
import { ownRoutes } from './own-catalogue/own-routes.ts';
import { routes as papers } from './papers/routes.ts';
import { keyRoutes } from './people/keys.ts';
import { peopleRoutes } from './people/routes.ts';
import { setUpRoutes } from './people/set-up.ts';
import { statusRoutes } from './people/status.ts';
import { probingRoutes } from './probing/routes.ts';
import type { onEvents } from './purchases/commands.ts';
import { commentRoutes } from './purchases/comments.ts';
import { homeRoutes } from './purchases/home.ts';
import { logRoutes } from './purchases/log.ts';
import { purchaseRoutes } from './purchases/routes.ts';
import { settingRoutes } from './purchases/settings.ts';
import { streamRoutes } from './purchases/stream.ts';
import { threadRoutes } from './purchases/thread.ts';
import { routes as requests } from './requests/routes.ts';
import { routes as suppliers } from './suppliers/routes.ts';

/** Who hears of what happens to purchases, in this order: what may refuse comes first. */
export const LISTENERS: typeof onEvents = [checkPublishedKeys, forgetPassedShares, keepForms, notify];

/** Every route of the workbench but those of sign-in. */
export const ROUTES: readonly Route[] = [
  ...statusRoutes,
  ...setUpRoutes,
  ...peopleRoutes,
  ...keyRoutes,
  ...purchaseRoutes,
  ...commentRoutes,
  ...homeRoutes,
  ...settingRoutes,
  ...threadRoutes,
  ...streamRoutes,
  ...logRoutes,
  ...demandRoutes,
  ...ownRoutes,
  ...editionRoutes,
  ...suppliers,
  ...requests,
  ...offers,
  ...opening,
  ...evaluation,
  ...papers,
  ...probingRoutes,
  ...library,
  ...reportRoutes,
  ...messages,
  ...admin,
  ...example,
];
