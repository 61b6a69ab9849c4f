export { createTestDatabase, type TestDatabase } from './database.ts';
export { type FakeClock, fakeClock } from './fake-clock.ts';
export { createTestNats } from './nats.ts';
export { proveRowSecurity } from './row-security/prove-row-security.ts';
export { toolkitExpectations } from './row-security/toolkit.expected.ts';
export {
  type Assessment,
  type FakeFastmarkets,
  type FastmarketsFault,
  fakeFastmarkets,
} from './vendors/fake-fastmarkets.ts';
export { type FakeGemini, fakeGemini, type GeminiFault, type GeminiPrompt } from './vendors/fake-gemini.ts';
export { type FakePerplexity, fakePerplexity, type PerplexityFault } from './vendors/fake-perplexity.ts';
export { startVendorServer } from './vendors/vendor-server.ts';
