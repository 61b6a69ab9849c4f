import { startVendorServer, type VendorAnswer, type VendorRequest, type WireFault } from './vendor-server.ts';

/** What the model says wrong. */
type ResearchFault = { kind: 'prose' } | { kind: 'uncited' };
export type PerplexityFault = ResearchFault | WireFault;

/**
 * Perplexity's chat completions (POST /chat/completions): answers what it was told to have found as the JSON that was asked
 * for, with `citations` and `search_results`. A fault lasts until the next one is set; `undefined` ends it.
 */
export async function fakePerplexity(apiKey = 'pplx-test') {
  let found: { figures: readonly Record<string, unknown>[]; pages: readonly string[] } = { figures: [], pages: [] };
  let fault: PerplexityFault | undefined;

  const answer = ({ method, path, headers, body }: VendorRequest): VendorAnswer => {
    if (method !== 'POST' || path !== '/chat/completions') return { status: 404, body: { error: { code: 404 } } };
    if (headers.authorization !== `Bearer ${apiKey}`) {
      return { status: 401, body: { error: { message: 'Invalid API key', type: 'authentication_error', code: 401 } } };
    }
    const asked = JSON.parse(body) as { model?: string; messages?: unknown[]; response_format?: { type?: string } };
    if (!asked.model || !asked.messages?.length) return { status: 400, body: { error: { code: 400 } } };
    const structured = asked.response_format?.type === 'json_schema' && fault?.kind !== 'prose';
    const content = structured ? JSON.stringify({ figures: found.figures }) : 'Prices have been rising lately.';
    const pages = fault?.kind === 'uncited' ? [] : found.pages;
    return {
      status: 200,
      body: {
        id: 'fake',
        model: asked.model,
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        citations: pages,
        search_results: pages.map((url) => ({ title: 'A page', url, date: null })),
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      },
    };
  };

  const wire = new Set(['stall', 'status', 'truncated', 'hang_up']);
  const server = await startVendorServer(answer, () =>
    fault && wire.has(fault.kind) ? (fault as WireFault) : undefined,
  );
  return {
    ...server,
    /** What it finds from now on, and on which pages. */
    find(figures: readonly Record<string, unknown>[], pages: readonly string[]) {
      found = { figures, pages };
    },
    fault(next: PerplexityFault | undefined) {
      fault = next;
    },
  };
}

export type FakePerplexity = Awaited<ReturnType<typeof fakePerplexity>>;
