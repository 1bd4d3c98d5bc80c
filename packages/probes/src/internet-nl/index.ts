export {
  type InternetNlDomain,
  type InternetNlKind,
  type InternetNlStatus,
  internetNlDomain,
  internetNlVersion,
} from './results.ts';
