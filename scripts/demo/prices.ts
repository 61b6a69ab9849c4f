import { enter, leads } from './cast.ts';
import type { Scene } from './stage.ts';

/** One alert that the next figure sets off, and two that wait for a move. */
export const alerts: Scene = {
  name: 'price alerts',
  async play({ baseUrl }) {
    const { client } = await enter(baseUrl, leads.buyer);
    const { items } = await client.get<{ items: { instrumentId: string; code: string }[] }>('/api/market/instruments');
    const idOf = (code: string) => {
      const found = items.find((each) => each.code === code);
      if (!found) throw new Error(`there is no instrument ${code}`);
      return found.instrumentId;
    };
    const carbonate = idOf('CARBONATE-BATTERY-CJK-CIF-USD-KG');
    const hydroxide = idOf('HYDROXIDE_MONOHYDRATE-BATTERY-CJK-CIF-USD-KG');
    const rules = [
      { name: 'Carbonate above 20 a kilogram', kind: 'threshold', instrumentId: carbonate, limit: '20' },
      { name: 'Carbonate above 45 a kilogram', kind: 'threshold', instrumentId: carbonate, limit: '45' },
      {
        ...{ name: 'Hydroxide moved by 5 % in a day', kind: 'percent_move', instrumentId: hydroxide },
        ...{ direction: 'either', limit: '5', windowHours: 24 },
      },
    ];
    for (const rule of rules) await client.post('/api/alerts', rule);
  },
};
