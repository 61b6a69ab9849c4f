import { canMove, type Transitions } from '@clearlot/kernel';
import { supplierErrors } from './errors.ts';

export type SupplierStatus = 'draft' | 'submitted' | 'verified' | 'rejected' | 'suspended';

/** From an application to a supplier that everybody sees; a rejected one may be handed in again. */
export const supplierTransitions: Transitions<SupplierStatus> = {
  draft: ['submitted'],
  submitted: ['verified', 'rejected'],
  verified: ['suspended'],
  rejected: ['submitted'],
  suspended: ['verified'],
};

/** What an application consists of, in the order it is done; then it is handed in and verified. */
const parts = ['company', 'regions', 'incoterms', 'evidence'] as const;
const steps = [...parts, 'submitted', 'verified'] as const;
type OnboardingStep = (typeof steps)[number];

/** How far an application is. `completePercent` is rounded down; `nextStep` is null when all is done. */
export interface Onboarding {
  steps: { name: OnboardingStep; done: boolean }[];
  completePercent: number;
  nextStep: OnboardingStep | null;
}

interface Application {
  status: SupplierStatus;
  regions: readonly string[];
  incoterms: readonly string[];
  /** Documents and certificates together. */
  evidenceCount: number;
}

export function onboarding(application: Application): Onboarding {
  const done = doneSteps(application);
  const open = steps.filter((name) => !done[name]);
  return {
    steps: steps.map((name) => ({ name, done: done[name] })),
    completePercent: Math.floor(((steps.length - open.length) * 100) / steps.length),
    nextStep: open[0] ?? null,
  };
}

/** Hands an application in. Errors: MARKETPLACE_SUPPLIER_WRONG_STATUS, MARKETPLACE_SUPPLIER_INCOMPLETE naming what is missing. */
export function submitted(application: Application): SupplierStatus {
  const status = moveSupplier(application.status, 'submitted');
  const done = doneSteps(application);
  const missing = parts.filter((name) => !done[name]).join(', ');
  if (missing) {
    throw supplierErrors.error('MARKETPLACE_SUPPLIER_INCOMPLETE', `Still missing: ${missing}.`, [], { missing });
  }
  return status;
}

/** An operator's answer to an application. Errors: MARKETPLACE_SUPPLIER_WRONG_STATUS. */
export function reviewed(from: SupplierStatus, verified: boolean): SupplierStatus {
  if (from !== 'submitted') throw wrongStatus(from, verified ? 'verified' : 'rejected');
  return moveSupplier(from, verified ? 'verified' : 'rejected');
}

/** Takes a verified supplier off the market, or lets it back. Errors: MARKETPLACE_SUPPLIER_WRONG_STATUS. */
export function suspended(from: SupplierStatus, off: boolean): SupplierStatus {
  if (!off && from !== 'suspended') throw wrongStatus(from, 'verified');
  return moveSupplier(from, off ? 'suspended' : 'verified');
}

/** An operator looks at, or has verified, exactly this company. Errors: MARKETPLACE_SUPPLIER_IDENTITY_FIXED. */
export function checkIdentity(
  before: { status: SupplierStatus; legalName: string; country: string },
  after: { legalName: string; country: string },
): void {
  const free = before.status === 'draft' || before.status === 'rejected';
  const same = before.legalName === after.legalName && before.country === after.country;
  if (!free && !same) throw supplierErrors.error('MARKETPLACE_SUPPLIER_IDENTITY_FIXED');
}

function doneSteps({ status, regions, incoterms, evidenceCount }: Application): Record<OnboardingStep, boolean> {
  return {
    company: true,
    regions: regions.length > 0,
    incoterms: incoterms.length > 0,
    evidence: evidenceCount > 0,
    submitted: status !== 'draft' && status !== 'rejected',
    verified: status === 'verified',
  };
}

function moveSupplier(from: SupplierStatus, to: SupplierStatus): SupplierStatus {
  if (!canMove(supplierTransitions, from, to)) throw wrongStatus(from, to);
  return to;
}

function wrongStatus(from: SupplierStatus, to: SupplierStatus) {
  return supplierErrors.error('MARKETPLACE_SUPPLIER_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
}
