/**
 * Rule files, as a pattern of paths: the file named like its folder in the singular (commitments/commitment.ts,
 * companies/company.ts, allocation/allocation.ts). They decide and never do: no clock, no database, no network.
 */
export const pureFiles = '^services/[^/]+/src/([a-z-]+?)(ies|y|es|s)?/\\1y?\\.ts$';
