import { registry } from '@clearlot/service';
import { Counter } from 'prom-client';

export const tradeWindowsTotal = new Counter({
  name: 'market_trade_windows_total',
  help: 'Windows of own trades that were decided, one for each instrument: published, or why withheld',
  labelNames: ['outcome'],
  registers: [registry],
});
