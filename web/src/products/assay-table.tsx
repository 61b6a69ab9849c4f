import { formatShare } from './assay.ts';
import type { Product } from './commodity.ts';

/** What a product is said to contain, or was found to. */
export function AssayTable({ assay }: { assay: Product['assay'] }) {
  if (assay.length === 0) return <span className="text-muted">No assay is given.</span>;
  return (
    <table className="w-full max-w-sm text-sm">
      <thead className="text-left text-xs text-muted">
        <tr>
          <th scope="col" className="py-1 pr-4 font-medium">
            Analyte
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Share of mass
          </th>
        </tr>
      </thead>
      <tbody>
        {assay.map(({ analyte, value }) => (
          <tr key={analyte} className="border-t border-line">
            <td className="py-1 pr-4">{analyte}</td>
            <td className="figures py-1 text-right">{formatShare(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
