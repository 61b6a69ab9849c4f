import { pureFiles } from './scripts/checks/rule-files.ts';

// Who may import whom. Run by `npm run check`; every rule says what it protects.

/** Test code may reach further than what it tests. */
const tests = '\\.(test|int\\.test|e2e\\.test|fixture)\\.ts$';

export default {
  forbidden: [
    {
      name: 'services-talk-through-contracts',
      comment: 'A service asks another by gRPC or hears of it by events; it never imports its code.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'gateway-imports-no-service',
      comment: 'The gateway holds no business code.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^services/' },
    },
    {
      name: 'packages-know-no-service',
      comment: 'Shared code does not depend on what shares it.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|gateway|e2e|bench|scripts)/' },
    },
    {
      name: 'web-is-a-client',
      comment: 'The web app knows the platform by its API only.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(packages|services|gateway|proto|e2e|bench|scripts)/' },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'The kernel is pure: nothing but uuid, not even Node.',
      severity: 'error',
      from: { path: '^packages/kernel/src/', pathNot: tests },
      to: { pathNot: ['^packages/kernel/src/', 'node_modules/uuid/'] },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A rule file reaches the kernel and pure neighbours only, directly or not: it is tested without anything.',
      severity: 'error',
      from: { path: pureFiles },
      to: {
        reachable: true,
        path: [
          '^packages/(service|stack|testkit)/',
          '^proto/',
          // Node's own modules have no extension; of npm packages only what the kernel stands on.
          '^[a-z0-9_/]+$',
          'node_modules/(?!.*uuid)',
        ],
      },
    },
    {
      name: 'production-imports-no-test-code',
      comment: 'The test kit and the one-machine stack never reach production.',
      severity: 'error',
      from: { path: '^(services|gateway|packages/(kernel|service))/', pathNot: tests },
      to: { path: '^packages/(testkit|stack)/' },
    },
    {
      name: 'no-circles',
      comment: 'Files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^proto/gen/', '/node_modules/\\.vite/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'],
    },
  },
};
