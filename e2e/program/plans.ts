import type { ProgramPlan } from './program.ts';

/** Ten sellers and ten buyers, more demand than supply, one seller whose price is not met, every kind of wire. */
export const fullPlan: ProgramPlan = {
  price: 12.5,
  targetShares: 60_000,
  sellers: [
    { fullName: 'Ada Almeida', owns: 12_000, offers: 10_000 },
    { fullName: 'Bruno Costa', owns: 9_500, offers: 9_500, minimumPrice: 12 },
    { fullName: 'Chidi Okafor', owns: 8_000, offers: 7_777 },
    { fullName: 'Dana Levi', owns: 7_001, offers: 7_001, minimumPrice: 12.5 },
    { fullName: 'Elif Kaya', owns: 6_500, offers: 6_500 },
    { fullName: 'Farid Haddad', owns: 6_000, offers: 5_555 },
    { fullName: 'Grace Lin', owns: 5_000, offers: 5_000 },
    { fullName: 'Hugo Brandt', owns: 4_200, offers: 4_100, minimumPrice: 13.75 },
    { fullName: 'Ines Moreau', owns: 3_333, offers: 3_333 },
    { fullName: 'Jonas Berg', owns: 2_500, offers: 1 },
  ],
  buyers: [
    { fullName: 'Kenji Tanaka', commits: 150_000 },
    { fullName: 'Lena Fischer', commits: 125_000, wires: 'short' },
    { fullName: 'Marco Bianchi', commits: 99_999.99 },
    { fullName: 'Nadia Petrova', commits: 87_500, wires: 'over' },
    { fullName: 'Omar Aziz', commits: 75_000 },
    { fullName: 'Priya Nair', commits: 62_500, wires: 'twice' },
    { fullName: 'Quentin Dubois', commits: 50_000 },
    { fullName: 'Rosa Jimenez', commits: 45_000 },
    { fullName: 'Sven Larsen', commits: 40_000.5 },
    { fullName: 'Tomas Novak', commits: 25_000 },
  ],
};

/** The smallest deal with more than one of everything. */
export const smallPlan: ProgramPlan = {
  price: 12.5,
  targetShares: 3_000,
  sellers: [
    { fullName: 'Una Walsh', owns: 2_000, offers: 1_500 },
    { fullName: 'Viktor Horak', owns: 1_000, offers: 1_000 },
  ],
  buyers: [
    { fullName: 'Wanda Mazur', commits: 20_000 },
    { fullName: 'Xavier Roux', commits: 15_000, wires: 'over' },
  ],
};
