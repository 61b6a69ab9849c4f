import { fraction } from '@clearlot/kernel';
import { operators, operatorsLive, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { day, exactShape, figureShape, presentFactor, presentFigure, presentMicros } from '../conversion/shapes.ts';
import { idParams } from '../shapes.ts';
import type { Arbitrage, Waterfall } from './arbitrage.ts';
import { type ComparedMarkets, compareMarkets } from './compare-markets.ts';
import { listOpportunities, type Opportunity } from './list-opportunities.ts';
import { changeTradeRoute, createTradeRoute } from './manage-trade-routes.ts';
import { assumptionsShape, forwardShape } from './stated.ts';
import { listTradeRoutes } from './store.ts';
import type { TradeRoute } from './tables.ts';

const waterfallShape = z.object({
  margin: exactShape,
  /** Of the origin's price. */
  marginShare: exactShape,
  steps: z.array(
    z.object({
      name: z.string(),
      amount: exactShape,
      running: exactShape,
      inputs: z.array(
        z.object({
          name: z.string(),
          value: exactShape,
          per: z.string().nullable(),
          date: z.string().nullable(),
          source: z.string(),
        }),
      ),
    }),
  ),
});

const arbitrageShape = z.object({
  currency: z.string(),
  unit: z.string(),
  arrival: z.string(),
  low: waterfallShape,
  mid: waterfallShape,
  high: waterfallShape,
  flags: z.array(z.string()),
  origin: figureShape,
  destination: figureShape.nullable(),
});

function presentWaterfall({ marginMicros, steps }: Waterfall): z.input<typeof waterfallShape> {
  const origin = steps.at(-1)?.micros ?? fraction.of(-1n);
  return {
    margin: presentMicros(marginMicros),
    marginShare: presentFactor(fraction.div(marginMicros, fraction.of(-origin.num, origin.den))),
    steps: steps.map(({ name, micros, runningMicros, inputs }) => ({
      ...{ name, amount: presentMicros(micros), running: presentMicros(runningMicros) },
      inputs: inputs.map((input) => ({ ...input, value: presentFactor(input.value) })),
    })),
  };
}

function present({ arbitrage, origin, destination }: ComparedMarkets): z.input<typeof arbitrageShape> {
  const { low, mid, high, ...rest }: Arbitrage = arbitrage;
  return {
    ...rest,
    ...{ low: presentWaterfall(low), mid: presentWaterfall(mid), high: presentWaterfall(high) },
    ...{ origin: presentFigure(origin), destination: destination && presentFigure(destination) },
  };
}

const routeShape = z.object({
  routeId: z.string(),
  code: z.string(),
  name: z.string(),
  originInstrumentId: z.string(),
  destinationInstrumentId: z.string(),
  lagDays: z.number(),
  assumptions: assumptionsShape,
  forward: forwardShape.nullable(),
  allowUncoveredLag: z.boolean(),
  enabled: z.boolean(),
  updatedAt: z.string(),
});

function presentRoute({ updatedBy: _, createdAt: __, updatedAt, ...row }: TradeRoute): z.input<typeof routeShape> {
  return { ...row, updatedAt: updatedAt.toISOString() };
}

const opportunityShape = z.object({
  route: routeShape,
  /** True when even the worst of the range leaves something, false when not, null when it cannot be said. */
  profitable: z.boolean().nullable(),
  arbitrage: arbitrageShape.nullable(),
  refused: z.object({ code: z.string(), detail: z.string() }).nullable(),
});

function presentOpportunity({ route: of, compared, refused }: Opportunity): z.input<typeof opportunityShape> {
  const profitable = compared && compared.arbitrage.low.marginMicros.num > 0n;
  return { route: presentRoute(of), profitable, arbitrage: compared && present(compared), refused };
}

const lagDays = z.number().int().min(0).max(365);
const assumed = {
  name: z.string().trim().min(1).max(200),
  lagDays,
  assumptions: assumptionsShape,
  forward: forwardShape.nullable().default(null),
  allowUncoveredLag: z.boolean().default(false),
  enabled: z.boolean().default(true),
};

export const arbitrageRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/market/arbitrage',
    access: signedIn,
    summary: 'What is left between two markets, cost by cost',
    body: z.strictObject({
      originInstrumentId: z.uuid(),
      destinationInstrumentId: z.uuid(),
      /** The day of buying; absent: at the newest price. */
      originOn: day.optional(),
      /** The destination's price on arrival, where it is not known yet. */
      forward: forwardShape.nullable().default(null),
      lagDays,
      allowUncoveredLag: z.boolean().default(false),
      assumptions: assumptionsShape,
      fxAgeDaysMax: z.number().int().min(0).max(3650).default(7),
      allowStale: z.boolean().default(false),
    }),
    response: arbitrageShape,
    // A calculation: it changes nothing, and asked again it says what holds then.
    idempotent: false,
    action: (ctx, { body }) => ctx.read((work) => compareMarkets(work, body, ctx.clock.now())),
    present,
  }),
  route({
    method: 'GET',
    path: '/api/market/arbitrage/opportunities',
    access: signedIn,
    summary: 'What is left now on every trade route',
    response: z.object({ items: z.array(opportunityShape) }),
    action: (ctx) => listOpportunities(ctx),
    present: (items) => ({ items: items.map(presentOpportunity) }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/market/trade-routes',
    access: operators,
    summary: 'Trade routes and what they assume',
    response: z.object({ items: z.array(routeShape) }),
    action: (ctx) => ctx.read((work) => listTradeRoutes(work)),
    present: (items) => ({ items: items.map(presentRoute) }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/trade-routes',
    access: operatorsLive,
    summary: 'Add a trade route',
    status: 201,
    body: z.strictObject({
      code: z.string().regex(/^[A-Z0-9][A-Z0-9_-]{1,60}$/, 'must be capitals, digits, _ and -'),
      originInstrumentId: z.uuid(),
      destinationInstrumentId: z.uuid(),
      ...assumed,
    }),
    response: routeShape,
    action: (ctx, { body }) => createTradeRoute(ctx, body),
    present: presentRoute,
  }),
  route({
    method: 'PUT',
    path: '/api/admin/market/trade-routes/:id',
    access: operatorsLive,
    summary: 'State a route’s assumptions anew',
    params: idParams,
    body: z.strictObject(assumed),
    response: routeShape,
    action: (ctx, { params, body }) => changeTradeRoute(ctx, params.id, body),
    present: presentRoute,
  }),
];
