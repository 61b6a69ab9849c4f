import { type Fraction, fraction } from '@clearlot/kernel';
import type { Basis } from '../instruments/instrument.ts';

/** Kilograms in one unit, exactly; of dmt the dry matter, of wmt the mass as it is. */
export const kgPerUnit: Record<Basis['unit'], Fraction> = {
  g: fraction.of(1n, 1_000n),
  kg: fraction.of(1n),
  t: fraction.of(1_000n),
  // International yard and pound agreement, 1959.
  lb: fraction.of(45_359_237n, 100_000_000n),
  dmt: fraction.of(1_000n),
  wmt: fraction.of(1_000n),
};

/**
 * Mass of lithium carbonate with as much lithium as one mass of the product. Stoichiometry; spodumene at 6 % Li2O and full
 * recovery (method: IGF/OECD, lithium note, 2024). Absent: not known.
 */
export const carbonateEquivalent: Partial<Record<Basis['product'], Fraction>> = {
  lithium_carbonate: fraction.of(1n),
  lithium_hydroxide_monohydrate: fraction.of(8_804n, 10_000n),
  lithium_hydroxide_anhydrous: fraction.of(15_427n, 10_000n),
  lithium_oxide: fraction.of(2_473n, 1_000n),
  lithium_metal: fraction.of(5_323n, 1_000n),
  spodumene_concentrate: fraction.of(1_484n, 10_000n),
};
