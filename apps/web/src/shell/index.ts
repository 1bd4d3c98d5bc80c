export { useAddress, usePathPart, usePurchaseId } from './address.ts';
export { NotFound, Outside, ProblemPage, SignedIn, Waiting } from './layout.tsx';
export { STATE_TONES } from './purchase-layout.tsx';
